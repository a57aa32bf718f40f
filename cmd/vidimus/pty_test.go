//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vidimus/internal/casetest"
)

// person sits at a terminal.
type person struct {
	t    *testing.T
	keys *os.File
	cmd  *exec.Cmd

	mu     sync.Mutex
	screen bytes.Buffer // guarded by mu
	seen   int          // how much of the screen was expected already
}

// sit gives a person a program at a terminal of its own.
func sit(t *testing.T, dir string, env []string, name string, args ...string) *person {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer tty.Close()
	p := &person{t: t, keys: master, cmd: exec.Command(name, args...)}
	p.cmd.Dir, p.cmd.Env = dir, env
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = tty, tty, tty
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.cmd.Process.Kill(); master.Close() })
	go p.watch()
	return p
}

func (p *person) watch() {
	b := make([]byte, 4096)
	for {
		n, err := p.keys.Read(b)
		p.mu.Lock()
		p.screen.Write(b[:n])
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (p *person) types(keys string) {
	p.t.Helper()
	if _, err := io.WriteString(p.keys, keys); err != nil {
		p.t.Fatal(err)
	}
}

// typesUnseen waits until the terminal shows no key, and lines are its own to
// edit: a question is printed before that.
func (p *person) typesUnseen(keys string) {
	p.t.Helper()
	for range 6000 {
		s, err := unix.IoctlGetTermios(int(p.keys.Fd()), unix.TCGETS)
		if err != nil {
			p.t.Fatal(err)
		}
		if s.Lflag&unix.ECHO == 0 && s.Lflag&unix.ICANON != 0 {
			p.types(keys)
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.t.Fatal("the terminal still shows what is typed")
}

// sees waits until the screen shows something new.
func (p *person) sees(want string) {
	p.t.Helper()
	for range 6000 { // five minutes
		p.mu.Lock()
		at := strings.Index(p.screen.String()[p.seen:], want)
		if at >= 0 {
			p.seen += at + len(want)
		}
		p.mu.Unlock()
		if at >= 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatalf("never seen: %q; the screen shows %q", want, p.shown()[p.seen:])
}

func (p *person) shown() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

// leaves waits for the program's end.
func (p *person) leaves() {
	p.t.Helper()
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the program ended with %v", err)
	}
}

const ctrlD = "\x04"

// TestAHistoryHoldsNoWordOfTheCase types words of a case where the manual says
// that they may be typed, in an interactive bash, and looks for them in what
// bash keeps, in what processes show, and in the case.
func TestAHistoryHoldsNoWordOfTheCase(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		casetest.Without(t, "no bash")
	}
	w := newWorld(t)
	word, note, medium, asked, argument := latin(), latin(), latin(), latin(), latin()
	leak := filepath.Join(w.outside, "leak")
	if err := os.Mkdir(leak, 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(leak, "a.txt"), []byte("a page with the word "+word+"\n"))
	w.vidimus(exitDone, "", "init", w.dir(), "--allow-swap", "--passphrase-file", filepath.Join(w.outside, "passphrase"), "--recipient", w.identity.Recipient().String())

	history := filepath.Join(w.root, "cwd", "history")
	p := sit(t, filepath.Join(w.root, "cwd"), w.environ("HISTFILE="+history, "PS1=bash> ", "TERM=dumb"), bash, "--norc", "--noprofile", "-i")
	p.sees("bash> ")
	p.types("vidimus add " + w.dir() + " " + leak + " --allow-swap --received 2024 --medium - --note -\n")
	p.sees("never write who gave this")
	p.types(medium + "\n" + note + "\n" + ctrlD)
	p.sees("seen 1 = read 1")
	p.sees("bash> ")
	p.types("vidimus search " + w.dir() + " -\n")
	p.sees("Query: ")
	p.types(word + "\n" + ctrlD)
	p.sees("«" + word + "»")
	p.types("vidimus shell " + w.dir() + " --idle 5s\n")
	p.sees("vidimus> ")
	p.types("search " + word + " page\r")
	p.sees("«" + word + "»")
	p.types("search " + asked + "\r")
	p.sees("0 page(s)")
	p.types("receipt\r")
	p.sees("note: " + note)
	p.types("half " + asked)
	p.sees("locked: nothing was typed")
	p.types("status\r") // the half line is forgotten
	p.sees("seen 1 = read 1")
	p.types("\x1b[A\x1b[A\r") // the line before is status, and before the lock there is none
	p.sees("seen 1 = read 1")
	p.sees("vidimus> ") // from now on the shell reads keys
	p.types(ctrlD)
	p.sees("bash> ")
	p.types("vidimus search " + w.dir() + " " + argument + "\n")
	p.sees("0 page(s)")
	p.types("exit\n")
	p.leaves()

	kept, err := os.ReadFile(history)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(kept, []byte(argument)) || !bytes.Contains(kept, []byte("vidimus shell")) {
		t.Errorf("this history would hold no word of anybody: %q", kept)
	}
	h := newHunter([]canary{{what: "a word of the case", word: word}, {what: "the note", word: note},
		{what: "the medium", word: medium}, {what: "a query", word: asked}})
	found, files := h.under(t, w.root)
	w.complain("on disk", found)
	if files < 5 {
		t.Errorf("only %d files were searched", files)
	}
	w.complain("shown to `ps`", w.watch.in(h))
	if shown := newHunter([]canary{{what: "control", word: argument}}); len(w.watch.in(shown)) == 0 {
		t.Error("the list of processes was not watched")
	}
}

// TestALockedShellAsksAgain types the passphrase, which no screen shows.
func TestALockedShellAsksAgain(t *testing.T) {
	w := newWorld(t)
	w.vidimus(exitDone, "", "init", w.dir(), "--allow-swap", "--passphrase-file", filepath.Join(w.outside, "passphrase"))
	p := sit(t, filepath.Join(w.root, "cwd"), w.environ("VIDIMUS_IDENTITY_FILE="), "vidimus", "shell", w.dir())
	for range 2 {
		p.sees("Passphrase of the case: ")
		p.typesUnseen(w.passphrase + "\n")
		p.sees("vidimus> ")
		p.types("status\r")
		p.sees("seen 0")
		p.types("lock\r")
		p.sees("vidimus: locked")
		p.types("status\r")
	}
	p.sees("Passphrase of the case: ")
	p.typesUnseen(w.passphrase + "\n")
	p.sees("seen 0")
	p.types("quit\r")
	p.leaves()
	if strings.Contains(p.shown(), w.passphrase) {
		t.Error("the screen shows the passphrase")
	}
}
