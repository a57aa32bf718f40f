// Package quiet keeps values out of crash messages. Go prints the value of a
// panic and, with it, whatever a document said; here a crash names places in
// the program only.
package quiet

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// Go runs f in a goroutine of its own; a panic in it ends the process with a
// message that holds no value.
func Go(f func()) {
	go func() {
		defer Exit()
		f()
	}()
}

// Exit, deferred, ends a panicking process with status 1.
func Exit() {
	if r := recover(); r != nil {
		fmt.Fprintf(os.Stderr, "vidimus: internal error (%s) at%s\nvidimus: hint: nothing that was finished is lost; please report these places, they hold no content\n", Kind(r), Places())
		os.Exit(1)
	}
}

// Kind tells what sort of panic it was, without its value.
func Kind(r any) string {
	if _, ok := r.(runtime.Error); ok {
		return "runtime error"
	}
	return fmt.Sprintf("%T", r)
}

// Places lists the functions and lines that led to a panic, innermost first.
func Places() string {
	var at [24]uintptr
	frames := runtime.CallersFrames(at[:runtime.Callers(3, at[:])])
	var b strings.Builder
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") && f.Function != "" {
			fmt.Fprintf(&b, "\n\t%s:%d", f.Function, f.Line)
		}
		if !more {
			return b.String()
		}
	}
}
