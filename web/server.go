package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"

	"vidimus/internal/quiet"
	"vidimus/internal/volatile"
)

// maxForm is how long a posted form can be.
const maxForm = 16 << 10

// Server is the room, listening.
type Server struct {
	room      Room
	host      string // the only Host it answers to, with its port
	words     *catalogue
	pace      pace // of what is read
	door      *door
	templates *template.Template
	assets    map[string]asset
	http      *http.Server
	listeners []net.Listener
}

// Listen opens the room on a random port of this machine. Ways in that a
// killed process left behind are removed.
func Listen(room Room) (*Server, error) { return listenIn(inEnglish(), room) }

// listenIn opens the room in a language.
func listenIn(words *catalogue, room Room) (*Server, error) {
	if err := volatile.Sweep(wayInPurpose); err != nil {
		return nil, fmt.Errorf("remove an old way in: %w", err)
	}
	listeners, port, err := listen()
	if err != nil {
		return nil, err
	}
	s := &Server{
		room: room, words: words, door: newDoor(), listeners: listeners,
		host: random() + ".localhost:" + strconv.Itoa(port),
	}
	s.assets, err = loadAssets(room.Font)
	if err == nil {
		s.templates, err = parseTemplates(s.assets, words)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       5 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // its lines would hold what was asked for
	}
	return s, nil
}

// listen takes one port on both loopback addresses. A browser may try either
// for a name under .localhost, so a port held on one of them only could be
// taken on the other by another user of this machine, who would be sent the
// cookie.
func listen() ([]net.Listener, int, error) {
	for range 20 {
		four, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, 0, fmt.Errorf("listen on this machine: %w", err)
		}
		port := four.Addr().(*net.TCPAddr).Port
		six, err := net.Listen("tcp6", net.JoinHostPort("::1", strconv.Itoa(port)))
		switch {
		case err == nil:
			return []net.Listener{four, six}, port, nil
		case errors.Is(err, syscall.EADDRINUSE):
			four.Close()
		default: // the machine has no IPv6
			return []net.Listener{four}, port, nil
		}
	}
	return nil, 0, errors.New("listen on this machine: no port is free on both loopback addresses")
}

// Host is the name and port that the room answers to. It opens nothing by
// itself; WayIn does.
func (s *Server) Host() string { return s.host }

// Serve answers until ctx ends, then closes the room.
func (s *Server) Serve(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { s.Close() })
	defer stop()
	ended := make(chan error, len(s.listeners))
	for _, l := range s.listeners {
		quiet.Go(func() { ended <- s.http.Serve(l) })
	}
	err := <-ended
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return errors.Join(fmt.Errorf("serve the room: %w", err), s.Close())
}

// Close ends every connection and removes the ways in.
func (s *Server) Close() error {
	s.door.close()
	var err error
	if s.http != nil {
		err = s.http.Close()
	}
	for _, l := range s.listeners {
		if e := l.Close(); !errors.Is(e, net.ErrClosed) {
			err = errors.Join(err, e)
		}
	}
	return err
}

// handler is all routes, behind all guards.
func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /enter", s.enter)
	mux.HandleFunc("GET /{$}", s.inside(s.front))
	mux.HandleFunc("POST /search", s.inside(s.ask))
	mux.HandleFunc("GET /files", s.inside(s.files))
	mux.HandleFunc("GET /folders", s.inside(s.folders))
	mux.HandleFunc("GET /progress", s.inside(s.progress))
	mux.HandleFunc("POST /retry", s.inside(s.retry))
	mux.HandleFunc("GET /help", s.inside(s.help))
	if s.room.Passages != nil {
		mux.HandleFunc("GET /passages", s.inside(s.passages))
		mux.HandleFunc("POST /passages/search", s.inside(s.searchPassages))
		mux.HandleFunc("POST /passages/mark", s.inside(s.mark))
		mux.HandleFunc("POST /passages/change", s.inside(s.changePassage))
	}
	if s.room.Mentions != nil {
		mux.HandleFunc("POST /mentions/add", s.inside(s.addMention))
		mux.HandleFunc("POST /mentions/remove", s.inside(s.removeMention))
	}
	if s.room.Traces != nil {
		mux.HandleFunc("GET /traces", s.inside(s.traces))
		mux.HandleFunc("POST /traces/look", s.inside(s.lookForTraces))
		mux.HandleFunc("GET /live/traces", s.inside(s.liveTraces))
	}
	if s.room.Redaction != nil {
		mux.HandleFunc("POST /redact/add", s.inside(s.withhold))
		mux.HandleFunc("POST /redact/show", s.inside(s.giveBack))
	}
	if s.room.Editing != nil {
		mux.HandleFunc("GET /edition", s.inside(s.edition))
		mux.HandleFunc("POST /edition/plan", s.inside(s.keepPlan))
		mux.HandleFunc("POST /edition/add", s.inside(s.addToPlan))
	}
	if s.room.Protected != nil {
		mux.HandleFunc("GET /people", s.inside(s.people))
		mux.HandleFunc("POST /people/withhold", s.inside(s.withholdPerson))
	}
	mux.HandleFunc("POST /vault/lock", s.inside(s.lock))
	mux.HandleFunc("GET /live/progress", s.inside(s.liveProgress))
	mux.HandleFunc("POST /live/check", s.inside(s.liveCheck))
	mux.HandleFunc("GET /v/{handle}", s.inside(s.view))
	mux.HandleFunc("GET /p/{handle}", s.inside(s.picture))
	mux.HandleFunc("GET /a/{sum}/{name}", s.inside(s.asset))
	mux.HandleFunc("/", s.inside(func(w http.ResponseWriter, _ *http.Request, _ *session) {
		s.refuse(w, http.StatusNotFound, "error.nothing")
	}))
	return s.guard(mux)
}

// checksum addresses what is embedded.
func checksum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}
