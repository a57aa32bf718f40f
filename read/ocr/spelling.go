package ocr

import "strings"

// spelling has what a model gives for letters and signs of its language that it
// has not: those of Uyghur that it has as letters of Persian, and the dash of
// Kazakh, which it gives as two hyphens or three.
var spelling = map[string]*strings.Replacer{
	"uig": strings.NewReplacer("ی", "ي", "ک", "ك"),
	"kaz": strings.NewReplacer("---", "—", "--", "—"),
}

// spelled writes the words of a line with the signs of its language.
func spelled(model string, words []found) {
	if signs := spelling[model]; signs != nil {
		for i := range words {
			words[i].text = signs.Replace(words[i].text)
		}
	}
}
