package protect

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// said are sentences of an original, cut where a page ends, and a question
// that takes eight words, or characters, of them.
var said = []struct{ language, first, second, quoting, asking string }{
	{"en", "At noon the river has never asked", "the stones whether they are willing to go.",
		"Is it true that river has never asked the stones whether they agree?", "Were the stones ever asked, and did the river wait?"},
	{"en, a word parted", "At noon the river has never beg-", "ged of the stones that they go away.",
		"Did the river has never begged of the stones stand there?", "Did the river beg of stones?"},
	{"zh", "会议在下午开始。水库的蓄水线", "已经定在一百八十八米，村庄搬迁。",
		"你们说过水库的蓄水线已经定在那里吗？", "水库的水位是谁定的？"},
	{"zh, a sign left out", "会议决定，村庄搬迁。", "水库上涨，全部的人离开。", "“村庄搬迁水库上涨”是谁写的？", "村庄和水库是谁管的？"},
	{"ug", "يىغىن چۈشتە باشلاندى ۋە تامنىڭ يېنىدا", "دەرۋازا ئالدىدا ئىككى ئىشچى جىمجىت تۇراتتى.",
		"يىغىن چۈشتە باشلاندى ۋە تامنىڭ يېنىدا دەرۋازا ئالدىدا كىم بار؟", "يىغىننى كىم باشلىدى ۋە ئىشچىلار نەدە؟"},
}

// furniture is what stands around a page's text.
var furniture = []struct{ name, head, foot string }{
	{"nothing between", "%s", "%s"},
	{"headers, footers and numbers between", "Sample county office\nFile 7, sheet 2\n\n%s", "%s\n\nInvented, for practice\n- 1 -\n"},
	{"notes between", "- 2 -\n%s", "%s\n" + strings.Repeat("1 A note of the clerk.\n", 15)},
}

func TestRunsOverTheBordersOfPagesAreQuotes(t *testing.T) {
	for _, s := range said {
		for _, f := range furniture {
			before, after := "An earlier line.\n"+fmt.Sprintf(f.foot, s.first), fmt.Sprintf(f.head, s.second)+"\nA later line.\n"
			for _, between := range [][]string{nil, {"", " \n"}, {"A plate.\n"}} {
				pages := slices.Concat([]string{before}, between, []string{after})
				if got := quoting(pages, s.quoting, s.asking); !slices.Equal(got, []int{1}) {
					t.Errorf("%s, %s, %d pages between: paragraphs %d quote", s.language, f.name, len(between), got)
				}
			}
		}
		if got := quoting([]string{s.first, "x\n", "x\n", "x\n", s.second}, s.quoting); got != nil {
			t.Errorf("%s: pages far from each other are quoted", s.language)
		}
		if got := quoting([]string{s.second, s.first}, s.quoting); got != nil {
			t.Errorf("%s: pages in the other order are quoted", s.language)
		}
	}
}

func TestRunsOnAPageAreQuotes(t *testing.T) {
	for _, c := range []struct {
		name, page string
		asked      []string
		want       []int
	}{
		{"on one line", "one two three four five six seven eight", []string{"zero one two three four five six seven eight"}, []int{1}},
		{"seven", "one two three four five six seven", []string{"one two three four five six seven nine"}, nil},
		{"a word that a line's end parts", "one two three four five six se-\nven eight", []string{"one two three four five six seven eight"}, []int{1}},
		{"the same of the question", "one two three four five six seven eight", []string{"one two three four five six se-\nven eight"}, []int{1}},
		{"a hyphen that stays", "one two three four five six well-\nknown eight", []string{"one two three four five six well-known"}, []int{1}},
		{"over paragraphs of the questions", "one two three four five six seven eight", []string{"Zero?", "one two three four,", "five six seven eight!"}, []int{2, 3}},
		{"other signs", "水库上涨，村庄搬迁。", []string{"水库、上涨：村庄搬迁"}, []int{1}},
		{"full characters", "水庫上漲，村莊搬遷。", []string{"水库上涨村庄搬迁"}, []int{1}},
	} {
		if got := quoting([]string{c.page}, c.asked...); !slices.Equal(got, c.want) {
			t.Errorf("%s: paragraphs %d quote", c.name, got)
		}
	}
}

func quoting(pages []string, asked ...string) []int {
	q := LookForQuotes(asked)
	for _, p := range pages {
		q.Add(p)
	}
	return q.Paragraphs()
}
