package ocr

import "testing"

func TestRoundedVowelsOfUnsureUyghurWordsAreMended(t *testing.T) {
	for read, want := range map[string]string{
		"بولۈشىنى":   "بولۇشىنى",
		"ئۆلارنى،":   "ئۇلارنى،",
		"مەجرۆھ":     "مەجرۇھ",
		"سؤ":         "سۇ",
		"ئۈچۈن":      "ئۈچۈن",
		"گۇرۇپپىلار": "گۇرۇپپىلار",
		"Sherwood":   "Sherwood",
		"8-ئاينىڭ":   "8-ئاينىڭ",
		"":           "",
	} {
		words := []found{{text: read, confidence: sureVowels - 1}}
		if vowels(words); words[0].text != want {
			t.Errorf("%q became %q, not %q", read, words[0].text, want)
		}
	}
}

func TestVowelsOfSureWordsNeedMoreToBeMended(t *testing.T) {
	const right = "بولۇشىنى"
	for _, read := range []string{"بولۈشىنى", right} {
		gain := likelihood([]rune(right)) - likelihood([]rune(read)) - against('ۇ')
		for _, need := range []float64{gain - 0.1, gain + 0.1} {
			if got, mended := withVowels(read, need), need < gain && read != right; mended != (got != read) {
				t.Errorf("%q, likelier by %.1f where %.1f is asked, became %q", read, gain, need, got)
			}
		}
	}
	if against('ۈ') <= against('ۇ') {
		t.Error("ü is taken for u as seldom as u for ü")
	}
}
