package search

import "errors"

// Answerable refuses what no index can answer: a query without terms, a prefix
// that is not the last term of its clause, a window that begins before the
// ranking. Every index asks it first.
func Answerable(q Query, w Window) error {
	if w.Limit < 0 || w.Offset < 0 {
		return errors.New("the window is negative")
	}
	if len(q.All) == 0 {
		return errors.New("the query has no clause")
	}
	for _, c := range q.All {
		if len(c.Terms) == 0 {
			return errors.New("a clause has no terms")
		}
		for i, t := range c.Terms {
			if t.Text == "" || t.Prefix && i < len(c.Terms)-1 {
				return errors.New("a clause has a term that cannot be looked for")
			}
		}
	}
	return nil
}
