package ocr

import (
	"image"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/specimen"
)

// Texts made up for this test.
var mixed = map[string][]string{
	"names in Latin letters in a Kazakh text": {
		"Бұл есеп Sherwood компаниясының тапсырысы бойынша Wellington қаласында жасалды.",
		"Сөйлесуге қатысқан адамдар Harrington және Middlebrook деген атпен белгілі болды.",
		"Қойманың кілті Sherwood кеңсесінде қалды, ал көшірмесі Wellington мұрағатында сақталады.",
		"Осыдан кейін Harrington компаниясы су қоймасының жобасын қайтадан қарап шықты.",
	},
	"lines of Uyghur on a Chinese page": {
		"水库在山谷的上游，堤坝高四十米，附近的村庄都要搬迁。",
		"سۇ ئامبىرى جىلغىنىڭ يۇقىرى تەرىپىگە جايلاشقان، يېقىن ئەتراپتىكى كەنتلەر كۆچۈرۈلىدۇ.",
		"县里的会议决定今年秋天开工，所有的费用由县财政承担。",
		"كېڭەش بۇ يىل كۈزدە ئىش باشلاشنى قارار قىلدى، بارلىق چىقىمنى ناھىيە ئۈستىگە ئالىدۇ.",
	},
}

func TestLinesAndNamesOfAnotherScriptAreRead(t *testing.T) {
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		casetest.Without(t, err)
	}
	e := engine(t)
	for name, paragraphs := range mixed {
		text := specimen.Text{Paragraphs: append(append(paragraphs, paragraphs...), paragraphs...)}
		p := specimen.Draw(text, faces, specimen.Clean, 1)
		got, err := e.Begin().Page(t.Context(), p.Picture, vidimus.Page{Number: 1, Width: 400, Height: 400})
		if err != nil {
			t.Fatal(err)
		}
		m := compare(got.Text, p.Truth)
		t.Logf("%s: %.2f %%", name, m.percent())
		if m.percent() > 5 {
			t.Errorf("%s: %.2f %% of the characters are wrong:\n%s", name, m.percent(), strings.TrimSpace(got.Text))
		}
	}
}

// Words as a model gives them, with how sure it is, on strips of 40 pixels.
func TestOnlyWhatMayBeOfAnyScriptIsTriedWithEveryModel(t *testing.T) {
	for name, c := range map[string]struct {
		model string
		wide  int
		words []found
		want  bool
	}{
		"a page's number":                               {"eng", 200, []found{{text: "1155", confidence: 42}}, false},
		"a mark":                                        {"eng", 60, []found{{text: "ofed", confidence: 42}}, false},
		"a line with a word surely read":                {"eng", 500, []found{{text: "documenting", confidence: 95}, {text: "conversatlon.?*!", confidence: 0}}, false},
		"a footnote, its figures sure":                  {"eng", 400, []found{{text: "12MeGahn", confidence: 0}, {text: "11/30/17", confidence: 96}, {text: "302,", confidence: 96}}, false},
		"a line of another script":                      {"eng", 400, []found{{text: "Stapnpak", confidence: 12}, {text: "Osunosunupin", confidence: 40}}, true},
		"figures of the model of Uyghur":                {"uig", 400, []found{{text: "11.1", confidence: 30}, {text: "70", confidence: 22}}, true},
		"a sure word that is not of the model's script": {"uig", 400, []found{{text: "Well", confidence: 95}, {text: "1111111111", confidence: 2}}, true},
	} {
		if got := pieceOf(c.model, c.words, 0, len(c.words), image.Rect(0, 0, c.wide, 40), true).telling; got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAWordWhoseBoxLiesOverOthersIsNotReadAgain(t *testing.T) {
	at := func(from, to int) image.Rectangle { return image.Rect(from, 0, to, 40) }
	words := []found{{text: "realDonald", confidence: 40, box: at(0, 640)}, {text: "7/26/17,thatissurelyread", confidence: 95, box: at(300, 400)},
		{text: "unsere", confidence: 40, box: at(420, 500)}, {page: 1, text: "other", confidence: 95, box: at(0, 640)}}
	got := doubts("eng", words, []*image.Gray{image.NewGray(at(0, 700)), image.NewGray(at(0, 700))})
	if len(got) != 1 || got[0].from != 2 {
		t.Errorf("%+v", got)
	}
	words[0].box = at(0, 290)
	if got := doubts("eng", words, []*image.Gray{image.NewGray(at(0, 700)), image.NewGray(at(0, 700))}); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestWordsThatOnlyLookLatinStayCyrillic(t *testing.T) {
	for text, want := range map[string]bool{"oT": true, "ero": true, "ux": true, "Sherwood": false, "Wellington": false, "год": false} {
		if lookalike("rus", text) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
	if lookalike("uig", "ero") {
		t.Error("in Uyghur nothing looks so")
	}
}
