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

// Bounds of what is read again with the model of another script.
const (
	uncertain = 70  // percent; words below it may be of another script
	shortest  = 3   // characters
	mostMends = 400 // of a page
	gain      = 15  // percent that the other model must be surer by
)

// piece is neighbouring words of one line that are in doubt.
type piece struct {
	from, to  int // of the words
	box       image.Rectangle
	anyScript bool // it is most of its line, and may be of any script
	telling   bool // it is reason enough to try them
}

// mend reads again what is in doubt with the models of other scripts: names in
// Latin letters in a Kazakh line, or a line of Uyghur on a Chinese page. What
// another model is much surer of, in its own letters, takes the place.
func (p *paper) mend(ctx context.Context, model string, lines []*image.Gray, words []found) ([]found, error) {
	pieces := doubts(model, words, lines)
	if len(pieces) == 0 || len(pieces) > mostMends {
		return words, nil
	}
	better := make([][]found, len(pieces))
	for _, other := range p.others(model, pieces) {
		which := triedWith(other, pieces)
		crops := make([]*image.Gray, len(which))
		for n, i := range which {
			crops[n] = crop(lines[words[pieces[i].from].page], pieces[i].box)
		}
		again, err := p.engine.read(ctx, crops, other, rawLine)
		if err != nil {
			return words, err
		}
		for n, i := range which {
			k, got := pieces[i], ofPicture(again, n)
			text, sure := summed(got)
			before := words[k.from:k.to]
			if better[i] != nil {
				before = better[i]
			}
			if _, was := summed(before); sure >= max(was+gain, uncertain) && written(text, writes(other)) && !lookalike(model, text) {
				better[i] = got
			}
		}
	}
	return replaced(words, pieces, better), nil
}

// plainlyLatin are the letters that look like none of Cyrillic.
const plainlyLatin = "dfgijlqsvwzDFGJLNQRSUVWZ"

// lookalike reports text in Latin letters all of which Cyrillic words have
// too, by their looks: the Russian for "from" read as oT.
func lookalike(model, text string) bool {
	return writes(model) == ink.Cyrillic && written(text, ink.Latin) && !strings.ContainsAny(text, plainlyLatin)
}

// triedWith gives the pieces that are read with another model: words in a line
// that is else surely read may be Latin, and in no other script. The name Cohen
// with a footnote's mark looks more like Cyrillic letters than like itself.
func triedWith(other string, pieces []piece) (which []int) {
	for i, k := range pieces {
		if k.anyScript || writes(other) == ink.Latin {
			which = append(which, i)
		}
	}
	return which
}

// others gives the models to try: the one of each other script that suited
// last, but only Latin's where no piece is reason to try more.
func (p *paper) others(model string, pieces []piece) (all []string) {
	every := slices.ContainsFunc(pieces, func(k piece) bool { return k.telling })
	seen := map[ink.Writing]bool{writes(model): true}
	for _, m := range p.models {
		if w := writes(m); !seen[w] && (every || w == ink.Latin) {
			seen[w] = true
			all = append(all, m)
		}
	}
	return all
}

// doubts gathers words that are in doubt into pieces; a line that is in doubt
// as a whole is one.
func doubts(model string, words []found, lines []*image.Gray) (all []piece) {
	for i := 0; i < len(words); {
		line := lines[words[i].page].Rect
		if end := endOfLine(words, i); i == 0 || words[i-1].page != words[i].page {
			if text, mean := summed(words[i:end]); mean < uncertain-5 && !(genuine(model, text) && mean >= uncertain/3) {
				all = append(all, pieceOf(model, words, i, end, line, true))
				i = end
				continue
			}
		}
		j, n := i, 0
		var box image.Rectangle
		for ; j < len(words) && words[j].page == words[i].page && words[j].confidence < uncertain && !genuine(model, words[j].text); j++ {
			box, n = box.Union(words[j].box), n+utf8.RuneCountInString(words[j].text)
		}
		if n >= shortest && !box.Empty() && !covers(box, words, i, j) {
			box = image.Rect(box.Min.X-line.Dy()/6, 0, box.Max.X+line.Dy()/6, line.Max.Y).Intersect(line)
			all = append(all, pieceOf(model, words, i, j, box, 5*box.Dx() > 3*line.Dx()))
		}
		i = max(j, i+1)
	}
	return all
}

// covers reports a box that lies over other words of the line as well: the
// engine is not sure where a word ends that it hardly sees.
func covers(box image.Rectangle, words []found, from, to int) bool {
	for i, w := range words {
		beside := w.page == words[from].page && (i < from || i >= to)
		if beside && 2*(min(box.Max.X, w.box.Max.X)-max(box.Min.X, w.box.Min.X)) > w.box.Dx() {
			return true
		}
	}
	return false
}

func pieceOf(model string, words []found, from, to int, box image.Rectangle, most bool) piece {
	may := most && ofAnyScript(model, words[from:to])
	return piece{from, to, box, may, may && telling(model, words[from:to], box)}
}

// ofAnyScript reports that words may be of any script: most of them are in
// doubt, and none of some length is surely read.
func ofAnyScript(model string, words []found) bool {
	const long = 4
	all, unsure := 0, 0
	for _, w := range words {
		if lettersIn(w.text) >= long && w.confidence >= sureOf(model) && written(w.text, writes(model)) {
			return false
		}
		n := utf8.RuneCountInString(w.text)
		if all += n; w.confidence < uncertain {
			unsure += n
		}
	}
	return 5*unsure >= 3*all
}

// telling reports words that are reason enough to try all models: no page's
// number or mark. Every model tried costs a tenth to a fifth of a page, and a report has
// such on each.
func telling(model string, words []found, box image.Rectangle) bool {
	const narrow, few = 3, 4 // heights of the strip; letters
	letters := 0
	for _, w := range words {
		letters += lettersIn(w.text)
	}
	return box.Dx() >= narrow*box.Dy() && (letters >= few || writes(model) != ink.Latin) // whose model takes all letters for its own
}

func lettersIn(text string) (n int) {
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// genuine reports text that is in a model's own script beyond doubt, however
// unsure its letters are: the models of Arabic letters give what is in another
// as figures and signs, those of Han as Latin letters. Those of alphabets give
// their own letters for any other.
func genuine(model, text string) bool {
	own := writes(model)
	if own != ink.Arabic && own != ink.Han {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool {
		return letterOf(r) != own && !strings.ContainsRune(ends, r)
	})
}

// ends are the signs that words in Arabic letters and Han stand between.
const ends = ".,:;!?-،؛؟«»‹›()。，、：；！？“”《》（）"

// endOfLine is the first word after those of the same line.
func endOfLine(words []found, i int) int {
	n := slices.IndexFunc(words[i:], func(w found) bool { return w.page != words[i].page })
	if n < 0 {
		return len(words)
	}
	return i + n
}

// surely gives how many characters of a page are in lines that are surely read,
// and how many there are.
func surely(words []found) (known, all int) {
	for i := 0; i < len(words); i = endOfLine(words, i) {
		text, mean := summed(words[i:endOfLine(words, i)])
		n := utf8.RuneCountInString(text)
		all += n
		if mean >= sure && n > 5 {
			known += n
		}
	}
	return known, all
}

func crop(m *image.Gray, r image.Rectangle) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		copy(out.Pix[y*out.Stride:(y+1)*out.Stride], m.Pix[(r.Min.Y+y)*m.Stride+r.Min.X:])
	}
	return out
}

func ofPicture(words []found, n int) (some []found) {
	for _, w := range words {
		if w.page == n {
			some = append(some, w)
		}
	}
	return some
}

// written reports text of which most letters are in a script.
func written(text string, w ink.Writing) bool {
	n := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("0123456789", r):
		case letterOf(r) == w:
			n++
		case letterOf(r) != "":
			n--
		}
	}
	return n > 1
}

// replaced puts the better readings in place, on the lines of what they stand for.
func replaced(words []found, pieces []piece, better [][]found) (all []found) {
	at := 0
	for i, k := range pieces {
		if better[i] == nil {
			continue
		}
		all = append(all, words[at:k.from]...)
		for _, w := range better[i] {
			w.page, w.line, w.box = words[k.from].page, words[k.from].line, w.box.Add(k.box.Min)
			all = append(all, w)
		}
		at = k.to
	}
	return append(all, words[at:]...)
}
