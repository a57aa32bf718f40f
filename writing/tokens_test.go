package writing

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// texts joins the tokens of a text by a bar.
func texts(text string) string {
	var all []string
	for t := range Tokens(text) {
		all = append(all, t.Text)
	}
	return strings.Join(all, "|")
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"case and width do not count", "Ürümqi ＫＡＳＨＧＡＲ １２", "urumqi|kashgar|12"},
		{"Latin letters lose their diacritics, composed or not", "Çağrı e\u0301cole Łódź straße", "cagri|ecole|lodz|strasse"},
		{"short i stays, io becomes ie", "Район и\u0306 ёлка е\u0308лка", "район|й|елка|елка"},
		{"Kazakh letters stay", "Қазақстан өңір ұлы әке", "қазақстан|өңір|ұлы|әке"},
		{"Kazakh in Arabic letters keeps its high hamza", "\u0674ان", "\u0674ان"},
		{"tatweel is no letter", "ئۈرۈمچـى", "ئۈرۈمچي"},
		{"hamza on its carrier stays, composed or not", "ئۇيغۇر ي\u0654ۇ", "ئۇيغۇر|ئۇ"},
		{"kaf, ye and he have one form each", "ک ى ی ە ھ", "ك|ي|ي|ه|ه"},
		{"presentation forms are their letters", "\uFEE3\uFEA4\uFEE4\uFEAA", "محمد"},
		{"harakat do not count", "مُحَمَّد", "محمد"},
		{"every decimal digit is ASCII", "٢٠١٧ ۲۰۱۷ २०१७", "2017|2017|2017"},
		{"zero-width and bidi controls are not there", "a\u200bb \u202eabc\u202c x\u2066y", "ab|abc|xy"},
		{"an apostrophe parts words in every spelling", "China's Xi’an Xiʼan", "china|s|xi|an|xi|an"},
		{"a soft hyphen joins, over a line's end too", "in\u00adfor\u00ad\r\n  mation", "information"},
		{"a soft hyphen before a blank line joins nothing", "infor\u00ad\n\nmation", "infor|mation"},
		{"a footnote's number is not the word's, an index is", "camp² CO₂", "camp|co2"},
		{"Tibetan keeps its vowels and ends syllables at the tsheg", "བོད་སྐད", "བོད|སྐད"},
		{"Han gives pairs and the last", "乌鲁木齐", "乌鲁|鲁木|木齐|齐"},
		{"one Han character is the last of its run", "a乌b", "a|乌|b"},
		{"layout does not end a run", "乌 鲁\n木\u3000齐", "乌鲁|鲁木|木齐|齐"},
		{"a line's end of two bytes is one", "乌\r\n鲁", "乌鲁|鲁"},
		{"a blank line ends a run", "乌鲁\n \n木齐", "乌鲁|鲁|木齐|齐"},
		{"punctuation ends a run", "乌鲁，木齐", "乌鲁|鲁|木齐|齐"},
		{"zero and repeat marks are Han", "二〇一七 人々", "二〇|〇一|一七|七人|人々|々"},
		{"compatibility ideographs and radicals are the common ones", "\uF900\u2F00", "豈一|一"},
		{"extensions are Han", "\U00020000\U0002EBF0", "\U00020000\U0002EBF0|\U0002EBF0"},
		{"bytes that are no UTF-8 part words", "a\xffb", "a|b"},
		{"nothing has no tokens", " \n—…", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := texts(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOffsetsAreThoseOfTheOriginal(t *testing.T) {
	text := "A\u0301b 乌\n鲁"
	var got []Token
	for tok := range Tokens(text) {
		got = append(got, tok)
	}
	want := []Token{
		{Text: "ab", Start: 0, End: 4},
		{Text: "乌鲁", Start: 5, End: 12, Position: 1, Han: true},
		{Text: "鲁", Start: 9, End: 12, Position: 2, Han: true, Last: true},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestALongWordIsCutIntoNeighbours(t *testing.T) {
	for _, letter := range []string{"a", "й", "A", "\U0001D400"} {
		n := 0
		for tok := range Tokens(strings.Repeat(letter, 1000)) {
			n += utf8.RuneCountInString(tok.Text)
			if len(tok.Text) > MaxToken {
				t.Errorf("%q: a token of %d bytes", letter, len(tok.Text))
			}
		}
		if n != 1000 {
			t.Errorf("%q: %d letters of 1000", letter, n)
		}
	}
}

func TestAMillionMarksStayLinear(t *testing.T) {
	for _, base := range []string{"a", "и", "ي", "乌", " "} {
		text := base + strings.Repeat("\u0306\u0654", 500_000) + "b"
		began := time.Now()
		texts(text)
		t.Logf("%q and a million marks: %v", base, time.Since(began))
	}
}

func TestStoppingEarlyStops(t *testing.T) {
	for range Tokens("乌鲁 木齐 a b") {
		break
	}
	n := 0
	for range Tokens("a b 乌鲁") {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("got %d tokens", n)
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"gaps stay", "Ürümqi, ＡＢ！ 12", "urumqi, ab! 12"},
		{"layout between Han goes", "乌 鲁\n木齐 x", "乌鲁木齐 x"},
		{"controls and marks go", "\u202ea\u0301\u200b.\u0301", "a."},
		{"apostrophes are one", "Xi’an", "xi'an"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Fold(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzTokens(f *testing.F) {
	for _, seed := range []string{"", "乌鲁\n木齐 a", "i\u00ad\nn", "и\u0306й", "e\u0301\u200b’s", "ﷺ", "ΌΣΟΣ", "ガｶﾞ", "a\xff\xc0", "\U0002F800〇々", "ŀŉǆẛ", "ۂۓۀ"} {
		f.Add(seed, "b 齐")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		checkTokens(t, a)
		folded := Fold(a)
		if again := Fold(folded); again != folded {
			t.Errorf("Fold(%q) = %q, and folded again %q", a, folded, again)
		}
		if texts(folded) != texts(a) && len(a) < MaxToken/4 {
			t.Errorf("tokens of %q: %s, when folded: %s", a, texts(a), texts(folded))
		}
		if joined, want := texts(a+"\n\n.\n\n"+b), strings.Trim(texts(a)+"|"+texts(b), "|"); joined != want {
			t.Errorf("apart %s, together %s", want, joined)
		}
	})
}

// checkTokens holds the tokens to what the contract promises.
func checkTokens(t *testing.T, text string) {
	start, position := -1, 0
	for tok := range Tokens(text) {
		if tok.Start <= start || tok.End <= tok.Start || tok.End > len(text) || tok.Text == "" || !utf8.ValidString(tok.Text) {
			t.Fatalf("%q: bad token %+v after start %d", text, tok, start)
		}
		if !boundary(text, tok.Start) || !boundary(text, tok.End) {
			t.Fatalf("%q: token %+v cuts a character", text, tok)
		}
		if tok.Position != position || tok.Last && !tok.Han {
			t.Fatalf("%q: token %+v at %d", text, tok, position)
		}
		start, position = tok.Start, position+1
	}
}

func boundary(text string, at int) bool {
	return at == len(text) || !utf8.ValidString(text) || utf8.RuneStart(text[at])
}

func BenchmarkTokens(b *testing.B) {
	for name, text := range map[string]string{
		"zh": "乌鲁木齐市人民政府办公室关于进一步加强管理工作的通知，各区县人民政府。",
		"ru": "О мерах по усилению работы с населением районов, ёмкость и порядок. ",
		"en": "The notice of the County Office on the strengthening of work, in detail. ",
		"ug": "ئۈرۈمچى شەھەرلىك خەلق ھۆكۈمىتىنىڭ ئۇقتۇرۇشى، بارلىق ناھىيەلەرگە. ",
	} {
		text = strings.Repeat(text, 2000)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for range Tokens(text) {
				}
			}
		})
	}
}
