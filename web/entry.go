package web

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"vidimus/internal/volatile"
)

// wayInPurpose names the folders in memory that hold a way in.
const wayInPurpose = "way-in"

// wayInLife is how long a way in is good.
const wayInLife = 30 * time.Second

// maxSessions is how many browsers can be in; the longest unused leaves first.
const maxSessions = 8

const cookieName = "vidimus"

// door lets people in. Tokens and cookies are kept as their SHA-256, so that
// looking one up takes no time that depends on how much of it is right.
type door struct {
	mu       sync.Mutex
	life     time.Duration
	tokens   map[[32]byte]*wayIn
	sessions map[[32]byte]*session
	order    [][32]byte // of sessions, oldest first
}

// wayIn is one page that lets in one browser, once.
type wayIn struct {
	dir   *volatile.Dir
	timer *time.Timer
}

func newDoor() *door {
	return &door{life: wayInLife, tokens: map[[32]byte]*wayIn{}, sessions: map[[32]byte]*session{}}
}

// open writes a page, readable by its owner only and in memory only, that
// sends its token to address by itself. It gives the page's path.
func (d *door) open(render func(token string) ([]byte, error)) (string, error) {
	token := random()
	page, err := render(token)
	if err != nil {
		return "", fmt.Errorf("draw the way in: %w", err)
	}
	dir, err := volatile.New(wayInPurpose)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir.Path, "way-in.html")
	if err := os.WriteFile(path, page, 0o600); err != nil {
		dir.Remove()
		return "", fmt.Errorf("write the way in: %w", err)
	}
	key := sha256.Sum256([]byte(token))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tokens[key] = &wayIn{dir, time.AfterFunc(d.life, func() { d.spend(key) })}
	return path, nil
}

// spend uses a token up: its page is gone afterwards. It reports whether the
// token was good.
func (d *door) spend(key [32]byte) bool {
	d.mu.Lock()
	w, ok := d.tokens[key]
	delete(d.tokens, key)
	d.mu.Unlock()
	if ok {
		w.timer.Stop()
		w.dir.Remove()
	}
	return ok
}

// enter trades a good token for a session; its cookie is returned.
func (d *door) enter(token string) (string, bool) {
	if !d.spend(sha256.Sum256([]byte(token))) {
		return "", false
	}
	cookie := random()
	key := sha256.Sum256([]byte(cookie))
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sessions[key] = newSession()
	d.order = append(d.order, key)
	if len(d.order) > maxSessions {
		delete(d.sessions, d.order[0])
		d.order = d.order[1:]
	}
	return cookie, true
}

// session gives the session of a request, nil if it was not let in.
func (d *door) session(r *http.Request) *session {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return nil
	}
	key := sha256.Sum256([]byte(c.Value))
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sessions[key]
}

// close removes every way in that was not used.
func (d *door) close() {
	d.mu.Lock()
	var left [][32]byte
	for key := range d.tokens {
		left = append(left, key)
	}
	d.mu.Unlock()
	for _, key := range left {
		d.spend(key)
	}
}

// WayIn makes a page that lets one browser in, once, within thirty seconds,
// and gives its path: a file in memory that only its owner can read. Opened
// in a browser, it enters by itself.
func (s *Server) WayIn() (string, error) {
	return s.door.open(func(token string) ([]byte, error) {
		var b bytes.Buffer
		err := s.templates.ExecuteTemplate(&b, "way-in.html", map[string]string{
			"Address": "http://" + s.host + "/enter", "Token": token,
		})
		return b.Bytes(), err
	})
}

// enter is the one route that a page from elsewhere may post to: the way in
// lies in a file. It answers with a page that goes on by itself, because the
// strict cookie does not travel with a redirect that another site began.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	cookie, ok := s.door.enter(r.PostFormValue("token"))
	if !ok {
		s.refuse(w, http.StatusForbidden, "entry.spent")
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: cookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	s.draw(w, http.StatusOK, "entered.html", nil)
}
