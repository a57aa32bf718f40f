//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"

	"vidimus/archive"
	"vidimus/key"
)

// world is all that a running program can write to: fresh folders, made for
// one test.
type world struct {
	t       *testing.T
	root    string            // of the folders that are searched
	run     string            // searched too; in memory
	began   time.Time         // by the clock of the files
	outside string            // what a person has, and the copies that he asked for
	said    map[string][]byte // standard error, and what else is talk, by command
	watch   *watcher
	touched *touched

	passphrase string
	identity   *age.X25519Identity
}

// quietPlaces are folders in which the program has no business at all.
var quietPlaces = []string{"tmp", "home", "config", "cwd"}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, root: t.TempDir(), outside: t.TempDir(), said: map[string][]byte{}}
	for _, dir := range append(quietPlaces, "cache", "state") {
		if err := os.Mkdir(filepath.Join(w.root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	var err, err2, err3 error
	w.run, err = os.MkdirTemp("/dev/shm", "run-")
	t.Cleanup(func() { os.RemoveAll(w.run) })
	w.identity, err2 = age.GenerateX25519Identity()
	w.passphrase, err3 = key.Propose()
	if err := errors.Join(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(w.outside, "passphrase"), []byte(w.passphrase+"\n"))
	write(t, filepath.Join(w.outside, "identity"), []byte(w.identity.String()+"\n"))
	info, err := os.Stat(w.run)
	if err != nil {
		t.Fatal(err)
	}
	w.began = info.ModTime()
	w.watch, w.touched = watch(t), watchFolders(t, w.root, quietPlaces)
	return w
}

func (w *world) dir() string { return filepath.Join(w.root, "case") }

func (w *world) environ(more ...string) []string {
	at := func(name string) string { return filepath.Join(w.root, name) }
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + at("home"), "TMPDIR=" + at("tmp"),
		"XDG_CACHE_HOME=" + at("cache"), "XDG_STATE_HOME=" + at("state"), "XDG_CONFIG_HOME=" + at("config"), "XDG_RUNTIME_DIR=" + w.run,
		"VIDIMUS_IDENTITY_FILE=" + filepath.Join(w.outside, "identity"),
	}, more...)
}

// running is a command at work.
type running struct {
	*exec.Cmd
	w        *world
	out, err paper
	typed    string
}

// begin starts the real program.
func (w *world) begin(env []string, stdin string, args ...string) *running {
	w.t.Helper()
	r := &running{Cmd: exec.Command("vidimus", args...), w: w, typed: fmt.Sprintf("%d %s", len(w.said), args[0])}
	r.Dir, r.Env = filepath.Join(w.root, "cwd"), env
	r.Stdin, r.Stdout, r.Stderr = strings.NewReader(stdin), &r.out, &r.err
	r.WaitDelay = 5 * time.Second
	r.start()
	return r
}

func (r *running) start() {
	r.w.t.Helper()
	if err := r.Start(); err != nil {
		r.w.t.Fatal(err)
	}
	r.w.t.Cleanup(func() { r.Process.Kill() }) // after a failure; otherwise it has ended
}

// end waits, keeps what was said, and gives what was printed and the exit
// code, -1 for a signal. Standard output is data, and may show the case, only
// of the verbs that print it, and only when they are done.
func (r *running) end() (string, int) {
	r.w.t.Helper()
	if _, ok := errors.AsType[*exec.ExitError](r.Wait()); !ok && r.ProcessState == nil {
		r.w.t.Fatal("the program did not end")
	}
	r.w.said[r.typed] = r.err.Bytes()
	code := r.ProcessState.ExitCode()
	verb := strings.Fields(r.typed)[1]
	if (code != exitDone && code != exitFailures) || !strings.Contains("add list search show export", verb) {
		r.w.said[r.typed+", printed"] = r.out.Bytes()
	}
	return string(r.out.Bytes()), code
}

// vidimus runs one command to its end and wants an exit code.
func (w *world) vidimus(want int, stdin string, args ...string) string {
	w.t.Helper()
	return w.with(w.environ(), want, stdin, args...)
}

func (w *world) with(env []string, want int, stdin string, args ...string) string {
	w.t.Helper()
	r := w.begin(env, stdin, args...)
	out, code := r.end()
	if code != want {
		w.t.Fatalf("%s: exit code %d, want %d: %s", args[0], code, want, r.err.Bytes())
	}
	return out
}

// secrets are the ways into the case and the keys behind them.
func (w *world) secrets() []canary {
	w.t.Helper()
	format, err := archive.ReadFormat(w.dir())
	if err != nil {
		w.t.Fatal(err)
	}
	k, err := key.Unlock(archive.KeysFolder(w.dir()), format.ID, key.Way{Identities: []age.Identity{w.identity}})
	if err != nil {
		w.t.Fatal(err)
	}
	all := []canary{{what: "the passphrase", word: w.passphrase}, {what: "the identity", word: w.identity.String()}}
	for name, b := range map[string][32]byte{"records": k.Records(), "index": k.Index(), "head": k.Head()} {
		all = append(all, canary{what: "the key of the " + name, word: string(b[:]), raw: true})
	}
	return all
}

// stop halts the program in the middle of its work: when it has said how far
// it is and a reader has been at it for a moment.
func (r *running) stop() {
	r.w.t.Helper()
	for range 24000 { // two minutes
		if r.err.Len() > 0 && r.w.watch.has(r.Process.Pid, "vidimus: reader") {
			time.Sleep(100 * time.Millisecond)
			r.signal(syscall.SIGSTOP)
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	r.w.t.Fatal("no reader began to work")
}

func (r *running) signal(s syscall.Signal) {
	r.w.t.Helper()
	if err := r.Process.Signal(s); err != nil {
		r.w.t.Fatalf("it had ended before it was sent %v", s)
	}
}

// paper is a buffer that can be looked at while a program writes to it.
type paper struct {
	mu sync.Mutex
	b  bytes.Buffer // guarded by mu
}

func (p *paper) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(b)
}

func (p *paper) Len() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Len()
}

// Bytes gives all that was written; nobody may be writing any more.
func (p *paper) Bytes() []byte { return p.b.Bytes() }
