package read

import (
	"errors"
	"io"
	"strings"

	"vidimus"
	"vidimus/sandbox"
)

// The kinds of readings that a file can have beside its own words.
const (
	OwnWords    = "text"
	Comments    = "comments"    // notes that people left in the margin
	Changes     = "changes"     // tracked insertions and deletions
	Hidden      = "hidden"      // sheets, rows, columns and text that are not shown
	Annotations = "annotations" // of a PDF, form values included
	Outline     = "outline"     // bookmarks
	Properties  = "properties"  // what the file says about itself
)

// Kinds that no worker gives.
const (
	OCR        = "ocr"        // of pictures
	Correction = "correction" // pages as a reader has written them down
)

// Kinds lists those that a worker can name.
var Kinds = []string{OwnWords, Comments, Changes, Hidden, Annotations, Outline, Properties}

// Part is one thing that a file without pages of its own holds: a section of a
// reading, or a child file. Exactly one of the two is set.
type Part struct {
	Section *Section
	Child   *Child
}

// Section is a stretch of text that has no page in the source.
type Section struct {
	Kind string // of the reading it belongs to
	Text string
}

// Child is a file found inside another.
type Child struct {
	Name string    // as it is shown: UTF-8, parts separated by /
	Raw  []byte    // as it stands in the container, when that is not Name
	Body io.Reader // its bytes, opaque; nil when Fault says why there are none
	// Fault is why the child could not be taken out.
	Fault vidimus.Reason
}

// Parts gives what a file holds, one part after another, in the worker. It
// ends with io.EOF. A child's Body is read before the next call.
type Parts interface {
	Next() (Part, error)
}

// childChunk is how much of a child goes into one message; maxChild how much
// into one answer, which has a limit of its own.
const (
	childChunk = 1 << 20
	maxChild   = 1000 << 20
)

// PartsFormat makes a Format of what opens a file as parts.
func PartsFormat(types []string, open func(*sandbox.File) (Parts, error)) Format {
	return Format{Types: types, Ready: func() (sandbox.Reader, error) { return &partsReader{open: open}, nil }}
}

type partsReader struct {
	open  func(*sandbox.File) (Parts, error)
	parts Parts
}

// Open begins with a file.
func (r *partsReader) Open(f *sandbox.File) (err error) {
	r.parts, err = r.open(f)
	return err
}

// Close forgets it.
func (r *partsReader) Close() {
	if c, ok := r.parts.(io.Closer); ok {
		c.Close()
	}
	r.parts = nil
}

// Answer serves about and next.
func (r *partsReader) Answer(q sandbox.Question, say sandbox.Say) error {
	switch q.Verb {
	case "about":
		return say(sandbox.Message{Name: "about", Ints: []int64{0, 0, 1}})
	case "next":
		return SayNext(r.parts, say)
	}
	return ErrQuestion
}

// SayNext answers the question "next" with one part.
func SayNext(parts Parts, say sandbox.Say) error {
	p, err := parts.Next()
	switch {
	case errors.Is(err, io.EOF):
		return say(sandbox.Message{Name: "end"})
	case err != nil:
		return err
	case p.Section != nil:
		return say(sandbox.Message{Name: "section", Text: p.Section.Kind + "\n" + Clean(p.Section.Text)})
	}
	c := p.Child
	head := sandbox.Message{Name: "child", Text: oneLine(c.Name) + "\n" + string(c.Fault), Bytes: c.Raw[:min(len(c.Raw), maxChildName)]}
	if err := say(head); err != nil || c.Body == nil {
		return err
	}
	buf := make([]byte, childChunk)
	for left := maxChild; ; left -= childChunk {
		if left <= 0 {
			return say(sandbox.Message{Name: "torn", Text: string(vidimus.SizeLimit)})
		}
		n, err := fill(c.Body, buf)
		if n > 0 {
			if err := say(sandbox.Message{Name: "bytes", Bytes: buf[:n]}); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		} else if reason, own := vidimus.FaultOf(err); own {
			return say(sandbox.Message{Name: "torn", Text: string(reason)})
		} else if err != nil {
			return say(sandbox.Message{Name: "torn", Text: string(vidimus.Damaged)})
		}
	}
}

// fill reads until the buffer is full. Unlike io.ReadFull it keeps apart the
// end of a child and an end that comes too early.
func fill(r io.Reader, buf []byte) (n int, err error) {
	for n < len(buf) && err == nil {
		var m int
		m, err = r.Read(buf[n:])
		n += m
	}
	return n, err
}

// oneLine makes a name one that a line can hold. One that is longer than any
// may be is cut, and says so.
func oneLine(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, Clean(name))
	if most := maxChildName - len("…"); len(name) > maxChildName {
		name = strings.ToValidUTF8(name[:most], "") + "…"
	}
	return name
}

// SectionRunes is the longest section in characters.
const SectionRunes = 4000

// Cut gives sections of a long text of one kind: at most SectionRunes each,
// cut at paragraph ends, else at line ends, else anywhere.
func Cut(kind, text string) []Section {
	var all []Section
	for text = strings.TrimRight(text, "\n"); text != ""; {
		n := cutAt(text)
		all = append(all, Section{kind, text[:n]})
		text = strings.TrimLeft(text[n:], "\n")
	}
	return all
}

// cutAt gives the byte after which the next section begins.
func cutAt(text string) int {
	runes, paragraph, line := 0, 0, 0
	for i, r := range text {
		if runes == SectionRunes {
			switch {
			case paragraph > 0:
				return paragraph
			case line > 0:
				return line
			}
			return i
		}
		runes++
		if r != '\n' {
			continue
		}
		line = i + 1
		if strings.HasPrefix(text[i+1:], "\n") {
			paragraph = i + 1
		}
	}
	return len(text)
}

// Sections gives sections one after another, and then the children.
func Sections(sections []Section, children ...Child) Parts {
	return &list{sections, children}
}

type list struct {
	sections []Section
	children []Child
}

func (l *list) Next() (Part, error) {
	if len(l.sections) > 0 {
		s := l.sections[0]
		l.sections = l.sections[1:]
		return Part{Section: &s}, nil
	}
	if len(l.children) > 0 {
		c := l.children[0]
		l.children = l.children[1:]
		return Part{Child: &c}, nil
	}
	return Part{}, io.EOF
}
