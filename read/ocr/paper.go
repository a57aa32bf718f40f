package ocr

import (
	"context"
	"image"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vidimus/read/ocr/ink"
)

// Modes of Tesseract's --psm.
const (
	wholePage = "3"
	rawLine   = "13"
)

// maxLines is how many lines of a page are read; a page of the densest
// newspaper has a thousand.
const maxLines = 5000

// paper is a page while it is read.
type paper struct {
	engine        *Engine
	sheet         *ink.Sheet
	models        []string   // the likely ones first
	width, height int        // of the picture, in pixels
	sampled       bool       // the model is the best that there is, and not a guess
	held          bool       // what was in doubt was left so: the guess was bad
	sampling      []ink.Line // those that pieces are cut of
	wordless      []ink.Line // those that have turned out to hold figures alone
}

// sample reads three pieces of lines with one model after another, upright and
// then on their heads, and tells in which way they are read best.
func (p *paper) sample(ctx context.Context) (way, error) {
	best, top, settled := way{model: p.models[0]}, -1.0, false
	for _, flipped := range []bool{false, true} {
		figures := false // nobody has looked yet whether the pieces are
		for n, model := range p.models {
			if settled && writes(model) != writes(best.model) {
				return best, nil
			}
			text, confidence, err := p.tried(ctx, model, flipped)
			if letters, _ := owned(model, text); err == nil && letters < fewLetters && n == 0 {
				if figures, err = p.figures(ctx, flipped); err == nil && !figures {
					text, confidence, err = p.tried(ctx, model, flipped)
				}
			}
			if err != nil {
				return best, err
			}
			if suits(model, text, confidence) && (figures || strings.ContainsFunc(text, unicode.IsLetter)) {
				return way{model, flipped}, nil
			}
			if model == "kaz" && russian(p.models, text, confidence) {
				return way{"rus", flipped}, nil
			}
			own := confidence >= sureOf(model) && written(text, writes(model))
			if confidence += favour(model, text); confidence > top {
				best, top, settled = way{model, flipped}, confidence, own
			}
		}
		if top >= sure-10 {
			break
		}
	}
	return best, nil
}

// tried reads pieces with a model.
func (p *paper) tried(ctx context.Context, model string, flipped bool) (string, float64, error) {
	words, err := p.engine.read(ctx, p.pieces(model, flipped), model, rawLine)
	text, confidence := summed(words)
	return text, confidence, err
}

// fewLetters is from how many letters on a sample is none of figures.
const fewLetters = 6

// figures reports that the lines hold figures, which every model reads. Where
// only some columns do, pieces will be of others. The model of Latin tells it,
// which takes all other letters for its own, where others take them for figures.
func (p *paper) figures(ctx context.Context, flipped bool) (bool, error) {
	const tries = 4 // for figures are the longest cells of a list, and there are names between
	n := slices.IndexFunc(p.models, func(m string) bool { return writes(m) == ink.Latin })
	for range tries {
		if n < 0 {
			break
		}
		text, _, err := p.tried(ctx, p.models[n], flipped)
		if letters, _ := owned(p.models[n], text); err != nil || letters >= fewLetters {
			return false, err
		}
		if !p.elsewhere() {
			break
		}
	}
	p.wordless = nil
	return true, nil
}

// elsewhere leaves out the columns of which pieces were cut, if there are
// others.
func (p *paper) elsewhere() bool {
	p.wordless = slices.Concat(p.wordless, p.sampling)
	return slices.ContainsFunc(p.sheet.Lines, p.holdsWords)
}

// holdsWords reports a line that stands in no column of figures.
func (p *paper) holdsWords(l ink.Line) bool {
	return !slices.ContainsFunc(p.wordless, func(o ink.Line) bool { return o.X0 < l.X1 && l.X0 < o.X1 })
}

// summed is all text and the mean confidence over its characters.
func summed(words []found) (string, float64) {
	var text strings.Builder
	n, sum := 0, 0.0
	for _, w := range words {
		text.WriteString(w.text)
		k := utf8.RuneCountInString(w.text)
		n, sum = n+k, sum+float64(k)*w.confidence
	}
	return text.String(), sum / float64(max(n, 1))
}

// pieces cuts the beginnings of three lines: long ones, from the upper, middle
// and lower part of the page.
func (p *paper) pieces(model string, flipped bool) (all []*image.Gray) {
	const parts, wide = 3, 22 // letters' heights
	lines := p.sheet.Lines
	p.sampling = nil
	if len(p.wordless) > 0 {
		lines = slices.DeleteFunc(slices.Clone(lines), func(l ink.Line) bool { return !p.holdsWords(l) })
	}
	for k := range parts {
		part := lines[k*len(lines)/parts : (k+1)*len(lines)/parts]
		if len(part) == 0 {
			continue
		}
		longest := slices.MaxFunc(part, func(a, b ink.Line) int { return min(a.Letters, 20) - min(b.Letters, 20) })
		p.sampling = append(p.sampling, longest)
		longest.X1 = min(longest.X1, longest.X0+wide*p.sheet.High)
		all = append(all, p.sheet.CutWithin(longest, flipped, marginOf(model)).Picture)
	}
	return all
}

// lines reads every line by itself.
func (p *paper) lines(ctx context.Context, w way) (result, error) {
	r := result{width: p.width, height: p.height}
	lines := p.sheet.Lines[:min(len(p.sheet.Lines), maxLines)]
	strips, pictures := make([]ink.Strip, len(lines)), make([]*image.Gray, len(lines))
	for i, l := range lines {
		strips[i] = p.sheet.CutWithin(l, w.flipped, marginOf(w.model))
		pictures[i] = strips[i].Picture
	}
	words, err := p.engine.read(ctx, pictures, w.model, rawLine)
	if err != nil {
		return r, err
	}
	known, all := surely(words)
	p.held = !p.sampled && 3*known < all
	if known > 0 && !p.held {
		if words, err = p.mend(ctx, w.model, pictures, words); err != nil {
			return r, err
		}
	}
	text, _ := summed(words)
	of := make([][]found, len(lines))
	for _, f := range words {
		of[f.page] = append(of[f.page], f)
	}
	if w.model != packModel { // which says itself where each character is, and knows its commas
		p.written(w.model, lines, strips, of)
	}
	for cell, place := range p.sheet.Order(rightToLeft(text), w.flipped) {
		if place.Line >= len(of) {
			continue
		}
		for _, f := range of[place.Line] {
			r.words = append(r.words, word{text: f.text, goesOn: f.goesOn, row: place.Row, cell: cell, confidence: f.confidence,
				high: pictures[place.Line].Rect.Dy() / 2, box: p.sheet.Seen(strips[place.Line].Box(f.box))})
		}
	}
	return r, nil
}

// written mends what Tesseract gives for the words of lines: their letters and
// signs, and where Han characters stand.
func (p *paper) written(model string, lines []ink.Line, strips []ink.Strip, of [][]found) {
	for i := range of {
		spelled(model, of[i])
		if model == "uig" {
			vowels(of[i])
		}
	}
	p.commas(lines, strips, of)
	for i := range of {
		of[i] = placed(of[i], strips[i].Picture)
	}
}

// whole reads the page as one picture, laid straight, and leaves the finding
// of lines to the engine.
func (p *paper) whole(ctx context.Context, w way) (result, error) {
	r := result{width: p.width, height: p.height}
	straight := p.sheet.Straight(w.flipped)
	words, err := p.engine.read(ctx, []*image.Gray{straight.Picture}, w.model, wholePage)
	if err != nil {
		return r, err
	}
	rows := 0
	for i, f := range words {
		if i > 0 && f.line != words[i-1].line {
			rows++
		}
		r.words = append(r.words, word{text: f.text, row: rows, confidence: f.confidence,
			high: f.box.Dy(), box: p.sheet.Seen(straight.Box(f.box))})
	}
	return r, nil
}
