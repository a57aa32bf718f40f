package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"

	"vidimus"
)

// errIdle is returned when nothing was typed for long.
var errIdle = errors.New("nothing was typed")

// maxLine is the longest line that is taken.
const maxLine = 64 << 10

// lines are what a person types at the shell's prompt, or a script's.
type lines struct {
	c      *console
	source *patient
	piped  *bufio.Reader  // nil at a terminal
	edited *term.Terminal // keeps the lines before, in memory only
}

func newLines(c *console, idle time.Duration) *lines {
	l := &lines{c: c, source: &patient{r: c.in, idle: idle}}
	if !terminal(c.in) {
		l.piped = bufio.NewReaderSize(l.source, maxLine)
	}
	l.forget()
	return l
}

// typed reports that a person sits there.
func (l *lines) typed() bool { return l.piped == nil }

// forget drops the lines before and what is half typed.
func (l *lines) forget() {
	if l.piped == nil {
		l.edited = term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{l.source, l.c.err}, "")
	}
}

// next gives the next line; io.EOF when there are no more.
func (l *lines) next(ctx context.Context) (string, error) { return l.read(ctx, "vidimus> ") }

func (l *lines) read(ctx context.Context, prompt string) (string, error) {
	l.source.ctx, l.source.since = ctx, time.Now()
	if l.piped != nil {
		line, err := l.piped.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			return "", errUsage{errors.New("a line is longer than 64 KiB")}
		}
		if err == io.EOF && len(line) > 0 {
			err = nil
		}
		return strings.TrimSpace(string(line)), err
	}
	f := l.c.in.(*os.File)
	before, err := term.MakeRaw(int(f.Fd()))
	if err != nil {
		return "", err
	}
	defer term.Restore(int(f.Fd()), before)
	if width, height, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		l.edited.SetSize(width, height)
	}
	l.edited.SetPrompt(prompt)
	line, err := l.edited.ReadLine()
	if err != nil {
		io.WriteString(l.c.err, "\r\n")
	}
	return strings.TrimSpace(line), err
}

// input is the standard input of a verb: the lines up to a single dot. A room
// would wait for lines for as long as it is open, so it gets none.
func (l *lines) input(verb string) io.Reader {
	if verb == "serve" || verb == "open" {
		return strings.NewReader("")
	}
	return &following{lines: l}
}

// following gives the lines that follow, up to a single dot.
type following struct {
	lines *lines
	rest  string
	asked bool
	ended bool
}

func (f *following) Read(p []byte) (int, error) {
	for f.rest == "" {
		if f.ended {
			return 0, io.EOF
		}
		if !f.asked && f.lines.typed() {
			f.lines.c.hint("end with a line that holds a single dot")
		}
		f.asked = true
		line, err := f.lines.read(f.lines.source.ctx, "... ")
		if err != nil && err != io.EOF {
			return 0, err
		}
		if f.ended = err == io.EOF || line == "."; !f.ended {
			f.rest = line + "\n"
		}
	}
	n := copy(p, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// patient reads a person's typing, and gives up when there is none for long.
type patient struct {
	r     io.Reader
	idle  time.Duration
	ctx   context.Context
	since time.Time
}

// glance is how often it is looked whether a signal has ended the shell.
const glance = 200 * time.Millisecond

func (p *patient) Read(b []byte) (int, error) {
	f, ok := p.r.(*os.File)
	if !ok {
		return p.r.Read(b)
	}
	for {
		if p.ctx.Err() != nil {
			return 0, io.EOF
		}
		if time.Since(p.since) > p.idle {
			return 0, errIdle
		}
		ready, err := unix.Poll([]unix.PollFd{{Fd: int32(f.Fd()), Events: unix.POLLIN}}, int(glance.Milliseconds()))
		if err != nil && !errors.Is(err, unix.EINTR) {
			return 0, vidimus.WithHint(errors.New("standard input cannot be waited for"), "use a terminal or a pipe")
		}
		if ready > 0 {
			p.since = time.Now()
			return f.Read(b)
		}
	}
}
