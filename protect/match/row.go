package match

import "strings"

// Row looks through pages that follow each other: on each, and over the
// borders between them. What stands over a border is a hit on both pages, with
// how split. A page without a word is no page: the text goes on behind it.
type Row[P any] struct {
	List    *List
	Page    int                  // look at this page only; 0 is all
	Borders bool                 // look for what stands over borders only
	Yield   func(P, []Hit) error // is given each page in turn that has hits

	held   bool // the rest is of the last page that had words
	number int
	page   P
	text   string
	hits   []Hit
}

// Add takes the next page.
func (r *Row[P]) Add(number int, page P, text string) error {
	if strings.TrimSpace(text) == "" || r.Page > 0 && r.held && r.number > r.Page {
		return nil
	}
	var hits []Hit
	if !r.Borders && (r.Page == 0 || r.Page == number) {
		hits = append(r.List.Find(text), r.List.encoded(text)...)
	}
	if r.held && (r.Page == 0 || number >= r.Page && r.number <= r.Page) {
		for _, s := range r.List.Over(r.text, text) {
			one, two := s.Halves()
			r.hits, hits = append(r.hits, one), append(hits, two)
		}
	}
	if err := r.End(); err != nil {
		return err
	}
	r.held, r.number, r.page, r.text, r.hits = true, number, page, text, hits
	return nil
}

// End gives the last page, which nothing follows.
func (r *Row[P]) End() error {
	if r.held && len(r.hits) > 0 {
		r.held = false
		return r.Yield(r.page, surest(r.hits))
	}
	return nil
}

// Halves gives a split name as a hit on each of the two pages.
func (s Split) Halves() (first, second Hit) {
	first = Hit{s.Person, s.First.Start, s.First.End, s.Certainty, "split"}
	second = first
	second.Start, second.End = s.Second.Start, s.Second.End
	return first, second
}

// Gap is a name that begins in one of several texts in a row and ends in a
// later one.
type Gap struct {
	Split
	At int // of the texts, from 0: where it begins, or one before that
}

// behind is how much of a text counts beside a gap: a name, and lines that do
// not belong.
const behind = 2048

// Between gives the names that stand over the gaps of texts in a row: a few of
// the texts, or of their lines, may not belong to what goes on.
func (l *List) Between(texts []string) (all []Gap) {
	var last []string // up to the gap
	for i := range texts {
		if strings.TrimSpace(texts[i]) == "" {
			continue
		}
		if len(last) > 0 {
			var next []string
			for _, t := range texts[i:min(i+2*edgeLines, len(texts))] {
				next = append(next, strings.ToValidUTF8(t[:min(behind, len(t))], ""))
			}
			for _, s := range l.Over(strings.Join(last, "\n"), strings.Join(next, "\n")) {
				all = append(all, Gap{s, i - 1})
			}
		}
		last = append(last, begun(texts[i][max(len(texts[i])-behind, 0):]))
		last = last[max(len(last)-edgeLines-1, 0):]
	}
	return all
}
