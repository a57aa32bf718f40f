package main

import (
	"context"
	"strings"

	"vidimus/protect"
	"vidimus/protect/match"
)

// protectedFinder gives what looks for protected people in a file of an
// edition, in its name and in every view of its bytes; nil where the case has
// no list of them.
func protectedFinder(ctx context.Context, c *console, d *desk) (func(string, []byte) ([]protect.Found, error), error) {
	has, err := d.HasVault(ctx)
	if err != nil || !has {
		return nil, err
	}
	list, err := d.people(ctx, c)
	if err != nil {
		return nil, err
	}
	m := list.Matcher()
	return func(path string, b []byte) (found []protect.Found, err error) {
		for _, h := range m.Find(strings.ToValidUTF8(path, ";")) {
			found = append(found, protect.Found{Person: h.Person, Sure: h.Certainty == match.Exact, How: "file name, " + h.How})
		}
		hits, err := m.FindBytes(b, match.Streams)
		for _, h := range hits {
			found = append(found, protect.Found{Person: h.Person, Sure: h.Certainty == match.Exact, How: h.View + ", " + h.How})
		}
		return found, err
	}, nil
}
