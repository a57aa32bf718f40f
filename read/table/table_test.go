package table

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

func sections(t testing.TB, content string) ([]string, error) {
	t.Helper()
	parts, err := open(&sandbox.File{ReaderAt: strings.NewReader(content), Size: int64(len(content)), Name: "a.csv"})
	if err != nil {
		return nil, err
	}
	var all []string
	for {
		p, err := parts.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return all, err
		}
		if p.Section.Kind != read.OwnWords {
			t.Fatalf("a section of %s", p.Section.Kind)
		}
		all = append(all, p.Section.Text)
	}
}

func TestRowsAreReadWithTheirNumbers(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"commas", "a,b\nc,d\n", "row 1:\ta\tb\nrow 2:\tc\td"},
		{"semicolons, with decimal commas", "a;b\n1,5;2,5\n", "row 1:\ta\tb\nrow 2:\t1,5\t2,5"},
		{"tabs", "a, x\tb\nc\td", "row 1:\ta, x\tb\nrow 2:\tc\td"},
		{"bars", "a|b\r\nc|d\r\n", "row 1:\ta\tb\nrow 2:\tc\td"},
		{"quotes", "\"a,\"\"b\"\"\",c\n", "row 1:\ta,\"b\"\tc"},
		{"lines within quotes", "\"a\nb\",c\nd,e\n", "row 1:\ta b\tc\nrow 2:\td\te"},
		{"a quote within a value", "5\" pipe,b\n", "row 1:\t5\" pipe\tb"},
		{"a row too few and one too many", "a,b\nc\nd,e,f\n", "row 1:\ta\tb\nrow 2:\tc\nrow 3:\td\te\tf"},
		{"an empty row counts", "a,b\n\nc,d", "row 1:\ta\tb\nrow 3:\tc\td"},
		{"a mark of its charset", "\ufeffa,b", "row 1:\ta\tb"},
	} {
		got, err := sections(t, c.content)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if s := strings.TrimSpace(strings.Join(got, "")); s != c.want {
			t.Errorf("%s: %q, not %q", c.name, s, c.want)
		}
	}
}

func TestSectionsHoldFortyRows(t *testing.T) {
	var b strings.Builder
	for i := range 100 {
		fmt.Fprintf(&b, "%d,x\n", i)
	}
	got, err := sections(t, b.String())
	if err != nil || len(got) != 3 {
		t.Fatalf("%d sections, %v", len(got), err)
	}
	for i, s := range got {
		if want := fmt.Sprintf("row %d:\t", i*sectionRows+1); !strings.HasPrefix(s, want) {
			t.Errorf("section %d begins %.20q", i+1, s)
		}
	}
}

func TestAQuoteThatNobodyClosedLosesNothing(t *testing.T) {
	got, err := sections(t, "a,b\n\""+strings.Repeat("x", 2*maxRow)+"\nlast,row\n")
	all := strings.Join(got, "")
	if err != nil || strings.Count(all, "x") != 2*maxRow || !strings.Contains(all, "last\trow") {
		t.Errorf("%d characters, %v", len(all), err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add("a,b\n\"c\nd\"\",e\n")
	f.Add("\xff\xfea\x00;\x00")
	f.Fuzz(func(t *testing.T, content string) {
		_, err := sections(t, content)
		if _, own := vidimus.FaultOf(err); err != nil && !own {
			t.Fatal(err)
		}
	})
}
