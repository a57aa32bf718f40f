package browser

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vidimus"
)

func TestRootIsRefused(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can be refused as root")
	}
	if err := Open(t.Context(), "/dev/null", "x.localhost"); !errors.Is(err, ErrRoot) || vidimus.HintOf(err) == "" {
		t.Errorf("got %v", err)
	}
}

// stub is a program that stands where a browser would: it writes what it was
// given into the folder out and does what then says.
func stub(t *testing.T, then string) (program, out string) {
	t.Helper()
	out = t.TempDir()
	program = filepath.Join(out, "stub")
	script := "#!/bin/sh\nenv > " + out + "/env\nprintf '%s\\n' \"$@\" > " + out + "/args\n" +
		"echo words > \"$HOME/profile/Default/History\"\ntouch " + out + "/up\n" + then + "\n"
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return program, out
}

func read(t *testing.T, parts ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// home gives the folder in memory that the stub was given.
func home(t *testing.T, out string) string {
	t.Helper()
	for line := range strings.Lines(read(t, out, "env")) {
		if dir, ok := strings.CutPrefix(strings.TrimSpace(line), "HOME="); ok {
			return dir
		}
	}
	t.Fatal("the browser was given no home")
	return ""
}

func TestTheProfileLivesInMemoryAndGoesWithTheWindow(t *testing.T) {
	t.Setenv("CHROMIUM_FLAGS", "--load-extension=/evil")
	t.Setenv("VIDIMUS_PASSPHRASE_FILE", "/secret")
	program, out := stub(t, "")
	if err := open(t.Context(), program, "/dev/shm/way-in.html", "abc.localhost:1234"); err != nil {
		t.Fatal(err)
	}
	dir := home(t, out)
	if !strings.HasPrefix(dir, "/dev/shm/") && !strings.HasPrefix(dir, "/run/") {
		t.Errorf("the profile was in %s", dir)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the profile is still there: %v", err)
	}
	if env := read(t, out, "env"); strings.Contains(env, "evil") || strings.Contains(env, "secret") {
		t.Error("the browser was given variables that are none of its business")
	}
	args := read(t, out, "args")
	for _, want := range []string{"--app=file:///dev/shm/way-in.html\n", "EXCLUDE abc.localhost\n", "--user-data-dir=" + dir} {
		if !strings.Contains(args, want) {
			t.Errorf("no %q among the arguments", want)
		}
	}
}

func TestAnEndedProgramTakesTheBrowserWithIt(t *testing.T) {
	program, out := stub(t, "sleep 60 & wait")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- open(ctx, program, "/x", "abc.localhost") }()
	waitFor(t, filepath.Join(out, "up"))
	cancel()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(home(t, out)); !os.IsNotExist(err) {
		t.Errorf("the profile is still there: %v", err)
	}
}

func TestASignalEndsTheBrowserAndRemovesTheProfile(t *testing.T) {
	program, out := stub(t, "sleep 60")
	ended := make(chan error)
	go func() { ended <- open(t.Context(), program, "/x", "abc.localhost") }()
	waitFor(t, filepath.Join(out, "up"))
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(home(t, out)); !os.IsNotExist(err) {
		t.Errorf("the profile is still there: %v", err)
	}
}

func waitFor(t *testing.T, path string) {
	t.Helper()
	for range 3000 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("the browser did not start")
}

// TestOnlyTheRoomsHostIsReached runs a real Chromium with our flags.
func TestOnlyTheRoomsHostIsReached(t *testing.T) {
	bin, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium in CI: install chromium-headless-shell")
		}
		t.Skip("no Chromium: install chromium-headless-shell to run the browser tests")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("reached")) }))
	defer server.Close()
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	ask := func(address string) bool {
		args := append(flags(t.TempDir(), "abc.localhost"), "--dump-dom", address)
		if os.Geteuid() == 0 {
			args = append(args, "--no-sandbox")
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		out, _ := exec.CommandContext(ctx, bin, args...).Output()
		return strings.Contains(string(out), "reached")
	}
	if !ask("http://abc.localhost:" + port + "/") {
		t.Error("the room's own host was not reached")
	}
	for _, host := range []string{"def.localhost", "localhost", "127.0.0.1"} {
		if ask("http://" + host + ":" + port + "/") {
			t.Errorf("%s was reached", host)
		}
	}
}
