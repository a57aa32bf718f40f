// Package match finds names in text and in bytes, in whatever disguise: other
// scripts, look-alike letters, invisible characters, broken lines, encodings,
// and the errors of OCR. What is surely the name is exact; what a person must
// look at is review. It decides nothing else.
//
// Text and names are folded alike to a row of letters without marks, spaces
// and punctuation. One automaton finds all names, and pieces of them, in one
// pass; pieces are then held against the whole name by edit distance.
package match

import (
	"cmp"
	"slices"
)

// Person is whom to look for: a number, and every form of the name.
type Person struct {
	ID     string
	Forms  []string
	Unsure []string // forms that the name may have: all their hits are for review
}

// Certainty says what a hit is worth.
type Certainty string

// The certainties.
const (
	Exact  Certainty = "exact"  // the name, or a disguise of it
	Review Certainty = "review" // may be it: a person must look
)

// Hit is a place where a name stands.
type Hit struct {
	Person     string
	Start, End int // bytes of the text
	Certainty  Certainty
	How        string // name, reversed, parted, ending, inside, near, part, initials, spelling, split, encoded
}

// List is all names to look for. Nothing changes it.
type List struct {
	forms     []form
	machine   *automaton
	initials  map[rune][]*form // by the first letter
	adjoin    map[[2]rune]bool // letters that stand beside each other in a form
	countries countries
}

// form is one folded name.
type form struct {
	person  string
	letters []rune
	breaks  []bool    // a space or punctuation stood before the letter
	first   []initial // of each word
	kind    kind
	han     bool
	unsure  bool
}

// kind is what a pattern of the automaton stands for.
type kind uint8

const (
	whole kind = iota
	backward
	part
)

// Findable tells whether a name is long enough to be looked for: two Han
// characters, or three letters.
func Findable(name string) bool {
	f := foldName(name)
	return len(f.letters) >= 3 || len(f.letters) == 2 && f.han
}

// New prepares to look for people. Forms that are not findable are left out.
func New(people []Person) *List {
	l := &List{countries: newCountries()}
	seen := map[string]bool{}
	add := func(f form) {
		key := f.person + string(rune('0'+f.kind)) + string(f.letters)
		if len(f.letters) >= 2 && !seen[key] {
			seen[key] = true
			l.forms = append(l.forms, f)
		}
	}
	for _, p := range people {
		for i, name := range slices.Concat(p.Forms, p.Unsure) {
			if !Findable(name) {
				continue
			}
			f := foldName(name)
			f.person, f.unsure = p.ID, i >= len(p.Forms)
			add(f)
			if f.unsure {
				continue
			}
			add(backwards(name, p.ID))
			for _, piece := range f.parts() {
				add(piece)
			}
		}
	}
	l.machine, l.adjoin = build(l.forms), neighbours(l.forms)
	l.learnInitials()
	return l
}

// Empty tells that there is nobody to look for.
func (l *List) Empty() bool { return l == nil || len(l.forms) == 0 }

// backwards is a name as it is folded when its characters are turned round:
// what looks like one letter forwards may be two then.
func backwards(name, person string) form {
	f := foldName(turnedRound(name))
	f.person, f.kind, f.first = person, backward, nil
	return f
}

// partLetters is the least of a word that is looked for by itself, and partHan
// that of Han characters between middle dots.
const (
	partLetters = 5
	partHan     = 3
)

// parts are the long words of a name of several.
func (f form) parts() (all []form) {
	least := partLetters
	if f.han {
		least = partHan
	}
	from := 0
	for i := 1; i <= len(f.letters); i++ {
		if i < len(f.letters) && !f.breaks[i] {
			continue
		}
		if i-from >= least && i-from < len(f.letters) {
			all = append(all, form{person: f.person, letters: f.letters[from:i], breaks: make([]bool, i-from), kind: part, han: f.han})
		}
		from = i
	}
	return all
}

// Find gives the places in text where somebody's name stands, in order. Of
// several hits of one person at one place the surest is given.
func (l *List) Find(text string) []Hit {
	if l.Empty() {
		return nil
	}
	f := fold(text)
	hits := l.inLetters(f)
	hits = append(hits, l.inInitials(text)...)
	return surest(hits)
}

// surest sorts hits, and drops those that a surer one of the same person
// overlaps.
func surest(hits []Hit) (kept []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	last := map[string][]Hit{}
	for _, h := range hits {
		if !slices.ContainsFunc(last[h.Person], func(k Hit) bool { return h.Start < k.End && k.Start < h.End }) {
			last[h.Person] = append(last[h.Person], h)
			kept = append(kept, h)
		}
	}
	slices.SortFunc(kept, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Person, b.Person))
	})
	return kept
}

func rank(h Hit) int {
	if h.Certainty == Exact {
		return 0
	}
	return 1 + slices.Index([]string{"parted", "inside", "spelling", "near", "encoded", "split", "part", "initials"}, h.How)
}
