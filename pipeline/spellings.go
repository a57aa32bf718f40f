package pipeline

import (
	"context"
	"slices"
	"strings"

	"vidimus/archive"
	"vidimus/search"
	"vidimus/writing"
)

// AddSpelling keeps forms as those of one name in this case.
func AddSpelling(ctx context.Context, c *archive.Case, forms []string) (s archive.Spelling, err error) {
	err = c.Do(ctx, func(w *archive.Work) error {
		s, err = w.AddSpelling(forms)
		return err
	})
	return s, err
}

// RemoveSpelling forgets one.
func RemoveSpelling(ctx context.Context, c *archive.Case, number int64) error {
	return c.Do(ctx, func(w *archive.Work) error { return w.RemoveSpelling(number) })
}

// Spellings gives the case's own.
func Spellings(ctx context.Context, records search.Viewer) (all []archive.Spelling, err error) {
	err = records.View(ctx, func(tx archive.Tx) error {
		all, err = archive.Spellings(tx)
		return err
	})
	return all, err
}

// Expander gives other forms of words for a search in this case: the case's
// own spellings first, then those of the tables and rules of writing.
func Expander(ctx context.Context, records search.Viewer) (search.Expander, error) {
	own, err := Spellings(ctx, records)
	if err != nil {
		return nil, err
	}
	byForm := make(map[string][]archive.Spelling)
	for _, s := range own {
		for _, f := range s.Forms {
			byForm[writing.Fold(f)] = append(byForm[writing.Fold(f)], s)
		}
	}
	return func(form string) []search.Form {
		var all []search.Form
		for _, s := range byForm[writing.Fold(form)] {
			for _, f := range s.Forms {
				if f != form {
					all = append(all, search.Form{Text: f, Why: f + " = " + form + ", this case's spelling", Own: true})
				}
			}
		}
		return append(all, search.OtherForms(form)...)
	}, nil
}

// NameForm is a form of a name that was asked for, and on how many pages of
// the case it stands.
type NameForm struct {
	Form, Script, Source string
	Count                int
}

// HeldForms gives the forms of the name typed that this case holds, the most
// frequent first: of this name and of no other.
func HeldForms(ctx context.Context, c *archive.Case, index search.Index, name string) ([]NameForm, error) {
	own, err := Spellings(ctx, c)
	if err != nil {
		return nil, err
	}
	n := counting{ctx: ctx, index: index}
	n.try(name, "typed")
	for _, s := range own {
		if slices.ContainsFunc(s.Forms, func(f string) bool { return writing.Fold(f) == writing.Fold(name) }) {
			for _, f := range s.Forms {
				n.try(f, "this case's spelling")
			}
		}
	}
	for _, e := range writing.Expand(name) {
		_, why, _ := strings.Cut(e.Why, ", ")
		n.try(e.Text, why)
	}
	for _, f := range writing.NameForms(name) {
		n.try(f.Text, f.Source)
	}
	n.han(name)
	slices.SortStableFunc(n.found, func(a, b NameForm) int { return b.Count - a.Count })
	return n.found, n.err
}

// counting asks an index for forms, each once.
type counting struct {
	ctx   context.Context
	index search.Index
	found []NameForm
	seen  map[string]bool
	err   error
}

func (n *counting) try(form, source string) {
	count, asked := n.pages(form)
	if asked && count > 0 {
		n.found = append(n.found, NameForm{form, writing.ScriptOf(form), source, count})
	}
}

// pages gives on how many pages a form stands; asked is false where the same
// words were asked for before.
func (n *counting) pages(form string) (count int, asked bool) {
	key := writing.Fold(form)
	if n.err != nil || n.seen[key] {
		return 0, false
	}
	if n.seen == nil {
		n.seen = make(map[string]bool)
	}
	n.seen[key] = true
	q, err := search.Parse(`"` + strings.NewReplacer(`"`, " ", "“", " ", "”", " ").Replace(form) + `"`)
	if err != nil {
		return 0, false // no word in it
	}
	found, err := n.index.Query(n.ctx, q, search.Window{Limit: 1})
	if err != nil {
		n.err = err
		return 0, false
	}
	return found.Total, true
}

// han looks for the characters that a Chinese name in letters can have: first
// for pairs, then for what goes on from those that the case holds.
func (n *counting) han(name string) {
	for _, said := range writing.HanCandidates(name) {
		starts := said[0]
		for i, next := range said[1:] {
			var longer []string
			for _, s := range starts {
				for _, r := range next {
					form := s + r
					if count, asked := n.pages(form); asked && count > 0 {
						longer = append(longer, form)
						if i == len(said)-2 {
							n.found = append(n.found, NameForm{form, writing.ScriptOf(form), "read so", count})
						}
					}
				}
			}
			starts = longer
		}
	}
}
