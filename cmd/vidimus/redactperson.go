package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vidimus"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/protect/people"
)

// naming looks for one protected person on the pages of a document.
type naming struct {
	person  string
	matcher *match.List
	review  int // places that may name the person
}

// named opens the list when a person was chosen by number.
func (r redacting) named(ctx context.Context, c *console, d *desk) (*naming, error) {
	if r.person == "" {
		return &naming{}, nil
	}
	l, err := d.people(ctx, c)
	if err != nil {
		return nil, err
	}
	id := strings.ToUpper(r.person)
	if !slices.ContainsFunc(l.People, func(p people.Person) bool { return p.ID == id }) {
		return nil, errUsage{vidimus.WithHint(errors.New("nobody on the list has this number"), "`vidimus protected list CASE` prints the numbers; names are not taken")}
	}
	return &naming{person: id, matcher: l.Matcher(id)}, nil
}

// onPage gives the lines of a page that surely name the person. What may name
// them is counted, and left to somebody who looks.
func (n *naming) onPage(p vidimus.Page, reading int64, class protect.Class) (all []protect.Area) {
	for _, h := range n.matcher.Find(p.Text) {
		if h.Certainty != match.Exact {
			n.review++
			continue
		}
		a := protect.Withhold(p, reading, h.Start, h.End, class)
		a.Person = n.person
		all = append(all, a)
	}
	return all
}

func (n *naming) say(c *console) {
	if n.review > 0 {
		c.hint("%d place(s) may name %s and are not withheld: look at them with `vidimus protected find CASE %s`", n.review, n.person, n.person)
	}
}
