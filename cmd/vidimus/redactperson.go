package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/protect/people"
)

// naming looks for one protected person on the pages of a document.
type naming struct {
	person  string
	list    people.List
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
	return &naming{person: id, list: l, matcher: l.Matcher(id)}, nil
}

// row looks through pages for lines that surely name the person, also over the
// borders of pages. What may name them is counted, and left to somebody who
// looks.
func (n *naming) row(page int, class protect.Class, add func([]protect.Area)) match.Row[sheetOf] {
	return match.Row[sheetOf]{List: n.matcher, Page: page, Yield: func(p sheetOf, hits []match.Hit) error {
		var all []protect.Area
		for _, h := range hits {
			if h.Certainty != match.Exact {
				n.review++
				continue
			}
			a := p.withhold(h.Start, h.End, class)
			a.Person = n.person
			all = append(all, a)
		}
		add(all)
		return nil
	}}
}

func (n *naming) say(c *console) {
	if n.review > 0 {
		c.hint("%d place(s) may name %s and are not withheld: look at them with `vidimus protected find CASE %s`", n.review, n.person, n.person)
	}
}

// suggest lists what looks like the name on pages that only OCR has read. It is
// not withheld: a person looks, and withholds the box.
func (n *naming) suggest(ctx context.Context, c *console, d *desk, item vidimus.ItemID, page int) error {
	if n.person == "" {
		return nil
	}
	return spotPages(ctx, c, d, n.list, pipeline.Scope{Item: item, Page: page}, []string{n.person}, func(s pipeline.Sighting) error {
		b := s.Boxes[0]
		c.hint("p. %d: what stands here looks like %s and is not withheld: look at it; --page %d --box %.0f,%.0f,%.0f,%.0f withholds it",
			s.Page, n.person, s.Page, b.X0, b.Y0, b.X1, b.Y1)
		return nil
	})
}
