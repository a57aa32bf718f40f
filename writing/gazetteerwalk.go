package writing

import (
	"slices"
	"unicode/utf8"
)

// PlaceMatch is a place of the gazetteer that stands in a text.
type PlaceMatch struct {
	Span
	Places []*Place // more than one where the name is that of several
}

// placePhrase is a form of a place as the pieces of a text.
type placePhrase struct {
	pieces []string
	place  *Place
}

// longestPlace bounds the pieces of a form.
const longestPlace = 14

func (g *gazetteer) phrase(text string, p *Place) {
	var pieces []string
	for _, x := range lexemes(Simplified(text)) {
		if x.kind != lexPoint {
			pieces = append(pieces, x.text)
		}
	}
	if len(pieces) == 0 || len(pieces) > longestPlace {
		return
	}
	list := g.starts[pieces[0]]
	at := 0
	for at < len(list) && len(list[at].pieces) >= len(pieces) {
		at++
	}
	list = append(list, placePhrase{})
	copy(list[at+1:], list[at:])
	list[at] = placePhrase{pieces, p}
	g.starts[pieces[0]] = list
	if len(pieces) == 1 {
		g.heads[head(pieces[0])] = true
	}
}

// Places finds the places of the gazetteer in a text, the longest form first,
// with the endings that words take. It goes once over the text.
func Places(text string) []PlaceMatch { return Parted(text).Places() }

// Places finds the places of the text, as the function does.
func (t *Parts) Places() []PlaceMatch {
	g := theGazetteer()
	c := simplifiedPieces(t.pieces)
	var all []PlaceMatch
	for i := 0; i < len(c); {
		places, end := g.placeAt(c, i)
		if end == i {
			i++
			continue
		}
		all = append(all, PlaceMatch{Span{c[i].Start, c[end-1].End}, places})
		i = end
	}
	return all
}

// placeAt gives the places whose form is the longest at i.
func (g *gazetteer) placeAt(c cursor, i int) (places []*Place, end int) {
	if c[i].kind != lexHan && c[i].kind != lexWord {
		return nil, i
	}
	end = i
	try := func(list []placePhrase, stem bool) {
		for _, p := range list {
			if stem && len(p.pieces) > 1 {
				continue
			}
			at := matchPieces(c, i, p.pieces, stem)
			if at == 0 || at < end {
				continue
			}
			if at > end {
				places, end = nil, at
			}
			places = append(places, p.place)
		}
	}
	try(g.starts[c[i].text], false)
	if end == i && c[i].kind == lexWord && g.heads[head(c[i].text)] {
		for _, stem := range NameStems(c[i].text) {
			if try(g.starts[stem], true); end > i {
				break
			}
		}
	}
	return distinct(places), end
}

// simplifiedPieces writes Han in simplified characters; where none stands in
// another form, it gives the pieces themselves.
func simplifiedPieces(pieces []lexeme) []lexeme {
	han, copied := hanCharacters(), false
	for i := range pieces {
		if pieces[i].kind != lexHan {
			continue
		}
		r, _ := utf8.DecodeRuneInString(pieces[i].text)
		s := han.simplify(r)
		if s == r {
			continue
		}
		if !copied {
			pieces, copied = slices.Clone(pieces), true
		}
		pieces[i].text = string(s)
	}
	return pieces
}

// head is how a word begins: NameStems leaves so much of it at least.
func head(word string) string {
	n := 0
	for i := range word {
		if n == shortestStem {
			return word[:i]
		}
		n++
	}
	return word
}

// distinct leaves each place once.
func distinct(places []*Place) []*Place {
	var kept []*Place
	for _, p := range places {
		known := false
		for _, k := range kept {
			known = known || k == p
		}
		if !known {
			kept = append(kept, p)
		}
	}
	return kept
}

// matchPieces gives the index after a form that stands at i, or 0. Between
// its words may stand hyphens and apostrophes; the last can have an ending.
func matchPieces(c cursor, i int, pieces []string, stem bool) int {
	if stem {
		return i + 1
	}
	for n, piece := range pieces {
		for n > 0 && c.is(i, "-", "'") && c.tight(i) {
			i++
		}
		x := c.at(i)
		if n > 0 && x.space > 2 {
			return 0
		}
		if x.text != piece && !(n > 0 && n == len(pieces)-1 && x.kind == lexWord && hasStem(x.text, piece)) {
			return 0
		}
		i++
	}
	return i
}

func hasStem(word, piece string) bool {
	for _, s := range NameStems(word) {
		if s == piece {
			return true
		}
	}
	return false
}
