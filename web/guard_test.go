package web

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"vidimus"
)

func TestOnlyOurOwnHostIsAnswered(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	_, port, _ := net.SplitHostPort(s.host)
	for _, host := range []string{"localhost:" + port, "127.0.0.1:" + port, "evil.example", random() + ".localhost:" + port,
		strings.TrimSuffix(s.host, ":"+port), strings.ToUpper(s.host) + "x"} {
		r := send(t, c, "GET", "http://"+s.host+"/", "", "Host", host)
		if got := body(t, r); r.StatusCode != http.StatusMisdirectedRequest || got != "" {
			t.Errorf("host %s: %d with %d bytes, want 421 with none", host, r.StatusCode, len(got))
		}
	}
	if r := send(t, c, "GET", "http://"+s.host+"/", ""); r.StatusCode != http.StatusOK {
		t.Errorf("our own host: %d", r.StatusCode)
	}
}

func TestNobodyIsInWithoutACookie(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	in := visitor(t, s)
	enter(t, s, in)
	found := send(t, in, "POST", "http://"+s.host+"/search", "q=yarkand")
	if found.StatusCode != http.StatusOK {
		t.Fatalf("search: %d", found.StatusCode)
	}
	stolen := found.Request.URL.String()
	outside := visitor(t, s)
	for _, address := range []string{stolen, "http://" + s.host + "/", "http://" + s.host + "/files",
		"http://" + s.host + s.asset0("room.css"), "http://" + s.host + "/nothing"} {
		r := send(t, outside, "GET", address, "")
		if got := body(t, r); r.StatusCode != http.StatusForbidden || strings.Contains(got, "committee") || !strings.Contains(got, "vidimus open") {
			t.Errorf("%s without a cookie: %d", address, r.StatusCode)
		}
	}
	// Another session does not know the handle either.
	enter(t, s, outside)
	if r := send(t, outside, "GET", stolen, ""); r.StatusCode != http.StatusNotFound {
		t.Errorf("another session's handle: %d, want 404", r.StatusCode)
	}
}

func (s *Server) asset0(name string) string { return "/a/" + s.assets[name].sum + "/" + name }

func TestRequestsThatOtherPagesBeginAreRefused(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	tests := []struct {
		name, method, form string
		headers            []string
	}{
		{"a form of another site", "POST", "q=x", []string{"Sec-Fetch-Site", "cross-site", "Origin", "http://evil.example"}},
		{"a form of another port of our host", "POST", "q=x", []string{"Sec-Fetch-Site", "same-site", "Origin", "http://" + s.host + "1"}},
		{"a form of an old browser", "POST", "q=x", []string{"Origin", "http://evil.example"}},
		{"a form of a page in a file", "POST", "q=x", []string{"Origin", "null"}},
		{"a picture or frame of another port of our host", "GET", "", []string{"Sec-Fetch-Site", "same-site"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			address := "http://" + s.host + "/files"
			if test.method == "POST" {
				address = "http://" + s.host + "/search"
			}
			if r := send(t, c, test.method, address, test.form, test.headers...); r.StatusCode != http.StatusForbidden {
				t.Errorf("%d, want 403", r.StatusCode)
			}
		})
	}
	if r := send(t, c, "POST", "http://"+s.host+"/search", "q=x", "Sec-Fetch-Site", "same-origin"); r.StatusCode != http.StatusOK {
		t.Errorf("our own form: %d", r.StatusCode)
	}
}

func TestAWayInIsGoodOnce(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	path, err := s.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(path)
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Fatalf("the way in: %v, %v; want mode 0600", st, err)
	}
	form := "token=" + tokenIn(t, path)
	first := send(t, visitor(t, s), "POST", "http://"+s.host+"/enter", form)
	cookie := first.Header.Get("Set-Cookie")
	if first.StatusCode != http.StatusOK || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
		t.Errorf("first use: %d, cookie flags %v", first.StatusCode, strings.Split(cookie, ";")[1:])
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the page is still there after use: %v", err)
	}
	if again := send(t, visitor(t, s), "POST", "http://"+s.host+"/enter", form); again.StatusCode != http.StatusForbidden {
		t.Errorf("second use: %d, want 403", again.StatusCode)
	}
	if guessed := send(t, visitor(t, s), "POST", "http://"+s.host+"/enter", "token="); guessed.StatusCode != http.StatusForbidden {
		t.Errorf("no token: %d, want 403", guessed.StatusCode)
	}
}

func TestAWayInEndsAfterThirtySeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDoor()
		var token string
		path, err := d.open(func(fresh string) ([]byte, error) { token = fresh; return nil, nil })
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(wayInLife + time.Second)
		synctest.Wait()
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("the page is still there: %v", err)
		}
		if _, ok := d.enter(token); ok {
			t.Error("an old token still opens")
		}
	})
}

func TestAnUnusedWayInGoesWithTheRoom(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	path, err := s.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the page is still there: %v", err)
	}
}

// TestAnotherUserGetsNothing runs a child as another user, who knows the way
// in's path and the room's address.
func TestAnotherUserGetsNothing(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become another user")
	}
	s := openRoom(t, testRoom(t, sheets()))
	path, err := s.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(s.host)
	script := `cat "$1" && echo LEAK-FILE; ls "$(dirname "$1")" && echo LEAK-FOLDER
exec 3<>"/dev/tcp/127.0.0.1/$3" && printf 'GET /files HTTP/1.0\r\nHost: %s\r\n\r\n' "$2" >&3 && cat <&3`
	cmd := exec.CommandContext(t.Context(), "/bin/bash", "-c", script, "other", path, s.host, port)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, _ := cmd.CombinedOutput()
	if bytes.Contains(out, []byte("LEAK")) || bytes.Contains(out, []byte("minutes")) {
		t.Error("another user read the way in, or the room")
	}
	if !bytes.Contains(out, []byte("403 Forbidden")) || !bytes.Contains(out, []byte("Permission denied")) {
		t.Errorf("the attack did not get as far as it should: %q", out)
	}
}

func TestBothLoopbackAddressesAreHeld(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	_, port, _ := net.SplitHostPort(s.host)
	if len(s.listeners) < 2 {
		t.Skip("this machine has no IPv6")
	}
	if l, err := net.Listen("tcp6", "[::1]:"+port); err == nil {
		l.Close()
		t.Error("another user could listen on our port at ::1")
	}
}

func TestEveryAnswerHasTheGuardingHeaders(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	outside := send(t, c, "GET", "http://"+s.host+"/", "")
	enter(t, s, c)
	for _, r := range []*http.Response{outside, send(t, c, "GET", "http://"+s.host+"/", ""),
		send(t, c, "POST", "http://"+s.host+"/search", "q=yarkand"), send(t, c, "GET", "http://"+s.host+"/nothing", "")} {
		if got := r.Header.Get("Content-Security-Policy"); got != policy(s.host) {
			t.Errorf("%s %d: the policy is %q", r.Request.URL.Path, r.StatusCode, got)
		}
		for name, want := range headers {
			if got := r.Header.Get(name); got != want {
				t.Errorf("%s %d: %s is %q", r.Request.URL.Path, r.StatusCode, name, got)
			}
		}
	}
}

func TestNothingOfTheCaseIsInAnAddressOrTitle(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	r := send(t, c, "POST", "http://"+s.host+"/search", "q="+url.QueryEscape("莎车县"))
	page := body(t, r)
	if !strings.Contains(page, "<mark>莎车县</mark>") {
		t.Fatal("the hit is not there")
	}
	if got := r.Request.URL.Path; len(got) != len("/v/")+32 {
		t.Errorf("address of a view: %q", got)
	}
	if !strings.Contains(page, "<title>Search · vidimus</title>") {
		t.Error("the title is not the page's fixed one")
	}
}

func TestErrorsAndPanicsShowNoValues(t *testing.T) {
	room := testRoom(t, sheets())
	room.Counts = func(context.Context) (vidimus.Counts, error) { panic("canary-panic") }
	room.Page = func(context.Context, vidimus.ItemID, int64, int, Question) (PageView, error) {
		return PageView{}, vidimus.WithHint(errors.New("canary-error"), "do this next")
	}
	s := openRoom(t, room)
	c := visitor(t, s)
	enter(t, s, c)
	r := send(t, c, "GET", "http://"+s.host+"/", "")
	if got := body(t, r); r.StatusCode != http.StatusInternalServerError || strings.Contains(got, "canary") {
		t.Errorf("a panic: %d, shown %q", r.StatusCode, got)
	}
	hits := body(t, send(t, c, "POST", "http://"+s.host+"/search", "q=committee"))
	_, rest, _ := strings.Cut(hits, `<h3><a href="`)
	address, _, _ := strings.Cut(rest, `"`)
	r = send(t, c, "GET", "http://"+s.host+address, "")
	got := body(t, r)
	if r.StatusCode != http.StatusInternalServerError || strings.Contains(got, "canary") || !strings.Contains(got, "do this next") {
		t.Errorf("an error: %d, shown %q", r.StatusCode, got)
	}
}

func TestOldViewsAreForgottenAndUsedOnesKept(t *testing.T) {
	s := newSession()
	s.max = 2
	a, b := s.keep(view{Query: "a"}), s.keep(view{Query: "b"})
	if again := s.keep(view{Query: "a"}); again != a {
		t.Error("the same view has two handles")
	}
	s.keep(view{Query: "c"})
	if _, ok := s.find(b); ok {
		t.Error("the longest unused view is still there")
	}
	if _, ok := s.find(a); !ok {
		t.Error("a used view was forgotten")
	}
}
