package ocr

import (
	"image"
	"strings"
	"unicode"

	"vidimus/read/ocr/ink"
)

// uyghur are letters and signs of other languages that the model of Uyghur
// gives for its own, which it writes in no other way.
var uyghur = strings.NewReplacer("ی", "ي", "ک", "ك")

// spelled writes the words of an Uyghur line with its own letters.
func spelled(words []found) {
	for i := range words {
		words[i].text = uyghur.Replace(words[i].text)
	}
}

// commas mends the ends of words in Arabic letters. The engine gives most commas
// as full stops, and some as a quotation mark that was never opened; what stands
// on the paper is a dot or taller than that.
func (p *paper) commas(l ink.Line, strip ink.Strip, words []found) {
	opened := false
	for i := range words {
		w := &words[i]
		if !strings.ContainsFunc(w.text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) {
			continue
		}
		opened = opened || strings.ContainsRune(w.text, '‹')
		for _, end := range []string{".", "›", ","} {
			bare, cut := strings.CutSuffix(w.text, end)
			if cut && (end == "," || end == "›" && !opened || end == "." && p.tall(l, strip.Box(w.box), strip.Flipped())) {
				w.text = bare + "،"
				break
			}
		}
	}
}

// tall reports that the mark at the left end of a word, the last of it, stands
// higher than a dot. Measured in four faces: full stops are 0.13 to 0.30 of a
// letter high and at most 1.35 times as high as wide, commas that are no dots
// 0.33 to 0.47 and 1.5 to 2.3.
func (p *paper) tall(l ink.Line, word image.Rectangle, flipped bool) bool {
	high := p.sheet.High
	end := word.Min.X
	if flipped {
		end = word.Max.X
	}
	for _, m := range p.sheet.Lone(l, end-int(0.3*high), end+int(0.5*high)) {
		w, t := float64(m.Dx()), float64(m.Dy())
		if w <= 0.4*high && t <= 0.6*high {
			return t >= 0.32*high && t >= 1.4*w
		}
	}
	return false
}
