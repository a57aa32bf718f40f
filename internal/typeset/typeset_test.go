package typeset

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vidimus/internal/fonts"
)

// setter opens the accepted faces; where their packages are absent the test is
// skipped, which CI does not allow.
func setter(t *testing.T) *Setter {
	t.Helper()
	var files [3][]byte
	for i, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		var err error
		if files[i], err = fonts.Installed(name); err != nil {
			absent(t, err)
		}
	}
	faces, err := NewFaces(files[0], files[1], files[2])
	if err != nil {
		t.Fatal(err)
	}
	return NewSetter(faces)
}

func absent(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skip(err)
}

var samples = map[string]string{
	"Latin":    "A river never asks the stones; office fire waffle — 1,318 people, café.",
	"Cyrillic": "Река никогда не спрашивала камни, хотят ли они этого.",
	"Han":      "河从来不问石头愿不愿意。一百八十八米，3017年4月9日，“清水学堂”。",
	"Uyghur":   "بۇ يوليورۇق 3017-يىلى 5-ئاينىڭ 1-كۈنىدىن باشلاپ Berak Toshun غا تاپشۇرۇلىدۇ، لالا.",
	"mixed":    "入户问答 · سوئال جاۋاب · Answers",
}

func TestLinesGiveTheWholeTextBack(t *testing.T) {
	set := setter(t)
	for name, text := range samples {
		var got []string
		for _, l := range set.Paragraph(text, 9000, name == "Uyghur") {
			got = append(got, l.Text)
		}
		if squeeze(strings.Join(got, "")) != squeeze(text) {
			t.Errorf("%s: lines hold %q", name, got)
		}
		if len(got) < 2 {
			t.Errorf("%s: the sample does not break", name)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestEveryCharacterOfALineIsInOneCluster(t *testing.T) {
	set := setter(t)
	for name, text := range samples {
		for _, l := range set.Paragraph(text, 9000, name == "Uyghur") {
			var clusters strings.Builder
			for _, c := range l.Clusters {
				clusters.WriteString(c.Text)
			}
			if got, want := sorted(clusters.String()), sorted(l.Text); got != want {
				t.Errorf("%s: clusters hold %q, the line %q", name, got, want)
			}
		}
	}
}

func sorted(s string) string {
	r := []rune(s)
	slices.Sort(r)
	return string(r)
}

func TestNoLineIsWiderThanAsked(t *testing.T) {
	set := setter(t)
	for name, text := range samples {
		for _, width := range []float64{7000, 12000, 30000} {
			for _, l := range set.Paragraph(text, width, false) {
				if l.Width > width {
					t.Errorf("%s: a line of %.0f in %.0f", name, l.Width, width)
				}
			}
		}
	}
}

func TestClustersStandFromLeftToRight(t *testing.T) {
	tests := []struct {
		name, text, want string
		rtl              bool
	}{
		{"a number stays left to right in a right-to-left line", "سۇ 188 مېتىر", "رىتېم 188 ۇس", true},
		{"a Latin name stays left to right in a right-to-left line", "غا Berak", "Berak اغ", true},
		{"a right-to-left word in a left-to-right line is turned alone", "a سۇ b", "a ۇس b", false},
		{"a hyphen after a number follows it in a right-to-left line", "3017-يىلى", "ىلىي-3017", true},
		{"a ligature stays one cluster in logical order", "بالا", "لااب", true},
	}
	set := setter(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got strings.Builder
			for _, c := range set.Paragraph(tt.text, 1e5, tt.rtl)[0].Clusters {
				got.WriteString(c.Text)
			}
			if got.String() != tt.want {
				t.Errorf("got %q, want %q", got.String(), tt.want)
			}
		})
	}
}

func TestANumberKeepsItsEnding(t *testing.T) {
	for _, l := range setter(t).Paragraph("ئاينىڭ 31-كۈنىدىن بۇرۇن", 5000, true) {
		if strings.HasSuffix(l.Text, "-") {
			t.Errorf("a line ends in the hyphen: %q", l.Text)
		}
	}
}

// document has a page of text, a page of ink and a blank one.
func document(set *Setter) []byte {
	var d PDF
	text, ink := d.AddPage(595, 842), d.AddPage(595, 842)
	d.AddPage(595, 842)
	y := 80.0
	for _, name := range []string{"Latin", "Cyrillic", "Han"} {
		for _, l := range set.Paragraph(samples[name], 30000, false) {
			text.Text(l, 14, 60, y)
			y += 24
		}
	}
	ink.Ink(set.Paragraph(samples["Han"], 1e5, false)[0], 8, 40, 400)
	ink.Stroke(3, 50, 50, 200, 90)
	return d.Bytes()
}

func TestTheSameCallsGiveTheSameBytes(t *testing.T) {
	if !bytes.Equal(document(setter(t)), document(setter(t))) {
		t.Error("two runs differ")
	}
}

func TestTheCrossReferencesPointAtTheirObjects(t *testing.T) {
	pdf := document(setter(t))
	entries := regexp.MustCompile(`(\d{10}) 00000 n `).FindAllSubmatch(pdf, -1)
	if len(entries) < 10 {
		t.Fatalf("the table has %d entries", len(entries))
	}
	for i, e := range entries {
		var at int
		fmt.Sscanf(string(e[1]), "%d", &at)
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !bytes.HasPrefix(pdf[at:], []byte(want)) {
			t.Errorf("entry %d points at %q", i+1, pdf[at:at+10])
		}
	}
}

func TestPopplerReadsTextAsTextAndInkAsNone(t *testing.T) {
	bin, err := exec.LookPath("pdftotext")
	if err != nil {
		absent(t, err)
	}
	cmd := exec.Command(bin, "-", "-")
	cmd.Stdin = bytes.NewReader(document(setter(t)))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := squeeze(samples["Latin"] + samples["Cyrillic"] + samples["Han"])
	pages := strings.Split(string(out), "\f")
	if got := squeeze(pages[0]); got != want {
		t.Errorf("page 1 reads %q, want %q", got, want)
	}
	if got := squeeze(pages[1]); got != "" {
		t.Errorf("the page of ink reads %q", got)
	}
}
