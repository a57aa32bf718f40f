package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"vidimus"
)

// Exit codes; docs/json.md.
const (
	exitDone     = 0
	exitFailed   = 1
	exitUsage    = 2
	exitFailures = 3
)

// errUsage marks what a person typed wrong.
type errUsage struct{ error }

func (e errUsage) Unwrap() error { return e.error }

// errFailures ends a command that is done, with failures it has listed.
var errFailures = errors.New("done, with failures")

// errFound ends an audit that has printed what it found.
var errFound = errors.New("the case is not as it was written")

// errCode ends a shell with the exit code of a line of its script, which has
// said already what was wrong.
type errCode int

func (errCode) Error() string { return "a line of the script failed" }

// console is where a command reads and writes. stdout is data, stderr is talk.
type console struct {
	in       io.Reader
	out, err io.Writer
	json     bool
}

// data prints one value as JSON on a line of its own.
func (c *console) data(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// say talks to the person.
func (c *console) say(format string, args ...any) {
	fmt.Fprintf(c.err, "vidimus: "+format+"\n", args...)
}

// hint says the next step.
func (c *console) hint(format string, args ...any) {
	fmt.Fprintf(c.err, "vidimus: hint: "+format+"\n", args...)
}

// fail reports err and gives the exit code.
func (c *console) fail(err error) int {
	if err == nil {
		return exitDone
	}
	if errors.Is(err, errFailures) {
		return exitFailures
	}
	if errors.Is(err, errFound) {
		return exitFailed
	}
	if code, ok := errors.AsType[errCode](err); ok {
		return int(code)
	}
	code, hint := exitFailed, vidimus.HintOf(err)
	if _, ok := errors.AsType[errUsage](err); ok {
		code = exitUsage
		if hint == "" {
			hint = "`vidimus help` lists the verbs, `vidimus VERB --help` shows one with an example"
		}
	}
	if c.json {
		c.data(map[string]string{"error": err.Error(), "hint": hint})
		return code
	}
	c.say("%v", err)
	if hint != "" {
		c.hint("%s", hint)
	}
	return code
}

// terminal reports whether w is one. Data that goes anywhere else is a copy.
func terminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
