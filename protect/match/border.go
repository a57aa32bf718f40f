package match

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Around the border of two pages stand lines that do not belong to the text
// that goes on over it: page numbers, headers, footers, marks of secrecy. A
// name whose halves they part is found by leaving out up to so many of them on
// either side; a name reaches over so many bytes of a page at most.
const (
	edgeLines = 5
	reach     = 256
)

// Border is the end of one page put together with the beginning of the next,
// some lines between them left out.
type Border struct {
	Text          string
	cut           int // where the first page ends in Text, with a line's end
	first, second int // of the pages: where Text begins on one, and goes on on the other
	left          int // lines left out
}

// Range is a stretch of a page's text.
type Range struct{ Start, End int }

// Borders gives each way to put two pages together, the plain one first.
func Borders(before, after string) iter.Seq[Border] {
	return func(yield func(Border) bool) {
		heads := heads(after)
		for above, end := range ends(before) {
			tail := begun(before[max(end-reach, 0):end])
			for below, start := range heads {
				head := strings.ToValidUTF8(after[start:min(start+reach, len(after))], "")
				if !yield(Border{tail + "\n" + head, len(tail), end - len(tail), start, above + below}) {
					return
				}
			}
		}
	}
}

// begun drops the rest of a character that a cut has parted.
func begun(text string) string {
	for len(text) > 0 && !utf8.RuneStart(text[0]) {
		text = text[1:]
	}
	return text
}

// ends are the bytes at which the last lines of a page end, the last first,
// and heads those at which the first begin; of lines that have anything.
func ends(page string) (all []int) {
	for end := len(page); end > 0 && len(all) <= edgeLines; {
		start := strings.LastIndexByte(page[:end], '\n') + 1
		if t := strings.TrimRightFunc(page[start:end], unicode.IsSpace); t != "" {
			all = append(all, start+len(t))
		}
		end = start - 1
	}
	return all
}

func heads(page string) (all []int) {
	for at := 0; at < len(page) && len(all) <= edgeLines; {
		line, _, _ := strings.Cut(page[at:], "\n")
		if t := strings.TrimLeftFunc(line, unicode.IsSpace); t != "" {
			all = append(all, at+len(line)-len(t))
		}
		at += len(line) + 1
	}
	return all
}

// Halves gives what of a stretch of Text lies on either page; ok is false
// where it lies on one of them alone.
func (b Border) Halves(start, end int) (first, second Range, ok bool) {
	return Range{b.first + start, b.first + b.cut}, Range{b.second, b.second + end - b.cut - 1}, start < b.cut && end > b.cut+1
}

// Split is a name that begins on one page and ends on the next.
type Split struct {
	Hit           // where both are put together: its places say nothing
	First, Second Range
}

// Over gives the names that stand over the border of two pages. What is only
// near to a name counts where nothing is left out: else chance makes too many.
func (l *List) Over(before, after string) (all []Split) {
	if l.Empty() {
		return nil
	}
	last, first := map[int]rune{}, map[int]rune{} // letters beside the border
	for b := range Borders(before, after) {
		if b.left > 0 && !l.adjoin[[2]rune{letterAt(last, b.first+b.cut, b.Text[:b.cut], true), letterAt(first, b.second, b.Text[b.cut:], false)}] {
			continue // no name goes on so: most ways, and Find costs more
		}
		for _, h := range l.Find(b.Text) {
			one, two, ok := b.Halves(h.Start, h.End)
			if s := (Split{h, one, two}); ok && (b.left == 0 || h.Certainty == Exact || h.How == "spelling") && !slices.ContainsFunc(all, s.within) {
				all = append(all, s)
			}
		}
	}
	return slices.DeleteFunc(all, func(s Split) bool {
		return s.Certainty != Exact && slices.ContainsFunc(all, func(o Split) bool { return o.Person == s.Person && o.Certainty == Exact })
	})
}

func (s Split) within(o Split) bool {
	return s.Person == o.Person && s.Certainty == o.Certainty && s.First == o.First && s.Second == o.Second
}

// letterAt folds the letter beside a border, once for each place.
func letterAt(known map[int]rune, at int, text string, last bool) rune {
	if r, ok := known[at]; ok {
		return r
	}
	const few = 48
	r := rune(0)
	if last {
		text = begun(text[max(len(text)-few, 0):])
	} else {
		text = text[:min(few, len(text))]
	}
	if f := fold(text).letters; len(f) > 0 && last {
		r = f[len(f)-1].r
	} else if len(f) > 0 {
		r = f[0].r
	}
	known[at] = r
	return r
}

// neighbours are the letters that stand beside each other in a form.
func neighbours(forms []form) map[[2]rune]bool {
	all := map[[2]rune]bool{}
	for _, f := range forms {
		for i := 1; i < len(f.letters); i++ {
			all[[2]rune{f.letters[i-1], f.letters[i]}] = true
		}
	}
	return all
}
