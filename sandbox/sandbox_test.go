//go:build linux && amd64

package sandbox

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"vidimus"
)

func TestMain(m *testing.M) {
	Main(
		Kind{"test", func() (Reader, error) { return &testReader{}, nil }},
		Kind{"liar", func() (Reader, error) { return liar{}, nil }},
		Kind{"doomed", func() (Reader, error) { // killed before it is ready
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			return nil, nil
		}},
		Kind{"unready", func() (Reader, error) { return nil, errors.New("no fonts") }},
	)
	if len(os.Args) == 2 && os.Args[1] == parentRole {
		beParent()
	}
	os.Exit(m.Run())
}

// testReader does what a question asks, good or bad.
type testReader struct {
	file   *File
	opened int64
	closed int64
}

func (r *testReader) Open(f *File) error {
	r.opened++
	r.file = f
	switch f.Name {
	case "encrypted":
		return &vidimus.Fault{Reason: vidimus.Encrypted}
	case "own words":
		return errors.New("a sentence out of the file")
	case "invented":
		return &vidimus.Fault{Reason: "a reason of its own"}
	case "slow":
		time.Sleep(time.Hour)
	}
	return nil
}

func (r *testReader) Close() { r.closed++ }

// hog is what the test reader does not let go.
var hog [][]byte

func (r *testReader) Answer(q Question, say Say) error {
	switch q.Verb {
	case "echo":
		b := make([]byte, r.file.Size)
		if _, err := r.file.ReadAt(b, 0); err != nil && err != io.EOF {
			return err
		}
		return say(Message{Name: "echo", Text: r.file.Name, Ints: append(q.Args, r.opened, r.closed), Bytes: b})
	case "ping":
		return say(Message{Name: "pong"})
	case "many":
		for i := range q.Args[0] {
			if err := say(Message{Ints: []int64{i}}); err != nil {
				return err
			}
		}
	case "text":
		_ = say(Message{Text: strings.Repeat("a", int(q.Args[0]))}) // and does not mind
	case "bad text":
		return say(Message{Text: "\xff"})
	case "sleep":
		time.Sleep(time.Duration(q.Args[0]))
	case "spin":
		for begun := time.Now(); time.Since(begun) < time.Duration(q.Args[0]); {
			hog = hog[:0]
			for range 1000 {
				hog = append(hog, make([]byte, 1000)) // work for the collector too
			}
		}
		return say(Message{Name: "done"})
	case "hog":
		for range q.Args[0] / (1 << 20) {
			b := make([]byte, 1<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			hog = append(hog, b)
		}
	case "panic":
		panic(r.file.Name)
	}
	return nil
}

func startTest(t testing.TB, kind string, o Options) *Worker {
	t.Helper()
	w, err := Start(context.Background(), kind, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func openTest(t testing.TB, w *Worker, content, name string) {
	t.Helper()
	if err := w.Open(context.Background(), strings.NewReader(content), int64(len(content)), name); err != nil {
		t.Fatal(err)
	}
}

func askTest(t testing.TB, w *Worker, verb string, args ...int64) ([]Message, error) {
	t.Helper()
	var heard []Message
	err := w.Ask(context.Background(), Question{verb, args}, func(m Message) error {
		heard = append(heard, m)
		return nil
	})
	return heard, err
}
