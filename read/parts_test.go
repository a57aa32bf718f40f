package read

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/sandbox"
)

// direct asks a reader in this process, without a worker.
type direct struct{ r sandbox.Reader }

func (d direct) Open(_ context.Context, f io.ReaderAt, size int64, name string) error {
	return d.r.Open(&sandbox.File{ReaderAt: f, Size: size, Name: name})
}

func (d direct) Ask(_ context.Context, q sandbox.Question, hear func(sandbox.Message) error) error {
	return d.r.Answer(q, hear)
}

// partsOf gives what the parent hears of parts: kinds and texts, and children
// with their bytes or their fault.
func partsOf(t *testing.T, parts Parts) (heard []string) {
	t.Helper()
	r := &partsReader{open: func(*sandbox.File) (Parts, error) { return parts, nil }}
	if err := r.Open(nil); err != nil {
		t.Fatal(err)
	}
	d := &Document{worker: direct{r}}
	for {
		s, err := d.Next(t.Context(), func(c Child) error {
			if c.Body == nil {
				heard = append(heard, c.Name+": "+string(c.Fault))
				return nil
			}
			b, err := io.ReadAll(c.Body)
			if reason, torn := vidimus.FaultOf(err); torn {
				heard = append(heard, c.Name+": torn, "+string(reason))
				return nil
			}
			heard = append(heard, c.Name+": "+string(b))
			return err
		})
		if errors.Is(err, io.EOF) {
			return heard
		} else if err != nil {
			t.Fatal(err)
		}
		if s != nil {
			heard = append(heard, s.Kind+": "+s.Text)
		}
	}
}

// tearing gives some bytes and then breaks.
type tearing struct{ n int }

func (r *tearing) Read(p []byte) (int, error) {
	if r.n--; r.n < 0 {
		return 0, errors.New("broken")
	}
	return copy(p, "some"), nil
}

func TestThePartsOfAFileComeThroughAsTheyAre(t *testing.T) {
	long := strings.Repeat("n", 2*maxChildName)
	got := partsOf(t, Sections(
		[]Section{{OwnWords, "own\x00 words"}, {Comments, "a comment"}},
		Child{Name: "a/b.txt", Body: strings.NewReader("bytes")},
		Child{Name: "../../etc/passwd", Body: strings.NewReader("slip")},
		Child{Name: "two\nlines", Raw: []byte(long), Body: strings.NewReader("")},
		Child{Name: long, Body: strings.NewReader("long")},
		Child{Name: "locked", Fault: vidimus.Encrypted},
		Child{Name: "torn", Body: &tearing{3}},
	))
	want := []string{
		"text: own words", "comments: a comment",
		"a/b.txt: bytes", "etc/passwd: slip", "two lines: ",
		long[:maxChildName-3] + "…: long", "locked: encrypted", "torn: torn, damaged",
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("part %d of %d is %.60q, want %.60q", i, len(got), got[i:], want[i:])
		}
	}
}

func FuzzWhatAWorkerSaysOfParts(f *testing.F) {
	f.Add("section", "text\nwords", []byte(nil))
	f.Add("child", "name\n", []byte("raw"))
	f.Add("child", "..0\n", []byte("0"))
	f.Add("torn", "damaged", []byte(nil))
	f.Fuzz(func(t *testing.T, name, text string, b []byte) {
		h := &hearing{take: func(c Child) error {
			if SafeName(c.Name) != c.Name || slices.Contains(strings.Split(c.Name, "/"), "..") {
				t.Errorf("the name %q leads out", c.Name)
			}
			if c.Body != nil {
				_, err := io.Copy(io.Discard, c.Body)
				if _, own := vidimus.FaultOf(err); !own {
					return err
				}
			}
			return nil
		}}
		err := h.hear(sandbox.Message{Name: name, Text: text, Bytes: b})
		if err == nil {
			err = h.hear(sandbox.Message{Name: "bytes", Bytes: b})
		}
		_ = h.end(err)
		if h.section != nil && Clean(h.section.Text) != h.section.Text {
			t.Error("a section is not clean")
		}
	})
}
