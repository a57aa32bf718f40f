package sandbox

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"vidimus"
)

// Worker is the parent's side of a reader behind walls. It is for one
// goroutine at a time. What it gives back is hostile: only its form is checked.
type Worker struct {
	limits  Limits
	process *process
	from    *os.File
	in      *bufio.Reader
	to      *os.File
	out     *bufio.Writer

	weak []string      // walls that do not stand, "name: why"
	dead bool          // nothing more can be asked
	file io.ReaderAt   // opened last
	size int64         // of file
	left time.Duration // that the worker has for what it does now
}

// errNotOpen is a mistake of the caller.
var errNotOpen = errors.New("ask a worker about a file: none is open")

// Open gives the worker the next file. It returns a *vidimus.Fault when the
// reader refuses the file (the worker lives on), a *Death when the worker died
// of it, or the caller's own error: from r, or from ctx. After any error but a
// Fault the worker is dead.
func (w *Worker) Open(ctx context.Context, r io.ReaderAt, size int64, name string) error {
	w.file, w.size = r, size
	tail := name[max(0, len(name)-maxFileName):]
	err := w.exchange(ctx, tagOpen, Message{Ints: []int64{size}, Bytes: []byte(tail)}, nil)
	if err != nil {
		w.file = nil
	}
	return err
}

// maxFileName is how much of a name a worker is told: its end, which shows
// the type.
const maxFileName = 4096

// Ask puts a question about the open file and calls hear for each message of
// the answer, in order. Errors are as for Open; an error of hear is returned
// as it is and ends the worker.
func (w *Worker) Ask(ctx context.Context, q Question, hear func(Message) error) error {
	if w.file == nil && !w.dead {
		return errNotOpen
	}
	return w.exchange(ctx, tagAsk, Message{Name: q.Verb, Ints: q.Args}, hear)
}

// Pid is the worker's process id, for whoever watches it.
func (w *Worker) Pid() int { return w.process.pid() }

// Close ends the worker and waits until it is gone.
func (w *Worker) Close() error {
	w.dead = true
	w.process.kill()
	<-w.process.gone
	w.hangUp()
	return nil
}

func (w *Worker) hangUp() {
	w.to.Close()
	w.from.Close()
}

// exchange sends one frame and serves the worker until it is done.
func (w *Worker) exchange(ctx context.Context, t tag, m Message, hear func(Message) error) error {
	return w.during(ctx, func() error {
		w.left = w.limits.Wall
		if err := w.send(t, m); err != nil {
			return err
		}
		answer := w.limits.budget()
		for {
			f, err := w.receive()
			if err != nil {
				return err
			}
			switch {
			case f.tag == tagNeed && len(f.payload) == 16:
				err = w.give(f.payload)
			case f.tag == tagMessage && hear != nil:
				err = w.heard(f.payload, answer, hear)
			case f.tag == tagDone:
				return fault(f.payload)
			default:
				err = &errFrame{f.tag, uint32(len(f.payload))}
			}
			if err != nil {
				return err
			}
		}
	})
}

// fault reads the end of an exchange. A reason that is not on the list is
// none that a reader of ours gives.
func fault(reason []byte) error {
	if len(reason) == 0 {
		return nil
	}
	if r := vidimus.Reason(reason); r.Known() {
		return &vidimus.Fault{Reason: r}
	}
	return &vidimus.Fault{Reason: vidimus.Damaged}
}

// give answers a worker that needs a range of the file.
func (w *Worker) give(need []byte) error {
	off, n := int64(binary.LittleEndian.Uint64(need)), int64(binary.LittleEndian.Uint64(need[8:]))
	if off < 0 || n <= 0 || n > maxRange || off > w.size-n {
		return fmt.Errorf("worker needs %d bytes at %d, outside of the file", n, off)
	}
	bytes := make([]byte, n)
	begun := time.Now()
	got, err := w.file.ReadAt(bytes, off)
	w.left -= time.Since(begun) // or a worker could keep us reading for ever
	if int64(got) < n {
		return &own{fmt.Errorf("read the file for a worker: %w", err)}
	}
	return w.write(tagRange, bytes)
}

func (w *Worker) heard(payload []byte, left *budget, hear func(Message) error) error {
	m, err := parseMessage(payload, left)
	if err != nil {
		return err
	}
	if err := hear(m); err != nil {
		return &own{err}
	}
	return nil
}

func (w *Worker) send(t tag, m Message) error {
	front, bytes := m.encode()
	if err := m.check(); err != nil || len(front)+len(bytes) > maxPlain {
		return &own{errors.Join(errors.New("ask a worker for more than a frame holds, or in letters that it does not read"), err)}
	}
	return w.write(t, front, bytes)
}

// write sends a frame. A worker that does not take it in time has used up
// its time.
func (w *Worker) write(t tag, pieces ...[]byte) error {
	begun := time.Now()
	defer func() { w.left -= time.Since(begun) }()
	if err := w.to.SetWriteDeadline(begun.Add(w.left)); err != nil {
		return err
	}
	if err := writeFrame(w.out, t, pieces...); err != nil {
		return err
	}
	return w.out.Flush()
}

func (w *Worker) receive() (frame, error) {
	begun := time.Now()
	defer func() { w.left -= time.Since(begun) }()
	if err := w.from.SetReadDeadline(begun.Add(w.left)); err != nil {
		return frame{}, err
	}
	return readFrame(w.in, w.longest)
}

func (w *Worker) longest(t tag) int {
	switch t {
	case tagMessage:
		return w.limits.longestMessage()
	case tagReady, tagUnready, tagNeed, tagDone:
		return maxPlain
	}
	return -1
}
