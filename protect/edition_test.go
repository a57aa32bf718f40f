package protect

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus"
)

const item = vidimus.ItemID("aaaaaaaaaaaaaaaa")

func page(n int, text string) Source {
	return Source{Reading: 7, Page: vidimus.Page{Number: n, Text: text, Width: 595, Height: 842}, Language: "en"}
}

func transcript(pages ...Source) (Plan, Sources) {
	p := Plan{Format: PlanFormat, Mode: Transcript, Title: "Sample", Publisher: "Sample", Documents: []Document{{Item: item, Title: "A paper"}}}
	return p, func(Document) ([]Source, []Area, error) { return pages, nil, nil }
}

func made(t *testing.T, p Plan, s Sources) Edition {
	t.Helper()
	e, _, err := Make(p, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func written(all []Block) string {
	var out []string
	for _, b := range all {
		if b.Withheld != "" {
			out = append(out, "["+string(b.Withheld)+"]")
			continue
		}
		out = append(out, b.Text)
	}
	return strings.Join(out, " | ")
}

func TestPagesAreSetAnew(t *testing.T) {
	for _, c := range []struct {
		name  string
		pages []Source
		want  string
	}{
		{"lines are joined, Han without a space", []Source{page(1, "在县里的\n会议上\nthe council\nmet")}, "在县里的会议上 the council met"},
		{"an empty line parts paragraphs", []Source{page(1, "one line\n\nanother line")}, "one line | another line"},
		{"a short line that ends a sentence ends its paragraph", []Source{page(1, strings.Repeat("x", 60)+"\nends here.\nNext begins"+strings.Repeat("y", 50))}, strings.Repeat("x", 60) + " ends here. | Next begins" + strings.Repeat("y", 50)},
		{"pages flow on", []Source{page(1, "the sentence goes"), page(2, "on here")}, "the sentence goes on here"},
		{"page numbers go", []Source{page(1, "— 1 —\nwords\n第 1 页"), page(2, "Page 2 of 9\nmore\n2/9")}, "words more"},
		{"a number within a page stays", []Source{page(1, "there were\n12\nof them")}, "there were 12 of them"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := made(t, first(transcript(c.pages...)), second(transcript(c.pages...)))
			if got := written(e.Documents[0].Blocks); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func first(p Plan, _ Sources) Plan     { return p }
func second(_ Plan, s Sources) Sources { return s }

func TestWithheldLinesLeaveOneMark(t *testing.T) {
	text := "before them\nSample Person of the\nvillage said so\nafter them"
	at := strings.Index(text, "Person")
	src := page(1, text)
	a := Withhold(src.Page, 7, at, at+6, Person)
	if got := text[a.Start:a.End]; got != "Sample Person of the" {
		t.Fatalf("not a whole line: %q", got)
	}
	b := Withhold(src.Page, 7, strings.Index(text, "village"), strings.Index(text, "village")+1, Person)
	p, _ := transcript(src)
	e := made(t, p, func(Document) ([]Source, []Area, error) { return []Source{src}, []Area{a, b}, nil })
	if got := written(e.Documents[0].Blocks); got != "before them | [a person is protected] | after them" {
		t.Error(got)
	}
	if e.Withheld[Person] != 1 {
		t.Errorf("counted %v", e.Withheld)
	}
}

func TestWhatIsUnderTheAreasDoesNotChangeAnEdition(t *testing.T) {
	words := []string{"Berak", "a much longer name of somebody", "王", "x\u200by", ""}
	var want Edition
	for i, w := range words {
		src := page(1, "before\nthe name "+w+" stands here\nafter")
		a := Withhold(src.Page, 7, 8, 9, Person)
		p, _ := transcript(src)
		e := made(t, p, func(Document) ([]Source, []Area, error) { return []Source{src}, []Area{a}, nil })
		if i == 0 {
			want = e
		} else if d := cmp.Diff(want, e); d != "" {
			t.Error(d)
		}
	}
}

func TestPublishableDropsMarksOfOneCopy(t *testing.T) {
	for _, c := range []struct{ marked, clean string }{
		{"the cou\u200bnty", "the county"},
		{"the c\u043eunty", "the county"},
		{"U\u0308rümqi", "Ürümqi"},
		{"a\u2009b\u00a0\u3000c", "a b c"},
		{"葛\U000E0100城", "葛城"},
		{"a\U000E0041\u00adb", "ab"},
		{"мо\u0441ква g\u043eрод", "москва gород"},
		{"مى\u200cخ \u202bئۇ\u202c", "مى\u200cخ ئۇ"},
	} {
		if got, want := Publishable(c.marked), Publishable(c.clean); got != want && got != c.clean {
			t.Errorf("%q: %q, want %q", c.marked, got, want)
		}
	}
}

func TestQuotesStandAsTheyAreWrittenAndOutsideAreas(t *testing.T) {
	src := page(1, "the council of the\ncounty met\nSample Person spoke")
	a := Withhold(src.Page, 7, len(src.Page.Text)-3, len(src.Page.Text), Person)
	p := Plan{Format: PlanFormat, Mode: Cite, Title: "Sample", Publisher: "Sample", Documents: []Document{{Item: item, Title: "A paper", Quotes: []string{"of the county"}}}}
	s := func(Document) ([]Source, []Area, error) { return []Source{src}, []Area{a}, nil }
	if got := written(made(t, p, s).Documents[0].Blocks); got != "of the county" {
		t.Error(got)
	}
	for _, q := range []string{"of the county meets", "Person spoke", "Person", "  "} {
		p.Documents[0].Quotes = []string{q}
		if _, _, err := Make(p, s, nil); !errors.Is(err, ErrQuote) {
			t.Errorf("%q: %v", q, err)
		}
	}
}

func TestOnlyApprovedEditionsAreCleared(t *testing.T) {
	p, s := transcript(page(1, "words"))
	e := made(t, p, s)
	text := ApprovalText("case", e.Digest())
	signed := func(a Approval, over string) bool { return over == text && a.Note != nil }
	one, two := Approval{"signer/a", []byte{1}}, Approval{"signer/b", []byte{1}}
	for _, c := range []struct {
		name string
		all  []Approval
		one  bool
		ok   bool
	}{
		{"nobody", nil, false, false},
		{"one person", []Approval{one}, false, false},
		{"the same person twice", []Approval{one, one}, false, false},
		{"two people", []Approval{one, two}, false, true},
		{"a signature that does not count", []Approval{one, {"signer/b", nil}}, false, false},
		{"one person over words that say two are needed", []Approval{one}, true, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			edition := e
			edition.OnePerson = c.one
			cleared, err := Clear("case", edition, nil, c.all, signed)
			if (err == nil) != c.ok {
				t.Fatalf("%v", err)
			}
			if _, err := cleared.Edition(); (err == nil) != c.ok {
				t.Errorf("its words: %v", err)
			}
		})
	}
	if _, err := (Cleared{}).Edition(); !errors.Is(err, ErrNotCleared) {
		t.Errorf("the zero value: %v", err)
	}
}

func FuzzPublishable(f *testing.F) {
	for _, s := range []string{"a\u200bb", "U\u0308", "c\u043eunty\n\u3000x", "\xff", "e\u0301\u0301", "о\x10AA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Publishable(s)
		if again := Publishable(once); again != once {
			t.Fatalf("%q: %q, then %q", s, once, again)
		}
	})
}

func FuzzPlan(f *testing.F) {
	f.Add(`{"format":"vidimus-plan/1","mode":"cite","title":"a","publisher":"b","documents":[{"item":"aaaaaaaaaaaaaaaa","title":"t","quotes":["q"],"pages":"1-3,5"}]}`)
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParsePlan(strings.NewReader(s)); err == nil && p.Check() != nil {
			t.Fatalf("%q is accepted and does not hold", s)
		}
	})
}

func TestAHeadingIsAParagraph(t *testing.T) {
	p := page(1, "一、学校\n祖姆拉什现在有二十七所村学，用本地话教书。教师\n一百九十三人，学生五千六百多。我的意见很简单\n在会上说过了\n二、祈祷屋\n全县四十六间祈祷屋，有的比我们局的历史长十倍。")
	e := made(t, first(transcript(p)), second(transcript(p)))
	want := "一、学校 | 祖姆拉什现在有二十七所村学，用本地话教书。教师一百九十三人，学生五千六百多。我的意见很简单在会上说过了 | 二、祈祷屋 | 全县四十六间祈祷屋，有的比我们局的历史长十倍。"
	if got := written(e.Documents[0].Blocks); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
