package ocr

import "testing"

func TestSignsThatAModelHasNotAreWritten(t *testing.T) {
	for _, c := range []struct{ model, read, want string }{
		{"uig", "کېیىن", "كېيىن"},
		{"kaz", "негізгісі--мынау", "негізгісі—мынау"},
		{"kaz", "болды»,---деді", "болды»,—деді"},
		{"kaz", "асты-үсті", "асты-үсті"},
		{"eng", "--verbose", "--verbose"},
	} {
		words := []found{{text: c.read}}
		if spelled(c.model, words); words[0].text != c.want {
			t.Errorf("%s: %q became %q, not %q", c.model, c.read, words[0].text, c.want)
		}
	}
}
