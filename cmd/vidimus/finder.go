package main

import (
	"context"
	"strings"

	"vidimus/protect"
	"vidimus/protect/match"
)

// lookFor has an examination look for protected people: in files, in what OCR
// reads on pictures, and in how words on pictures look. Where the case has no
// list there is nobody to look for.
func lookFor(ctx context.Context, c *console, d *desk, cleared protect.Cleared, x *protect.Examination) error {
	has, err := d.HasVault(ctx)
	if err != nil || !has {
		return err
	}
	list, err := d.people(ctx, c)
	if err != nil {
		return err
	}
	x.Find = finder(list.Matcher())
	if x.Words, err = pictureWords(ctx, cleared); err != nil {
		return err
	}
	x.Spot, err = pictureSpots(ctx, d, cleared, list)
	return err
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
