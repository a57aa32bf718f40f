package understand

import (
	"regexp"
	"strings"
	"testing"

	"vidimus"
)

// ugMarked are invented sentences as offices write them, with what a reader
// marks in them: {p …} a person, {o …} an organisation.
var ugMarked = strings.Split(strings.TrimSpace(`
{o يەكەن ناھىيىلىك مائارىپ ئىدارىسى} 2017-يىلى 4-ئايدا ئۇقتۇرۇش چىقاردى.
{o قەشقەر ۋىلايەتلىك جامائەت خەۋپسىزلىك ئىدارىسىنىڭ} باشلىقى {p ئەھمەت تۇرسۇن} يىغىنغا قاتناشتى.
ئۇقتۇرۇشنى {o خوتەن شەھەرلىك خەلق ھۆكۈمىتى} تارقاتتى.
{o شىنجاڭ ئۇيغۇر ئاپتونوم رايونلۇق مائارىپ نازارىتىگە} دوكلات يوللاندى.
{p تۇرسۇنجان ئابدۇللا}، ئەر، 42 ياش، كەنتتە تۇرىدۇ.
{p گۈلنار مەمەتنىڭ} ئۆيى تەكشۈرۈلدى.
يولداش {p ئىبراھىم قادىر} سۆز قىلدى.
{p رەيھانگۈل} ئەپەندىم دېمىدى، {p پاتىمە} خانىم كەلدى.
مەكتەپ مۇدىرى {p ياسىن} ئىمزا قويدى.
{o ئوتتۇرا مەكتىپى} تاقالدى.
{o كۇچا ناھىيىلىك خەلق دوختۇرخانىسىدا} 12 ئادەم داۋالاندى.
{p سىدىق ھاجىم} بىلەن {p ئوسمان نىياز} كۆرۈشتى.
كۈرەش قىلىش كېرەك، ئازات بولغان كۈن جۈمە ئىدى.
ئەتىرگۈل ۋە دەستۇرخان بازاردا سېتىلىدۇ، مەرجانمۇ بار.
سۇ ئامبىرىنىڭ سۈيى شەھەرگە بارىدۇ، كەنت مەركىزىدە بازار بار.
{o ئاقسۇ ۋىلايەتلىك سوت مەھكىمىسى} ھۆكۈم چىقاردى.
{p ئابدۇرېھىم زوردۇنغا} خەت يېزىلدى، {p مېھرىگۈل قۇربان} جاۋاب بەردى.
{o پىچان ناھىيىلىك پارتكومىنىڭ} شۇجىسى {p قۇربان مۇسا} كەلمىدى.
ئىلھام بىلەن يازغان شېئىر ئوقۇلدى.
ئېيتىشىچە {p بېراك توشۇن}، ئەر، 47 ياش، قايتمىغان. كېيىن {p بېراك توشۇنغا} خەت كەلدى.
`), "\n")

var ugMark = regexp.MustCompile(`\{([po]) ([^}]*)\}`)

// unmarked gives a marked text without its marks, and where they stood.
func unmarked(marked string) goldText {
	d := goldText{want: map[goldSpan]bool{}}
	at := 0
	for _, m := range ugMark.FindAllStringSubmatchIndex(marked, -1) {
		d.text += marked[at:m[0]]
		kind := vidimus.Person
		if marked[m[2]:m[3]] == "o" {
			kind = vidimus.Organisation
		}
		start := len(d.text)
		d.text += marked[m[4]:m[5]]
		d.want[goldSpan{kind, start, len(d.text)}] = true
		at = m[1]
	}
	d.text += marked[at:]
	return d
}

func TestUyghurNames(t *testing.T) {
	var texts []goldText
	for _, line := range ugMarked {
		texts = append(texts, unmarked(line))
	}
	scores := measure(texts, t.Logf)
	for kind, least := range map[vidimus.MentionKind]float64{vidimus.Person: 0.9, vidimus.Organisation: 0.9} {
		t.Logf("%s: %v", kind, scores[kind])
		if scores[kind].f1() < least {
			t.Errorf("%s: %v, want F1 %.2f", kind, scores[kind], least)
		}
	}
	for _, d := range texts {
		for _, m := range Mentions(d.text, "") {
			if m.Kind == vidimus.Person && m.Confidence >= 60 {
				t.Errorf("%q is a person too surely: %d", d.text[m.Start:m.End], m.Confidence)
			}
		}
	}
}

// What is written in Arabic letters and is not Uyghur has no Uyghur names.
func TestOtherTextsInArabicLettersHaveNoUyghurNames(t *testing.T) {
	for _, text := range []string{"وزارة الداخلية في بغداد، السيد محمد احمد", "وزارت امور خارجه ایران"} {
		if got := uyghur(text); len(got) > 0 {
			t.Errorf("%v is found in %q", got, text)
		}
	}
}
