package sandbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"vidimus"
)

// Wall is one thing that a worker must not be able to do, or one means that
// keeps it from it.
type Wall struct {
	Name   string
	Stands bool
	Needed bool   // without it nothing should be read
	Why    string // it does not stand
}

// Report is what Probe found on this machine.
type Report struct{ Walls []Wall }

// Missing names the walls that are needed and do not stand, and why.
func (r Report) Missing() []string {
	var missing []string
	for _, w := range r.Walls {
		if w.Needed && !w.Stands {
			missing = append(missing, w.Name+": "+w.Why)
		}
	}
	return missing
}

// The names of walls that are no attempt.
const (
	wallWorker     = "worker"
	wallNamespaces = "namespaces" // not every system gives them: what they hide, the others close
	wallMemory     = "memory limit"
	wallFiles      = "files (Landlock)"
	wallCalls      = "system calls (seccomp)"
)

// attempts are what the probe tries behind the walls. Those that end the
// worker need one of their own.
var attempts = []struct {
	name, verb string
	deadly     bool
}{
	{"open a file", "open", false},
	{"have executable memory", "executable", false},
	{"open a socket", "socket", true},
	{"execute a program", "exec", true},
	{"start a process", "fork", true},
	{"trace a process", "trace", true},
	{"send a signal", "signal", true},
}

// Probe starts workers that try what the walls forbid, and reports which
// walls stand. `add` asks it before it reads the first file.
func Probe(ctx context.Context) Report { return probe(ctx, Options{WithoutWalls: true}) }

func probe(ctx context.Context, o Options) Report {
	w, err := Start(ctx, probeName, o)
	if err != nil {
		return Report{[]Wall{{Name: wallWorker, Needed: true, Why: err.Error()}}}
	}
	defer w.Close()
	tried := make([]Wall, len(attempts))
	var group sync.WaitGroup
	for i, a := range attempts {
		tried[i] = Wall{Name: "cannot " + a.name, Needed: true}
		if a.deadly {
			group.Go(func() { tried[i].Why = tryAlone(ctx, o, a.verb) })
		} else {
			tried[i].Why = try(ctx, w, a.verb)
		}
	}
	group.Wait()
	r := Report{append(w.walls(), tried...)}
	for i := range r.Walls {
		r.Walls[i].Stands = r.Walls[i].Why == ""
	}
	return r
}

// walls are those that the worker has put up, with why one does not stand.
func (w *Worker) walls() []Wall {
	walls := []Wall{{Name: wallNamespaces}, {Name: wallMemory, Needed: true}, {Name: wallFiles, Needed: true}, {Name: wallCalls, Needed: true}}
	for i := range walls {
		for _, weak := range w.weak {
			if why, ok := strings.CutPrefix(weak, walls[i].Name+": "); ok {
				walls[i].Why = why
			}
		}
	}
	if raceEnabled {
		walls[1] = Wall{Name: wallMemory, Why: "there is none under the race detector"}
	}
	return walls
}

func tryAlone(ctx context.Context, o Options, verb string) string {
	w, err := Start(ctx, probeName, o)
	if err != nil {
		return err.Error()
	}
	defer w.Close()
	return try(ctx, w, verb)
}

// try makes one attempt and tells why it was not stopped, or nothing.
func try(ctx context.Context, w *Worker, verb string) string {
	if err := w.Open(ctx, strings.NewReader(""), 0, ""); err != nil {
		return err.Error()
	}
	why := "the worker does not say"
	err := w.Ask(ctx, Question{Verb: verb}, func(m Message) error {
		why = m.Text
		return nil
	})
	if _, died := errors.AsType[*Death](err); died && w.process.filtered() {
		return ""
	}
	if err != nil {
		return err.Error()
	}
	return why
}

// probeName is the kind of the probe's workers; every program has it.
const probeName = "sandbox: probe"

func probeKind() Kind {
	return Kind{probeName, func() (Reader, error) { return prober{}, nil }}
}

// prober is a reader that tries what it is asked to.
type prober struct{}

func (prober) Open(f *File) error { return nil }
func (prober) Close()             {}

func (prober) Answer(q Question, say Say) error {
	attempt, ok := forbidden()[q.Verb]
	if !ok {
		return &vidimus.Fault{Reason: vidimus.KindNotRead}
	}
	errno := attempt()
	if refusal(errno) {
		return say(Message{})
	}
	return say(Message{Text: fmt.Sprintf("the system was asked and said %d", errno)})
}
