// Package plain reads text files: it finds their charset and cuts them into
// sections, streaming, so that the longest text needs no more memory than the
// shortest.
package plain

import (
	"bufio"
	"errors"
	"io"

	"vidimus"
	"vidimus/read"
	"vidimus/read/charset"
	"vidimus/sandbox"

	"golang.org/x/text/encoding"
)

// Engine names what a reading was made with.
const Engine = "plain 2"

// SectionRunes is the longest section in characters.
const SectionRunes = 4000

// Format reads plain text.
func Format() read.Format {
	return read.Format{Types: []string{read.TypeText}, Ready: func() (sandbox.Reader, error) { return &reader{}, nil }}
}

// reader gives the sections of one file in order; asked for an earlier one it
// begins again.
type reader struct {
	file    *sandbox.File
	charset encoding.Encoding
	runes   *bufio.Reader
	pending []rune // read, and in no section yet
	last    int64  // number of the section given last
	ended   bool   // runes has no more
	cr      bool   // the last character was a carriage return
}

// Open finds the charset.
func (r *reader) Open(f *sandbox.File) error {
	found, err := charset.Find(f, f.Size)
	if err != nil {
		return err
	}
	*r = reader{file: f, charset: found}
	r.rewind()
	return nil
}

func (r *reader) rewind() {
	bytes := io.NewSectionReader(r.file, 0, r.file.Size)
	r.runes = bufio.NewReaderSize(r.charset.NewDecoder().Reader(bytes), 64<<10)
	r.pending, r.last, r.ended, r.cr = nil, 0, false, false
}

// Answer serves about and page.
func (r *reader) Answer(q sandbox.Question, say sandbox.Say) error {
	switch {
	case q.Verb == "about":
		return say(sandbox.Message{Name: "about", Ints: []int64{0, 1}})
	case q.Verb == "page" && len(q.Args) == 1 && q.Args[0] > 0:
		return r.section(q.Args[0], say)
	}
	return read.ErrQuestion
}

func (r *reader) section(n int64, say sandbox.Say) error {
	if n <= r.last {
		r.rewind()
	}
	for {
		text, err := r.next()
		if err == io.EOF {
			return say(sandbox.Message{Name: "end"})
		}
		if err != nil {
			return err
		}
		if r.last == n {
			return say(read.EncodePage(vidimus.Page{Number: int(n), Section: true, Text: text}))
		}
	}
}

// next gives the next section, or io.EOF.
func (r *reader) next() (string, error) {
	for len(r.pending) <= SectionRunes && !r.ended {
		if err := r.fill(); err != nil {
			return "", err
		}
	}
	if len(r.pending) == 0 {
		return "", io.EOF
	}
	n := cut(r.pending)
	text := string(r.pending[:n])
	r.pending = append(r.pending[:0], r.pending[n:]...)
	r.last++
	return read.Clean(text), nil
}

// fill reads one character. Line ends of all systems become \n.
func (r *reader) fill() error {
	c, _, err := r.runes.ReadRune()
	switch {
	case errors.Is(err, io.EOF):
		r.ended = true
		return nil
	case err != nil:
		return err
	case c == '\n' && r.cr:
		r.cr = false
		return nil
	}
	r.cr = c == '\r'
	switch c {
	case '\r', '\f', '\u0085', '\u2028', '\u2029':
		c = '\n'
	case '\ufeff', 0:
		return nil
	}
	r.pending = append(r.pending, c)
	return nil
}

// cut gives the length of the next section: up to the last paragraph end that
// fits, or the last line end, or the last space. A cut in the first quarter
// would make crumbs; then a coarser one further on is better.
func cut(text []rune) int {
	if len(text) <= SectionRunes {
		return len(text)
	}
	line, space := 0, 0
	for i := SectionRunes; i > SectionRunes/4; i-- {
		switch text[i-1] {
		case '\n':
			if text[i-2] == '\n' {
				return i
			}
			line = max(line, i)
		case ' ', '\u3000', '。':
			space = max(space, i)
		}
	}
	switch {
	case line > 0:
		return line
	case space > 0:
		return space
	}
	return SectionRunes
}

// Close forgets the file.
func (r *reader) Close() { *r = reader{} }
