package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"

	"vidimus"
	"vidimus/read/ocr/ink"
	"vidimus/read/ocr/pack"
	"vidimus/read/ocr/ppocr"
)

// packModel is an installed pack among the models of languages: it reads Han
// in the place of packFor, and nothing else.
const (
	packModel = pack.Engine
	packFor   = "chi_sim"
)

const (
	// packLines is how many lines one process reads; it takes a tenth of a
	// second for each.
	packLines = 200
	// foreign is how sure, in percent, a pack may be of letters that are not
	// Han. It reads Latin without its spaces and takes Cyrillic for Latin, and
	// is sure of both, so another model is asked.
	foreign = 60
)

// With has pages and lines of Han read by an installed pack, once it has
// answered inside its walls.
func (e *Engine) With(ctx context.Context, p pack.Pack) error {
	with := &Engine{walls: e.walls, pack: p}
	if _, err := with.askPack(ctx, ppocr.OneLine, nil); err != nil {
		return vidimus.WithHint(fmt.Errorf("try the OCR pack inside its walls: %w", err), "`vidimus ocr remove` removes it; Tesseract reads Chinese then")
	}
	e.pack = p
	e.languages = slices.DeleteFunc(slices.Clone(e.languages), func(m string) bool { return m == packFor })
	e.languages = slices.Insert(e.languages, 0, packModel)
	e.recent = slices.Clone(e.languages)
	return nil
}

// PackName names a pack as producers do: the engine, its version, and the
// beginning of the pack's digest; "" where there is none.
func PackName(p pack.Pack) string {
	if p.Digest == "" {
		return ""
	}
	return p.Engine + " " + p.Version + " " + p.Digest[:12]
}

// readPacked is read by the pack.
func (e *Engine) readPacked(ctx context.Context, pictures []*image.Gray, mode string) (words []found, err error) {
	kind := ppocr.OneLine
	if mode == wholePage {
		kind = ppocr.WholePage
	}
	first := 0
	for some := range slices.Chunk(pictures, packLines) {
		answers, err := e.askPack(ctx, kind, some)
		if err != nil {
			return nil, err
		}
		for i, a := range answers {
			for n, line := range inOrder(a, some[i].Rect, kind) {
				words = append(words, wordsOf(line, first+i, n)...)
			}
		}
		first += len(some)
	}
	if len(words) > maxWords {
		return nil, &vidimus.Fault{Reason: vidimus.ReaderDied}
	}
	return words, nil
}

// askPack runs the pack's program once.
func (e *Engine) askPack(ctx context.Context, kind ppocr.Kind, pictures []*image.Gray) ([]ppocr.Answer, error) {
	sizes := make([]image.Point, len(pictures))
	for i, m := range pictures {
		sizes[i] = m.Rect.Max
	}
	out, err := e.walls.start(ctx, e.walls.insidePack(e.pack.Dir), bytes.NewReader(ppocr.Ask(kind, pictures)))
	if errors.Is(err, errRefused) {
		return nil, &vidimus.Fault{Reason: vidimus.ReaderDied}
	} else if err != nil {
		return nil, err
	}
	answers, err := ppocr.Answers(out, sizes)
	if err != nil {
		return nil, &vidimus.Fault{Reason: vidimus.ReaderDied}
	}
	return answers, nil
}

// inOrder puts the lines that were found on a page in the order of reading.
func inOrder(lines ppocr.Answer, page image.Rectangle, kind ppocr.Kind) ppocr.Answer {
	if kind == ppocr.OneLine {
		return lines
	}
	lines = slices.DeleteFunc(slices.Clone(lines), func(l []ppocr.Char) bool { return len(l) == 0 })
	boxes := make([]image.Rectangle, len(lines))
	for i, l := range lines {
		for _, c := range l {
			boxes[i] = boxes[i].Union(c.Box)
		}
	}
	ordered := make(ppocr.Answer, 0, len(lines))
	for _, n := range ink.Arrange(boxes) {
		ordered = append(ordered, lines[n])
	}
	return ordered
}

// wordsOf makes words of a line: a Han character is one, and so are letters and
// digits that stand together.
func wordsOf(line []ppocr.Char, page, number int) (words []found) {
	joins := false // the next one may belong to the last word
	for i, c := range line {
		text := clean(string(c.Rune))
		if text == "" {
			joins = false
			continue
		}
		sure := 100 * c.Confidence
		if w := letterOf(c.Rune); w != "" && w != ink.Han {
			sure = min(sure, foreign)
		}
		if alone := unspaced(c.Rune); joins && !alone && !apart(line[i-1], c) {
			w := &words[len(words)-1]
			w.text, w.box, w.confidence = w.text+text, w.box.Union(c.Box), min(w.confidence, sure)
		} else {
			words = append(words, found{text: text, page: page, line: [3]int{0, 0, number}, box: c.Box, confidence: sure})
			joins = !alone
		}
	}
	return words
}

// apart reports a gap as wide as a space.
func apart(a, b ppocr.Char) bool {
	return b.Box.Min.X-a.Box.Max.X > max(a.Box.Dy(), b.Box.Dy())/6
}
