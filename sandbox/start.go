package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode/utf8"
)

// Options say how a worker is started.
type Options struct {
	Limits Limits // zero fields: DefaultLimits
	// WithoutWalls goes on when a wall does not stand. Those that the system
	// gives are put up all the same.
	WithoutWalls bool

	testOnlyWithout int64
}

// startLimit bounds the time until a worker is ready. A reader may have to
// compile its code first, on a slow machine.
const startLimit = time.Minute

// Start makes a worker of a kind that was given to Main. When it returns, the
// worker has loaded what it needs and its walls stand. ctx bounds the start
// only.
func Start(ctx context.Context, kind string, o Options) (*Worker, error) {
	w, err := start(ctx, kind, o)
	if err != nil {
		return nil, fmt.Errorf("start a worker of kind %q: %w", kind, err)
	}
	return w, nil
}

func start(ctx context.Context, kind string, o Options) (*Worker, error) {
	childIn, to, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	from, childOut, err := os.Pipe()
	if err != nil {
		childIn.Close()
		to.Close()
		return nil, err
	}
	w := &Worker{
		limits: o.Limits.filled(),
		from:   from, in: bufio.NewReaderSize(from, 64<<10),
		to: to, out: bufio.NewWriterSize(to, 64<<10),
	}
	w.process, err = spawn(childIn, childOut)
	// Held any longer, our copies would keep a worker's death in its first
	// moments from being noticed.
	childIn.Close()
	childOut.Close()
	if err != nil {
		w.hangUp()
		return nil, err
	}
	w.left = startLimit
	set := settings{limits: w.limits, lenient: o.WithoutWalls, without: o.testOnlyWithout}
	if err := w.during(ctx, func() error { return w.setUp(kind, set) }); err != nil {
		return nil, err
	}
	return w, nil
}

// setUp tells the worker what to be and waits until it is.
func (w *Worker) setUp(kind string, set settings) error {
	if err := w.send(tagSetup, Message{Name: kind, Ints: set.ints()}); err != nil {
		return err
	}
	f, err := w.receive()
	if err != nil {
		return err
	}
	// No hostile byte has been read yet, but these words go to a person.
	words := string(f.payload)
	if !utf8.ValidString(words) {
		return errUTF8
	}
	switch f.tag {
	case tagReady:
		if words != "" {
			w.weak = strings.Split(words, "\n")
		}
		if err := w.process.namespaces; err != nil {
			w.weak = append(w.weak, wallNamespaces+": "+err.Error())
		}
		return nil
	case tagUnready:
		return &own{errors.New(words)}
	}
	return &errFrame{f.tag, uint32(len(f.payload))}
}
