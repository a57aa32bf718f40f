package match

// automaton is that of Aho and Corasick over folded letters: it finds every
// pattern in one pass.
type automaton struct {
	nodes []node
}

type node struct {
	next map[rune]int32
	fail int32
	hits []pattern // that end here
	more int32     // the nearest node behind fail that has hits; 0 is none
}

// pattern is a whole form, or a piece of one.
type pattern struct {
	form   int32
	length int32
	at     int32 // where the piece begins in the form
	whole  bool
}

// build makes the automaton of forms and of the pieces by which near ones are
// found: of k errors at least one of k+1 pieces has none.
func build(forms []form) *automaton {
	a := &automaton{nodes: []node{{}}}
	for i, f := range forms {
		a.add(f.letters, pattern{int32(i), int32(len(f.letters)), 0, true})
		k := f.errors()
		for piece := 0; k > 0 && piece <= k; piece++ {
			from, to := len(f.letters)*piece/(k+1), len(f.letters)*(piece+1)/(k+1)
			a.add(f.letters[from:to], pattern{int32(i), int32(to - from), int32(from), false})
		}
	}
	a.link()
	return a
}

// Lengths, in letters, from which a form is also found with one error, and
// with two. Below anyError the
// first letter and the length must be right.
const (
	oneError  = 5
	anyError  = 8
	twoErrors = 12
)

// errors gives how many letters may be wrong. Han is so dense that two
// characters of three stand together by chance everywhere: see nearHan.
func (f form) errors() int {
	switch {
	case f.kind != whole || f.unsure || f.han && len(f.letters) < 4 || len(f.letters) < oneError && !f.han:
		return 0
	case len(f.letters) >= twoErrors:
		return 2
	}
	return 1
}

func (a *automaton) add(letters []rune, p pattern) {
	at := int32(0)
	for _, r := range letters {
		next, ok := a.nodes[at].next[r]
		if !ok {
			next = int32(len(a.nodes))
			a.nodes = append(a.nodes, node{})
			if a.nodes[at].next == nil {
				a.nodes[at].next = map[rune]int32{}
			}
			a.nodes[at].next[r] = next
		}
		at = next
	}
	a.nodes[at].hits = append(a.nodes[at].hits, p)
}

// link sets where each node goes on when a letter does not fit.
func (a *automaton) link() {
	queue := []int32{0}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for r, next := range a.nodes[at].next {
			fail := int32(0)
			if at != 0 {
				fail = a.step(a.nodes[at].fail, r)
			}
			n := &a.nodes[next]
			n.fail = fail
			n.more = a.nodes[fail].more
			if len(a.nodes[fail].hits) > 0 {
				n.more = fail
			}
			queue = append(queue, next)
		}
	}
}

func (a *automaton) step(at int32, r rune) int32 {
	for {
		if next, ok := a.nodes[at].next[r]; ok {
			return next
		}
		if at == 0 {
			return 0
		}
		at = a.nodes[at].fail
	}
}

// run calls found for every pattern that ends with the letter at i.
func (a *automaton) run(letters []letter, found func(i int, p pattern)) {
	at := int32(0)
	for i := range letters {
		at = a.step(at, letters[i].r)
		for n := at; n != 0; n = a.nodes[n].more {
			for _, p := range a.nodes[n].hits {
				found(i, p)
			}
		}
	}
}
