package match

import "strings"

// encoded gives names that stand in a page's text as percent signs, base64,
// digits or entities. Where exactly cannot be told: the hit is the line, or the
// whole page where a line's end lies in it.
func (l *List) encoded(text string) (all []Hit) {
	if len(l.decoded(text)) == 0 {
		return nil
	}
	for start := 0; start < len(text); {
		line, _, _ := strings.Cut(text[start:], "\n")
		for _, h := range l.decoded(line) {
			h.Start, h.End, h.How = start, start+len(line), "encoded"
			all = append(all, h)
		}
		start += len(line) + 1
	}
	for _, h := range l.decoded(text) {
		if !hasPerson(all, h) {
			h.Start, h.End, h.How = 0, len(text), "encoded"
			all = append(all, h)
		}
	}
	return all
}

func hasPerson(all []Hit, h Hit) bool {
	for _, k := range all {
		if k.Person == h.Person && rank(k) <= rank(h) {
			return true
		}
	}
	return false
}

// decoded gives who is named in what a text decodes to, also twice over; their
// places say nothing.
func (l *List) decoded(text string) (all []Hit) {
	for _, d := range decoders {
		for _, plain := range d.decode(text) {
			all = append(all, l.Find(plain)...)
			for _, again := range decoders {
				for _, t := range again.decode(plain) {
					all = append(all, l.Find(t)...)
				}
			}
		}
	}
	return all
}
