package ocr

import "strings"

// uyghur are letters and signs of other languages that the model of Uyghur
// gives for its own, which it writes in no other way.
var uyghur = strings.NewReplacer("ی", "ي", "ک", "ك")

// spelled writes the words of an Uyghur line with its own letters.
func spelled(words []found) {
	for i := range words {
		words[i].text = uyghur.Replace(words[i].text)
	}
}
