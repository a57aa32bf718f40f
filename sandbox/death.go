package sandbox

import (
	"bytes"
	"errors"

	"vidimus"
)

// Death is how a worker ended that was to serve a file. The worker is gone;
// the caller starts another.
type Death struct {
	Reason vidimus.Reason
	// Outside says that somebody else killed it: the file is given back and
	// the attempt does not count.
	Outside bool
}

func (d *Death) Error() string {
	if d.Outside {
		return "the reader was killed from outside"
	}
	return string(d.Reason)
}

// errDead is the answer of a worker that has died before.
var errDead = errors.New("this worker is dead: start another")

// lastWords takes in what a worker writes to its standard error. The words
// may come out of a hostile file: they are searched for the marks of a few
// known ends and never kept or shown.
type lastWords struct {
	tail   []byte
	memory bool
}

// memoryMarks are what the Go runtime writes when the kernel gives it no more.
var memoryMarks = [][]byte{
	[]byte("out of memory"),
	[]byte("cannot allocate memory"),
	[]byte("failed to create new OS thread"),
	[]byte("cannot map pages in arena address space"),
}

const longestMark = 64

func (l *lastWords) Write(p []byte) (int, error) {
	seen := append(l.tail, p...)
	for _, mark := range memoryMarks {
		if bytes.Contains(seen, mark) {
			l.memory = true
		}
	}
	l.tail = append(l.tail[:0], seen[max(0, len(seen)-longestMark):]...)
	return len(p), nil
}
