package read

import (
	"errors"
	"io"
	"iter"
	"strings"
)

// errStopped tells a writer of parts that nobody asks for more.
var errStopped = errors.New("give parts of a file: nobody asks for more")

// Stream gives the parts that run emits, each when it is asked for. An error
// of emit is to be returned at once.
func Stream(run func(emit func(Part) error) error) Parts {
	next, stop := iter.Pull2(func(yield func(Part, error) bool) {
		stopped := false
		err := run(func(p Part) error {
			if stopped = stopped || !yield(p, nil); stopped {
				return errStopped
			}
			return nil
		})
		if err != nil && !stopped {
			yield(Part{}, err)
		}
	})
	return &stream{next, stop}
}

type stream struct {
	next func() (Part, error, bool)
	stop func()
}

func (s *stream) Next() (Part, error) {
	p, err, ok := s.next()
	if !ok {
		return Part{}, io.EOF
	}
	return p, err
}

// Close ends the writer.
func (s *stream) Close() error {
	s.stop()
	return nil
}

// gathered is how much text of a kind a Writer holds before it cuts sections.
const gathered = 64 << 10

// Writer gathers text by kind of reading and emits it in sections.
type Writer struct {
	Emit func(Part) error
	held map[string]*strings.Builder
}

// NewWriter makes a Writer that emits to emit.
func NewWriter(emit func(Part) error) *Writer {
	return &Writer{Emit: emit, held: map[string]*strings.Builder{}}
}

// Write adds text to the reading of a kind.
func (w *Writer) Write(kind, text string) error {
	b := w.held[kind]
	if b == nil {
		b = &strings.Builder{}
		w.held[kind] = b
	}
	b.WriteString(text)
	if b.Len() < gathered {
		return nil
	}
	return w.cut(kind, b, true)
}

// Flush ends the section of a kind.
func (w *Writer) Flush(kind string) error {
	if b := w.held[kind]; b != nil {
		return w.cut(kind, b, false)
	}
	return nil
}

// End ends all sections.
func (w *Writer) End() error {
	for _, kind := range Kinds {
		if err := w.Flush(kind); err != nil {
			return err
		}
	}
	return nil
}

// cut emits what is held, but for the last section when more is to come.
func (w *Writer) cut(kind string, b *strings.Builder, more bool) error {
	text := b.String()
	b.Reset()
	sections := Cut(kind, strings.TrimLeft(text, "\n"))
	if n := len(sections); more && n > 0 {
		b.WriteString(sections[n-1].Text)
		b.WriteString(text[len(strings.TrimRight(text, "\n")):])
		sections = sections[:n-1]
	}
	for i := range sections {
		if err := w.Emit(Part{Section: &sections[i]}); err != nil {
			return err
		}
	}
	return nil
}
