package plain

import (
	"context"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// near is a worker without walls.
type near struct{ reader sandbox.Reader }

func (n near) Open(_ context.Context, file io.ReaderAt, size int64, name string) error {
	n.reader.Close()
	return n.reader.Open(&sandbox.File{ReaderAt: file, Size: size, Name: name})
}

func (n near) Ask(_ context.Context, q sandbox.Question, hear func(sandbox.Message) error) error {
	return n.reader.Answer(q, hear)
}

func sections(t testing.TB, content, name string) ([]string, error) {
	t.Helper()
	r, err := read.Kind("text", Format()).Ready()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := read.Open(t.Context(), near{r}, strings.NewReader(content), int64(len(content)), name)
	if err != nil {
		return nil, err
	}
	var all []string
	for page, err := range doc.All(t.Context()) {
		if err != nil {
			return all, err
		}
		if !page.Section || page.Number != len(all)+1 || len(page.Places) > 0 {
			t.Fatalf("section %d is %d, section %v, %d places", len(all)+1, page.Number, page.Section, len(page.Places))
		}
		all = append(all, page.Text)
	}
	return all, nil
}

func TestSectionsEndWhereParagraphsEnd(t *testing.T) {
	paragraph := strings.Repeat("a few words of text ", 90)
	for _, c := range []struct{ name, content, end string }{
		{"at a paragraph's end", strings.Repeat(paragraph+"\nand a line\n\n", 9), "\n\n"},
		{"at a line's end", strings.Repeat(paragraph+"\n", 9), "\n"},
		{"at a space", strings.Repeat(paragraph, 9), " "},
		{"after a full stop", strings.Repeat("我们看见了。", 2000), "。"},
		{"anywhere", strings.Repeat("看", 9000), "看"},
	} {
		got, err := sections(t, c.content, "a.txt")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, "") != c.content {
			t.Errorf("%s: text was lost", c.name)
		}
		for i, s := range got {
			if n := utf8.RuneCountInString(s); n > SectionRunes {
				t.Errorf("%s: section %d has %d characters", c.name, i+1, n)
			}
			if !strings.HasSuffix(s, c.end) {
				t.Errorf("%s: section %d ends in %q", c.name, i+1, s[len(s)-6:])
			}
		}
		if len(got) < 2 {
			t.Errorf("%s: only %d sections", c.name, len(got))
		}
	}
}

func TestTextComesBackClean(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Repeat("全国人民代表大会常务委员会。", 9))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, content, want string }{
		{"line ends of three systems", "a\r\nb\rc\nd", "a\nb\nc\nd"},
		{"a byte order mark", "\xef\xbb\xbftext", "text"},
		{"control characters", "a\x01b\x1bc", "abc"},
		{"a charset of its own", gb, strings.Repeat("全国人民代表大会常务委员会。", 9)},
	} {
		got, err := sections(t, c.content, "a.txt")
		if err != nil {
			t.Fatal(err)
		}
		if s := strings.Join(got, ""); s != c.want {
			t.Errorf("%s: %q", c.name, s)
		}
	}
}

func TestAnEmptyFileHasNoSections(t *testing.T) {
	if got, err := sections(t, "", "a"); err != nil || len(got) != 0 {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOtherKindsAreNotRead(t *testing.T) {
	_, err := sections(t, "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.txt")
	if reason, _ := vidimus.FaultOf(err); reason != vidimus.KindNotRead {
		t.Errorf("%v", err)
	}
}

func TestAnEarlierSectionCanBeAskedForAgain(t *testing.T) {
	content := strings.Repeat("one\n\n", 3000)
	r, _ := read.Kind("text", Format()).Ready()
	doc, err := read.Open(t.Context(), near{r}, strings.NewReader(content), int64(len(content)), "")
	if err != nil {
		t.Fatal(err)
	}
	third, _ := doc.Page(t.Context(), 3)
	first, _ := doc.Page(t.Context(), 1)
	again, err := doc.Page(t.Context(), 3)
	if err != nil || again.Text != third.Text || first.Number != 1 || first.Text == "" {
		t.Errorf("%v", err)
	}
}

func FuzzPlain(f *testing.F) {
	f.Add("plain words\n\nand more")
	f.Add("\xff\xfea\x00b\x00")
	f.Add("\xc8\xab\xb9\xfa\xc8\xcb\xc3\xf1")
	f.Add("\xd0\xd2\xc9\xd7\xc5\xd4 \xcd\xc9\xd2")
	f.Fuzz(func(t *testing.T, content string) {
		got, err := sections(t, content, "a.txt")
		if _, own := vidimus.FaultOf(err); err != nil && !own {
			t.Fatal(err)
		}
		for _, s := range got {
			if utf8.RuneCountInString(s) > SectionRunes || read.Clean(s) != s {
				t.Fatalf("section %q", s)
			}
		}
	})
}
