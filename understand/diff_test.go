package understand

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// shown writes a difference as "-removed- +added+", slight ones as "~a~b~".
func shown(before, after []string) string {
	text := func(pages []string, spans []Span) string {
		var parts []string
		for _, s := range spans {
			parts = append(parts, pages[s.Page][s.Start:s.End])
		}
		return strings.Join(parts, "|")
	}
	var all []string
	for _, c := range Diff(before, after).Changes {
		mark := "-%s-+%s+"
		if c.Slight {
			mark = "~%s~%s~"
		}
		all = append(all, fmt.Sprintf(mark, text(before, c.Old), text(after, c.New)))
	}
	return strings.Join(all, " ")
}

func TestDiff(t *testing.T) {
	for _, c := range []struct{ name, before, after, want string }{
		{"layout, case and width do not differ", "The water\nLevel ＡＢ", "the  WATER level ab", ""},
		{"a word is replaced", "ordered in April by the office", "ordered in May by the office", "-April-+May+"},
		{"a word is added", "the school closed", "the old school closed", "--+old+"},
		{"a word is removed at the end", "the school closed again", "the school closed", "-again-++"},
		{"Han differ by characters", "各县人民政府应当立即报告", "各县人民政府必须立即报告", "-应当-+必须+"},
		{"a word broken at a line's end is the same", "the govern-\nment said", "the government said", ""},
		{"a slip of OCR is slight", "the reservoir was emptied", "the reservolr was emptied", "~reservoir~reservolr~"},
		{"a digit is never slight", "in all 1234567 people", "in all 1234507 people", "-1234567-+1234507+"},
		{"one Han for another is no slip that we can tell", "他说是", "她说是", "-他-+她+"},
		{"nothing and something", "", "words", "--+words+"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, shown([]string{c.before}, []string{c.after})); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAChangeOverAPageEndNamesBothPages(t *testing.T) {
	got := shown([]string{"one two three", "four five six"}, []string{"one two", "five six"})
	if want := "-three|four-++"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// apply makes the new text of the old one and the changes: nothing may be lost.
func apply(t *testing.T, before, after []string) {
	t.Helper()
	d := differ{old: allUnits(before), new: allUnits(after)}
	d.work = 1 << 30
	d.between(0, len(d.old), 0, len(d.new), 0)
	a, b := -1, -1
	for _, p := range d.pairs {
		if p.a <= a || p.b <= b || !d.equal(p.a, p.b) {
			t.Fatalf("pair %v after %d, %d does not hold", p, a, b)
		}
		a, b = p.a, p.b
	}
}

func TestDiffKeepsTheOrderOfBoth(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		words := func() []string {
			var all []string
			for range r.IntN(60) {
				all = append(all, string(rune('a'+r.IntN(4+r.IntN(20)))))
			}
			return []string{strings.Join(all, " ")}
		}
		a, b := words(), words()
		apply(t, a, b)
		d := Diff(a, b)
		removed, added := 0, 0
		for _, c := range d.Changes {
			for _, s := range c.Old {
				removed += len(unitsOf(0, a[0][s.Start:s.End]))
			}
			for _, s := range c.New {
				added += len(unitsOf(0, b[0][s.Start:s.End]))
			}
		}
		if d.Same+removed != d.Old || d.Same+added != d.New {
			t.Fatalf("%q, %q: same %d, removed %d of %d, added %d of %d", a, b, d.Same, removed, d.Old, added, d.New)
		}
	}
}

func TestDiffIsBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	words := func(n, of int) []string {
		var s strings.Builder
		for range n {
			fmt.Fprintf(&s, "w%d ", r.IntN(of))
		}
		return []string{s.String()}
	}
	for _, c := range []struct {
		name string
		a, b []string
	}{
		{"two texts without order", words(200_000, 1000), words(200_000, 1000)},
		{"two words in turn", words(200_000, 2), words(200_000, 2)},
		{"a million marks", []string{"a" + strings.Repeat("\u0301", 1_000_000)}, []string{"b"}},
		{"all other", words(100_000, 1<<30), words(100_000, 1<<30)},
	} {
		t.Run(c.name, func(t *testing.T) {
			began := time.Now()
			d := Diff(c.a, c.b)
			t.Logf("%v, %d same of %d and %d", time.Since(began), d.Same, d.Old, d.New)
		})
	}
}

func FuzzDiff(f *testing.F) {
	f.Add("one two three", "one three four")
	f.Add("乌鲁木齐市人民政府", "乌鲁木齐人民政府")
	f.Add("govern-\nment", "government")
	f.Fuzz(func(t *testing.T, a, b string) {
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			return
		}
		apply(t, []string{a}, []string{b})
		for _, c := range Diff([]string{a}, []string{b}).Changes {
			for _, s := range c.Old {
				_ = a[s.Start:s.End]
			}
			for _, s := range c.New {
				_ = b[s.Start:s.End]
			}
		}
		if d := Diff([]string{a}, []string{a}); len(d.Changes) != 0 {
			t.Errorf("a text differs from itself: %v", d.Changes)
		}
	})
}
