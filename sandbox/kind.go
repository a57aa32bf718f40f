// Package sandbox is the only door to hostile bytes. It starts workers (this
// binary, executed again), which load what they need, lock themselves in, and
// only then read the first byte, by asking the parent for ranges of it.
//
// The package knows the messages between the two and checks their lengths and
// their UTF-8; it does not know what they mean.
package sandbox

import "io"

// Kind is one sort of reader that a worker can be.
type Kind struct {
	Name string
	// Ready runs in the worker before the walls stand. It loads code, fonts
	// and tables into memory and sees no hostile byte.
	Ready func() (Reader, error)
}

// Reader runs behind the walls. It serves one file after another and keeps
// nothing of the one before.
type Reader interface {
	// Open begins with a new file. Its error ends the work on this file:
	// a *vidimus.Fault is passed on as such, anything else is "damaged".
	Open(f *File) error
	// Answer serves one question about the file opened last.
	Answer(q Question, say Say) error
	// Close forgets the file. It is called once for each Open that succeeded,
	// before the next; a worker that ends is killed and closes nothing.
	Close()
}

// File is the parent's bytes, fetched range by range.
type File struct {
	io.ReaderAt
	Size int64
	Name string // as the file system gave it, for typing; raw bytes
}

// Question is what the parent wants to know about the open file.
type Question struct {
	Verb string
	Args []int64
}

// Say sends one message of an answer to the parent.
type Say func(Message) error

// Message is all that a worker can give back: valid UTF-8, integers, and
// opaque bytes (raw pixels, or a child file).
type Message struct {
	Name  string // what it is: lower-case ASCII, at most 32 bytes
	Text  string
	Ints  []int64
	Bytes []byte
}
