package pdf

import (
	"strings"
	"testing"

	"vidimus"

	"golang.org/x/text/unicode/bidi"
)

// drawn lays a line of a right-to-left paragraph out as UAX #9 shows it.
func drawn(t *testing.T, text string) []char {
	t.Helper()
	var p bidi.Paragraph
	if _, err := p.SetString(text, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	seen := ""
	for i := range order.NumRuns() { // which come in the order of the text
		run := order.Run(i)
		s := run.String()
		if run.Direction() == bidi.RightToLeft {
			s = backwards(s)
		}
		seen = s + seen
	}
	return boxed(seen)
}

// boxed gives each character of what is seen a box of its own.
func boxed(seen string) []char {
	var line []char
	for _, r := range seen {
		x := float64(len(line)) * 6
		line = append(line, char{r: r, box: vidimus.Box{X0: x, Y0: 0, X1: x + 6, Y1: 12}})
	}
	return line
}

func read1(line []char) string {
	lines := [][]char{line}
	ordered(lines)
	var s strings.Builder
	for _, c := range lines[0] {
		s.WriteRune(c.r)
	}
	return s.String()
}

func backwards(s string) string {
	var b strings.Builder
	for i := len([]rune(s)) - 1; i >= 0; i-- {
		b.WriteRune([]rune(s)[i])
	}
	return b.String()
}

func TestLinesFromTheRightAreReadAsTheyWereWritten(t *testing.T) {
	for name, text := range map[string]string{
		"Uyghur alone":               "شىنجاڭ ئۇيغۇر",
		"a Latin name in Uyghur":     "سېكرېتارى Chen Quanguo نىڭ",
		"a year with a hyphen":       "دوكلاتى 2017-يىللىق",
		"a year at the start":        "2017-يىللىق دوكلات",
		"a decimal number":           "ئۇزۇنلۇقى 12.5 كىلومېتىر",
		"a telephone number":         "تېلېفون 0998-123 ئادرېس",
		"two numbers apart":          "سان 10 20 ئاخىرى",
		"a Latin word with a number": "نامى Shache 42 ناھىيە",
		"a Hebrew date":              "שלום 2017-10 עולם",
		"a percentage":               "שלום 50% עולם",
	} {
		if got := read1(drawn(t, text)); got != text {
			t.Errorf("%s: %q was read as %q", name, text, got)
		}
	}
}

func TestWordsFromTheRightInALineFromTheLeftAreTurned(t *testing.T) {
	for _, c := range []struct{ seen, want string }{
		{"The word " + backwards("سالام ئالەم") + " means peace", "The word سالام ئالەم means peace"},
		{"It says " + backwards("ئالەم") + " 12 " + backwards("سالام") + " there and here", "It says سالام 12 ئالەم there and here"},
	} {
		if got := read1(boxed(c.seen)); got != c.want {
			t.Errorf("%q was read as %q", c.want, got)
		}
	}
}

func TestBracketsThatWereTurnedRoundAreTurnedBack(t *testing.T) {
	if got, want := read1(drawn(t, "ھۆججەت )مەخپىي( ئىدى")), "ھۆججەت (مەخپىي) ئىدى"; got != want {
		t.Errorf("%q is not %q", got, want)
	}
}

// The file was printed by Chromium 156 from made-up sentences.
func TestAPageThatChromiumPrintedIsReadInOrder(t *testing.T) {
	doc, err := open(t, newNear(t), "testdata/chromium-uyghur.pdf")
	if err != nil {
		t.Fatal(err)
	}
	page, err := doc.Page(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"شىنجاڭ پارتكوم سېكرېتارى Chen Quanguo 2017-يىللىق دوكلاتى",
		"بۇ ھۆججەت (مەخپىي) 12.5 كىلومېتىر، Shache County ناھىيىسى",
		"تېلېفون 0998-123 ۋە ئادرېس",
		"The word سالام means peace, he said.",
	} {
		if !strings.Contains(page.Text, want+"\n") {
			t.Errorf("%q is not in\n%s", want, page.Text)
		}
	}
}
