package read

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"vidimus"
	"vidimus/sandbox"

	"github.com/google/go-cmp/cmp"
)

func samplePage() vidimus.Page {
	return vidimus.Page{Number: 3, Width: 595.28, Height: 841.89, Ink: true, Unread: true, Text: "a 看\n", Places: []vidimus.Place{
		{Start: 0, End: 1, Box: vidimus.Box{X0: 10, Y0: 20, X1: 15, Y1: 30}},
		{Start: 2, End: 5, Box: vidimus.Box{X0: 20, Y0: 20, X1: 30, Y1: 30}},
	}}
}

func TestAPageComesThroughAsItWas(t *testing.T) {
	got, err := DecodePage(EncodePage(samplePage()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(samplePage(), got); diff != "" {
		t.Error(diff)
	}
}

func TestAnAnswerThatBreaksTheRulesIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*sandbox.Message){
		"another name":                 func(m *sandbox.Message) { m.Name = "pages" },
		"a number missing":             func(m *sandbox.Message) { m.Ints = m.Ints[:4] },
		"page 0":                       func(m *sandbox.Message) { m.Ints[0] = 0 },
		"a page beyond all":            func(m *sandbox.Message) { m.Ints[0] = vidimus.MaxPages + 1 },
		"a width below zero":           func(m *sandbox.Message) { m.Ints[1] = -1 },
		"ink that is neither":          func(m *sandbox.Message) { m.Ints[4] = 2 },
		"a control character":          func(m *sandbox.Message) { m.Text = "a\x00看\n" },
		"broken UTF-8":                 func(m *sandbox.Message) { m.Text = "a \xff看" },
		"a place beyond the text":      func(m *sandbox.Message) { m.Text = "a" },
		"a place inside a character":   func(m *sandbox.Message) { m.Text = "看\n  " },
		"places that nobody encoded":   func(m *sandbox.Message) { m.Bytes = []byte{0xff} },
		"text longer than can be":      func(m *sandbox.Message) { m.Text = strings.Repeat("a", MaxText+1) },
		"a height beyond all of paper": func(m *sandbox.Message) { m.Ints[2] = 1 << 62 },
	} {
		m := EncodePage(samplePage())
		spoil(&m)
		if _, err := DecodePage(m); err != ErrAnswer {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestABoxBeyondThePageIsCutAtItsEdge(t *testing.T) {
	p := samplePage()
	p.Places[0].Box = vidimus.Box{X0: -50, Y0: -1, X1: 9000, Y1: 20}
	got, err := DecodePage(EncodePage(p))
	if want := (vidimus.Box{X1: 595.28, Y1: 20}); err != nil || got.Places[0].Box != want {
		t.Errorf("%v, %v", got.Places[0].Box, err)
	}
}

// script is a worker that says what it is told to.
type script []sandbox.Message

func (script) Open(context.Context, io.ReaderAt, int64, string) error { return nil }

func (s script) Ask(_ context.Context, _ sandbox.Question, hear func(sandbox.Message) error) error {
	for _, m := range s {
		if err := hear(m); err != nil {
			return err
		}
	}
	return nil
}

func TestALyingWorkerIsNotBelieved(t *testing.T) {
	kind := sandbox.Message{Name: "type", Text: TypePDF}
	about := func(ints ...int64) sandbox.Message { return sandbox.Message{Name: "about", Ints: ints} }
	for name, s := range map[string]script{
		"silence":                {},
		"no type":                {about(1, 0)},
		"two types":              {kind, kind, about(1, 0)},
		"a type that is none":    {{Name: "type", Text: "<b>"}, about(1, 0)},
		"pages below zero":       {kind, about(-1, 0)},
		"pages and sections":     {kind, about(1, 1)},
		"two accounts":           {kind, about(1, 0), about(1, 0)},
		"an account cut short":   {kind, about(1)},
		"something never spoken": {kind, {Name: "hello"}},
	} {
		if _, err := Open(t.Context(), s, strings.NewReader(""), 0, ""); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, s := range map[string]script{
		"nothing":           {},
		"another page":      {EncodePage(samplePage())},
		"an end of a PDF":   {{Name: "end"}},
		"pixels, not pages": {EncodePicture(1, 1, []byte{1, 2, 3})},
	} {
		doc := &Document{Pages: 9, worker: s}
		if _, err := doc.Page(t.Context(), 1); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, s := range map[string]script{
		"too few pixels":    {EncodePicture(2, 2, make([]byte, 11))},
		"too many pixels":   {EncodePicture(1<<40, 1<<40, nil)},
		"a side below zero": {EncodePicture(-1, -1, make([]byte, 3))},
		"two pictures":      {EncodePicture(1, 1, make([]byte, 3)), EncodePicture(1, 1, make([]byte, 3))},
	} {
		doc := &Document{Pages: 9, worker: s}
		if _, err := doc.Picture(t.Context(), 1, 100); !errors.Is(err, ErrAnswer) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFilesAreTypedByContentFirst(t *testing.T) {
	for _, c := range []struct{ content, name, want string }{
		{"%PDF-1.7\n", "a.txt", TypePDF},
		{strings.Repeat(" ", 1000) + "%PDF-1.7\n", "a", TypePDF},
		{"some words", "a", TypeText},
		{"some words", "a.pdf", TypeText},
		{"", "a", TypeText},
		{"a,b\nc,d\n", "a.txt", TypeText},
		{"a,b\nc,d\n", "a", TypeText},
		{"a,b\nc,d\n", "a.csv", "text/csv"},
		{"<!doctype html><p>x", "a.html", "text/html"},
		{"\x89PNG\r\n\x1a\n", "a.txt", "image/png"},
		{"\x01\x02\x03\x04", "a", "application/octet-stream"},
	} {
		if got := typeOf([]byte(c.content), int64(len(c.content)), c.name); got != c.want {
			t.Errorf("%.20q named %s is %s, not %s", c.content, c.name, got, c.want)
		}
	}
}

func FuzzPages(f *testing.F) {
	m := EncodePage(samplePage())
	f.Add(m.Text, m.Bytes, int64(3), int64(595280), int64(841890), int64(0), int64(1))
	f.Fuzz(func(t *testing.T, text string, places []byte, n, w, h, section, ink int64) {
		p, err := DecodePage(sandbox.Message{Name: "page", Text: text, Bytes: places, Ints: []int64{n, w, h, section, ink}})
		if err != nil {
			return
		}
		if !utf8.ValidString(p.Text) || strings.ContainsRune(p.Text, 0) {
			t.Fatalf("text %q", p.Text)
		}
		end := 0
		for _, at := range p.Places {
			if at.Start < end || at.End <= at.Start || at.End > len(text) || !utf8.ValidString(text[at.Start:at.End]) {
				t.Fatalf("place %v in %q", at, text)
			}
			if b := at.Box; b.X0 < 0 || b.Y0 < 0 || b.X1 > p.Width || b.Y1 > p.Height || b.X1 < b.X0 || b.Y1 < b.Y0 {
				t.Fatalf("box %v on %v by %v", b, p.Width, p.Height)
			}
			end = at.End
		}
	})
}
