package main

import (
	"context"
	"strings"

	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/match"
)

// lookFor has an examination look for protected people: in files, in what OCR
// reads on pictures, in how words on pictures look, over the gaps of its texts,
// and over the borders of the pages that it was made of. Where the case has no
// list there is nobody to look for.
func lookFor(ctx context.Context, c *console, d *desk, plan protect.Plan, cleared protect.Cleared, x *protect.Examination) error {
	has, err := d.HasVault(ctx)
	if err != nil || !has {
		return err
	}
	list, err := d.people(ctx, c)
	if err != nil {
		return err
	}
	m := list.Matcher()
	x.Find, x.Between = finder(m), between(m)
	if x.Words, err = pictureWords(ctx, cleared); err != nil {
		return err
	}
	if x.Spot, err = pictureSpots(ctx, d, cleared, list); err != nil {
		return err
	}
	e, err := cleared.Edition()
	if err != nil {
		return err
	}
	marks, err := pipeline.SplitMarks(ctx, d.Case, m, plan, e)
	x.Marks = append(x.Marks, marks...)
	return err
}

// between gives what looks for people over the gaps of texts in a row.
func between(m *match.List) func([]string) []protect.Found {
	return func(texts []string) (found []protect.Found) {
		for _, g := range m.Between(texts) {
			found = append(found, protect.Found{Person: g.Person, Sure: g.Certainty == match.Exact, How: "over a gap, " + g.How, At: g.At})
		}
		return found
	}
}

// finder gives what looks for people in a file of an edition, in its name and in
// every view of its bytes.
func finder(m *match.List) func(string, []byte) ([]protect.Found, error) {
	return func(path string, b []byte) (found []protect.Found, err error) {
		for _, h := range m.Find(strings.ToValidUTF8(path, ";")) {
			found = append(found, protect.Found{Person: h.Person, Sure: h.Certainty == match.Exact, How: "file name, " + h.How})
		}
		hits, err := m.FindBytes(b, match.Streams)
		for _, h := range hits {
			found = append(found, protect.Found{Person: h.Person, Sure: h.Certainty == match.Exact, How: h.View + ", " + h.How})
		}
		return found, err
	}
}
