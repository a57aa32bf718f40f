package match

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// Invented people; each form is looked for by itself.
var people = []Person{
	{ID: "P-001", Forms: []string{"Berak Tushan", "贝拉克·图珊", "بېراك تۇشان", "Bérak Tushan", "Берак Тушан"}},
	{ID: "P-002", Forms: []string{"Oskovin Mirat", "奥斯科文", "ئوسكوۋىن مىرات", "Осковин Мират"}},
	{ID: "P-003", Forms: []string{"洛穆克", "Luo Muke", "لوموك", "Ломук", "Lomuk"}},
	{ID: "P-004", Forms: []string{"Uldresh Zumrashi", "乌勒德列什", "ئۇلدرېش", "Улдреш Зумраши"}},
	{ID: "P-005", Forms: []string{"陳雅筠", "陈雅筠", "Chen Yajun", "Чэнь Яцзюнь"}},
}

// disguise hides a name, or says that it cannot.
type disguise struct {
	name   string
	review bool // may be for a person to judge
	hide   func(string) string
}

func each(f func(rune) string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteString(f(r))
		}
		return b.String()
	}
}

func between(what string) func(string) string {
	return func(s string) string {
		r := []rune(s)
		out := string(r[0])
		for _, c := range r[1:] {
			if !unicode.Is(unicode.M, c) && c != ' ' {
				out += what
			}
			out += string(c)
		}
		return out
	}
}

func halved(what string) func(string) string {
	return func(s string) string {
		r := []rune(s)
		at := len(r) / 2
		for at < len(r)-1 && (unicode.Is(unicode.M, r[at]) || r[at] == ' ' || r[at-1] == ' ') {
			at++
		}
		return string(r[:at]) + what + string(r[at:])
	}
}

var homoglyphs = strings.NewReplacer("a", "а", "e", "е", "o", "о", "s", "ѕ", "h", "һ", "i", "і", "x", "х", "M", "М", "B", "В", "а", "a", "е", "e", "о", "o", "с", "c", "р", "p", "х", "x", "у", "y")

func wide(s string) string {
	return each(func(r rune) string {
		if r > ' ' && r < 0x7F {
			return string(r + 0xFEE0)
		}
		return string(r)
	})(s)
}

// oneWrong replaces a letter as OCR would, never the first.
func oneWrong(s string) string {
	r := []rune(s)
	for i := len(r) - 2; i > 0; i-- {
		if unicode.IsLetter(r[i]) {
			switch {
			case isHan(r[i]):
				r[i] = '口'
			case unicode.Is(unicode.Arabic, r[i]):
				r[i] = 'ڭ'
			case unicode.Is(unicode.Cyrillic, r[i]):
				r[i] = 'ж'
			default:
				r[i] = 'q'
			}
			return string(r)
		}
	}
	return s
}

func initialsOf(s string) string {
	out := ""
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '·' }) {
		r := []rune(w)
		out += string(unicode.ToUpper(r[0])) + ". "
	}
	return strings.TrimSpace(out)
}

func packed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte("BT (" + s + ") Tj ET"))
	w.Close()
	return "stream\n" + b.String() + "\nendstream"
}

func reversedName(s string) string { r := []rune(s); slices.Reverse(r); return string(r) }

var disguises = []disguise{
	{"NFD", false, norm.NFD.String},
	{"full-width", false, wide},
	{"zero-width inside", false, between("\u200b")},
	{"soft hyphen", false, halved("\u00ad")},
	{"look-alike letters", false, homoglyphs.Replace},
	{"case", false, strings.ToUpper},
	{"spaces between letters", false, between(" ")},
	{"line break inside", false, halved("\n")},
	{"hyphenated", false, halved("-\n")},
	{"reversed", false, reversedName},
	{"percent-encoded", false, func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }},
	{"base64", false, func(s string) string { return base64.StdEncoding.EncodeToString([]byte("is " + s + ".")) }},
	{"hex", false, func(s string) string { return hex.EncodeToString([]byte(s)) }},
	{"entities", false, each(func(r rune) string { return fmt.Sprintf("&#x%X;", r) })},
	{"inflated stream", false, packed},
	{"UTF-16", false, func(s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(" " + s + " ")) {
			b = append(b, byte(u), byte(u>>8))
		}
		return string(b)
	}},
	{"one wrong character", true, oneWrong},
	{"initials", true, initialsOf},
}

func TestEveryDisguiseOfEveryNameIsFound(t *testing.T) {
	l := New(people)
	var found, review, missed, all int
	for _, d := range disguises {
		misses := 0
		for _, p := range people {
			for _, name := range p.Forms {
				all++
				in := "at the yard by " + d.hide(name) + " in winter"
				hits, err := l.FindBytes([]byte(in), Streams)
				if err != nil {
					t.Fatal(err)
				}
				exact, some := false, false
				for _, h := range hits {
					if h.Person == p.ID {
						some = true
						exact = exact || h.Certainty == Exact
					}
				}
				switch {
				case exact:
					found++
				case some && d.review:
					review++
				case d.name == "initials" && !strings.ContainsAny(name, " ·") || d.name == "reversed" && len([]rune(name)) < 3:
					all--
				case d.name == "one wrong character" && len(foldName(name).letters) < oneError:
					missed++
					misses++
					t.Logf("%s: a form of %d letters is missed", d.name, len(foldName(name).letters))
				default:
					missed++
					misses++
					t.Errorf("%s of a form of %s is not found (%+v)", d.name, p.ID, hits)
				}
			}
		}
	}
	t.Logf("%d disguises of %d forms, %d tried: %d exact, %d for review, %d missed", len(disguises), 22, all, found, review, missed)
}

func TestWhatIsNoNameIsNotOne(t *testing.T) {
	l := New(people)
	for name, text := range map[string]string{
		"within a word":          "xlomukx",
		"another name":           "Berak Toshun spoke to Mirana.",
		"letters over two words": "at lo muk stood",
		"half a Han name":        "雅筠",
		"other initials":         "the U.S. and B.C. of A.D.",
	} {
		for _, h := range l.Find(text) {
			if h.Certainty == Exact {
				t.Errorf("%s: found %s %s", name, h.Person, h.How)
			}
		}
	}
}

func TestWhatMayBeANameIsForAPerson(t *testing.T) {
	l := New(people)
	for how, text := range map[string]string{
		"part":   "Then Tushan left.",
		"near":   "It was Uldresh Zumrasbi.",
		"parted": "It was Uldr esh Zumrashi.",
		"inside": "xuldreshzumrashi",
	} {
		hits := l.Find(text)
		if len(hits) != 1 || hits[0].Certainty != Review || hits[0].How != how {
			t.Errorf("%s: %+v", how, hits)
		}
	}
}

func TestNamesWithEndingsAreNames(t *testing.T) {
	l := New(people)
	for _, text := range []string{"Осковина Мирата", "بېراك تۇشاننىڭ", "Berak Tushan's", "Berak Tushanning"} {
		hits := l.Find("of " + text + " they")
		if len(hits) != 1 || text != "Осковина Мирата" && hits[0].Certainty != Exact {
			t.Errorf("%q: %+v", text, hits)
		}
	}
}

func TestAHitSaysWhereTheNameStands(t *testing.T) {
	text := "seen: Be\u00adrak\nTushan; 陳雅\n筠。"
	hits := New(people).Find(text)
	if len(hits) != 2 || text[hits[0].Start:hits[0].End] != "Be\u00adrak\nTushan" || text[hits[1].Start:hits[1].End] != "陳雅\n筠" {
		t.Errorf("%+v", hits)
	}
}

func TestTooMuchIsAnErrorAndNotSilence(t *testing.T) {
	if _, err := New(people).FindBytes(bytes.Repeat([]byte("x"), 1<<20), func([]byte, int) ([][]byte, error) {
		return [][]byte{make([]byte, maxViews)}, nil
	}); err == nil {
		t.Error("bytes beyond the bound are passed over in silence")
	}
}

func TestStreamsThatNeverEndAreReadInOnePass(t *testing.T) {
	l := New(people)
	many := "<< /V (Berak) >> " + strings.Repeat("stream\n(", 1<<17)
	if hits, err := l.FindBytes([]byte(many+"(Be\\162ak Tushan)"), nil); err != nil || len(hits) == 0 {
		t.Errorf("%+v %v", hits, err)
	}
	if _, err := l.FindBytes([]byte(many+"endstream"), nil); err != nil {
		t.Error(err)
	}
}

func FuzzFind(f *testing.F) {
	l := New(people)
	for _, d := range disguises {
		f.Add("by " + d.hide("Berak Tushan") + " in 陈雅筠")
	}
	f.Add(cidFont("Berak Tushan"))
	f.Add(predicted("Berak Tushan"))
	f.Add(pdfOf("", in85("[/ASCII85Decode /FlateDecode]", zlibbed(kernedTJ("Berak Tushan")))))
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, h := range l.Find(text) {
			if h.Start < last || h.End <= h.Start || h.End > len(text) || h.Person == "" {
				t.Fatalf("%+v of %d bytes", h, len(text))
			}
			last = h.Start
		}
		if len(text) < 4096 {
			if _, err := l.FindBytes([]byte(text), Streams); err != nil {
				t.Log(err)
			}
		}
	})
}

func BenchmarkFindBytes(b *testing.B) {
	page := []byte(strings.Repeat("The reservoir rises by the wall, and the village moves. 水库上涨，村庄搬迁。 ", 400))
	l := New(people)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := l.FindBytes(page, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	page := strings.Repeat("The reservoir rises by the wall, and the village moves. 水库上涨，村庄搬迁。 ", 40)
	for _, n := range []int{5, 50} {
		var many []Person
		for i := range n {
			for _, p := range people {
				many = append(many, Person{ID: fmt.Sprintf("%s-%d", p.ID, i), Forms: append(slices.Clone(p.Forms), fmt.Sprintf("Zelmar Okpat%c%c", 'a'+rune(i%26), 'a'+rune(i/26)))})
			}
		}
		l := New(many)
		b.Run(fmt.Sprintf("%d people", len(many)), func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				l.Find(page)
			}
		})
	}
}

// What is like a name inside a country's is none; beside it, and where the
// country's name is not whole, it is.
func TestTheInsideOfACountrysNameIsNobody(t *testing.T) {
	l := New([]Person{{ID: "P-001", Forms: []string{"洛穆克"}}})
	for text, want := range map[string]int{
		"他去了斯洛伐克。": 0, "他去了斯洛伐克，洛伐克也去了。": 1, "見斯洛伐克共和國": 0, "洛伐克在这里": 1, "见洛伐克": 1, "斯洛穆克": 1, "斯 洛穆兑": 1,
	} {
		if hits := l.Find(text); len(hits) != want {
			t.Errorf("%s: %v", text, hits)
		}
	}
}
