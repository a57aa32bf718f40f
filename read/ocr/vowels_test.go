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
		words := []found{{text: read, confidence: unsureVowels - 1}}
		if vowels(words); words[0].text != want {
			t.Errorf("%q became %q, not %q", read, words[0].text, want)
		}
	}
	sure := []found{{text: "بولۈشىنى", confidence: unsureVowels}}
	if vowels(sure); sure[0].text != "بولۈشىنى" {
		t.Errorf("a sure word became %q", sure[0].text)
	}
}
