//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// borderQuestions are questions of which each quotes over a border of two pages, or of
// two sections of a long text, of the papers of quotedCase.
var borderQuestions = []string{
	"Did anybody write that the wall of the valley was built before anyone agreed?",
	"你们说过水库的蓄水线已经定在那里吗？",
	"يىغىن چۈشتە باشلاندى ۋە تامنىڭ يېنىدا دەرۋازا ئالدىدا كىم بار؟",
	"Who counted lamps along the road until the bridge that evening?",
	"是谁说道路两旁的树木都要砍掉？",
	"كىم يولنىڭ بويىدىكى دەرەخلەر ھەممىسى كېسىلىدۇ دەپ يازدى ئاندىن كېتىپ قالدى دېدى؟",
}

func quotedCase(t *testing.T) *newsroom {
	pages := [][]string{
		{"The county met at noon.", "Nobody knew that the wall of the valley"},
		{"was built before the county met.", "Then they went home again."},
		{"会议在下午开始。", "水库的蓄水线"},
		{"已经定在一百八十八米。", "会议结束了。"},
		{"كىشىلەر كەلدى.", "يىغىن چۈشتە باشلاندى ۋە تامنىڭ يېنىدا"},
		{"دەرۋازا ئالدىدا ئىككى ئىشچى تۇراتتى.", "كېيىن ئۇلار قايتتى."},
	}
	return newNewsroom(t, map[string][]byte{
		"paper.pdf": paperOf(t, pages),
		"en.txt":    longText("word ", "He counted lamps along the road", " until the bridge was reached. "),
		"zh.txt":    longText("字", "道路两旁的", "树木都要砍掉"),
		"ug.txt":    longText("سۆز ", "يولنىڭ بويىدىكى دەرەخلەر ھەممىسى", " كېسىلىدۇ دەپ يازدى ئاندىن كېتىپ قالدى "),
	})
}

// longText is cut into two sections between first and second.
func longText(filler, first, second string) []byte {
	const section = 4000
	room := section - len([]rune(first))
	var b bytes.Buffer
	for n := len([]rune(filler)); room >= n; room -= n {
		b.WriteString(filler)
	}
	b.WriteString(strings.Repeat(".", room) + first + second)
	return append(b.Bytes(), []byte(strings.Repeat(filler, 100))...)
}

func TestQuestionsThatQuoteOverABorderAreRefused(t *testing.T) {
	n := quotedCase(t)
	code, out := n.run(strings.Join(borderQuestions, "\n\n")+"\n\nWas it so?\n", "question-sheet", n.dir, "-", "--json")
	var said struct{ Paragraphs []int }
	if err := json.Unmarshal([]byte(out), &said); err != nil || code != exitFailed || !slices.Equal(said.Paragraphs, []int{1, 2, 3, 4, 5, 6}) {
		t.Errorf("exit %d, %v:\n%s", code, err, out)
	}
	n.must("Was it so?\n\nWho met at noon in the county, and of what did they speak?\n", "question-sheet", n.dir, "-")
}
