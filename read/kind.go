package read

import (
	"errors"
	"fmt"
	"io"

	"vidimus"
	"vidimus/sandbox"
)

// Format reads the files of some media types, in a worker.
type Format struct {
	Types []string
	// Ready loads what the format needs, before the walls stand.
	Ready func() (sandbox.Reader, error)
}

// Kind is a worker that types every file and reads those of the formats given.
// Any other file has its type told and the Fault vidimus.KindNotRead.
func Kind(name string, formats ...Format) sandbox.Kind {
	return sandbox.Kind{Name: name, Ready: func() (sandbox.Reader, error) {
		w := &typing{readers: map[string]sandbox.Reader{}}
		for _, f := range formats {
			r, err := f.Ready()
			if err != nil {
				return nil, fmt.Errorf("make a reader ready: %w", err)
			}
			for _, t := range f.Types {
				w.readers[t] = r
			}
		}
		return w, nil
	}}
}

// typing finds the type of a file and the reader for it.
type typing struct {
	readers   map[string]sandbox.Reader // by media type
	mediaType string
	reader    sandbox.Reader // of the open file; nil when there is none
	fault     error          // why it could not be opened
}

// Open finds the type. What ends the reading is told by Answer, after the type.
func (w *typing) Open(f *sandbox.File) error {
	ahead := newAhead(f.ReaderAt, f.Size)
	head := make([]byte, min(f.Size, headBytes))
	if _, err := ahead.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the start of a file: %w", err)
	}
	w.mediaType = typeOf(head, f.Size, f.Name)
	reader, ok := w.readers[w.mediaType]
	if !ok {
		w.fault = &vidimus.Fault{Reason: vidimus.KindNotRead}
		return nil
	}
	w.reader = reader
	w.fault = reader.Open(&sandbox.File{ReaderAt: ahead, Size: f.Size, Name: f.Name})
	return nil
}

// Answer tells the type first, whatever else fails.
func (w *typing) Answer(q sandbox.Question, say sandbox.Say) error {
	if q.Verb == "about" {
		if err := say(sandbox.Message{Name: "type", Text: w.mediaType}); err != nil {
			return err
		}
	}
	if w.fault != nil {
		return w.fault
	}
	return w.reader.Answer(q, say)
}

// Close forgets the file.
func (w *typing) Close() {
	if w.reader != nil {
		w.reader.Close()
	}
	w.reader, w.fault, w.mediaType = nil, nil, ""
}
