package search

import (
	"slices"

	"vidimus/archive"
)

// Query is a parsed question: a tree whose leaves are clauses.
type Query struct {
	Root    Node // nil only in the zero Query
	Clauses []Clause
}

// Node is All, Any, Not or Leaf.
type Node interface {
	// fits tells whether a page on which these clauses are found is an answer.
	fits(found func(clause int) bool) bool
}

// All wants every one of its nodes, Any one of them, Not the contrary of its
// own. A Leaf is a clause, by its place in Query.Clauses.
type (
	All  []Node
	Any  []Node
	Not  struct{ Node Node }
	Leaf int
)

func (n All) fits(found func(int) bool) bool {
	return !slices.ContainsFunc(n, func(n Node) bool { return !n.fits(found) })
}

func (n Any) fits(found func(int) bool) bool {
	return slices.ContainsFunc(n, func(n Node) bool { return n.fits(found) })
}

func (n Not) fits(found func(int) bool) bool  { return !n.Node.fits(found) }
func (n Leaf) fits(found func(int) bool) bool { return found(int(n)) }

// Clause is one condition: a word, a phrase, a run of Han, with at least one
// way to be met, or a filter.
type Clause struct {
	Ways    []Way
	Filter  *Filter
	Exact   string // only where it is written like this; written
	Pages   *Pages // where that is so, or what a filter asks is stated; Resolve, Stated
	Whole   bool   // all ways are what was typed; WithOfficials
	Added   bool   // other forms of a name that was typed in several words; Expand
	At      int    // where it begins in what was typed, in characters from 0
	Typed   string // as typed
	Negated bool   // a page is an answer for not having it: it is not lit
}

// Way is one form in which a clause is met: a phrase, or several that stand
// near each other in any order.
type Way struct {
	Parts [][]Term
	Near  int // with several parts: the words between one and the last to begin
	// Other and why say what Expand has added: another form, for a reason.
	Other, Why string
}

// Term is one token as package writing gives it.
type Term struct {
	Text   string
	Prefix bool // any token that begins with Text; only the last term of a phrase
	// Pattern, if set, stands for many tokens; Text shows it.
	Pattern *Pattern
}

// MaxForms is how many forms a clause can stand for. A question that needs more
// is an error, never an answer from some of them.
const MaxForms = 1000

// Pages are the numbers of pages, sorted.
type Pages struct {
	Numbers []int64
	rulings *Rulings // that were looked at to tell them; nil where none were
}

// ruled gives the rulings that the pages were told by.
func (p *Pages) ruled(tx archive.Tx) (Rulings, error) {
	if p != nil && p.rulings != nil {
		return *p.rulings, nil
	}
	return RulingsOn(tx, "")
}

func (p *Pages) has(number int64) bool {
	if p == nil {
		return false
	}
	_, there := slices.BinarySearch(p.Numbers, number)
	return there
}

// phrase is the one way of terms that follow each other.
func phrase(terms []Term) []Way { return []Way{{Parts: [][]Term{terms}}} }
