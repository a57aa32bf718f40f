package web

import (
	"context"
	"errors"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/protect/people"
	"vidimus/read/layout"
)

// CaseProtected is the list of protected people of a case.
func CaseProtected(c *archive.Case, sections *layout.Layout, write Write, list People) *Protected {
	p := protecting{c, sections, write, list}
	return &Protected{List: p.all, Counts: p.counts, Places: p.places, Withhold: p.withhold}
}

type protecting struct {
	c        *archive.Case
	sections *layout.Layout
	write    Write
	list     People
}

func (p protecting) all(ctx context.Context) (all []ProtectedPerson, err error) {
	l, err := p.list(ctx)
	for _, one := range l.People {
		sure, unsure := one.Forms()
		all = append(all, ProtectedPerson{one.ID, one.Kind, len(sure) + len(unsure)})
	}
	return all, err
}

func (p protecting) counts(ctx context.Context) (found, withheld map[string]int, err error) {
	l, err := p.list(ctx)
	if err != nil {
		return nil, nil, err
	}
	return pipeline.NamedPages(ctx, p.c, l.Matcher())
}

// of gives the matcher of one person of the list.
func (p protecting) of(ctx context.Context, person string) (*match.List, error) {
	l, err := p.list(ctx)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(l.People, func(one people.Person) bool { return one.ID == person }) {
		return nil, vidimus.WithHint(errors.New("nobody on the list has this number now"), "open the list again")
	}
	return l.Matcher(person), nil
}

func (p protecting) places(ctx context.Context, person string, yield func(NamedPlace) error) error {
	l, err := p.of(ctx, person)
	if err != nil {
		return err
	}
	var at NamedPlace // the last file, which many places share
	var areas []protect.Area
	return pipeline.Sightings(ctx, p.c, l, pipeline.Scope{}, p.sections.Places, func(s pipeline.Sighting) error {
		if s.Item != at.Item {
			err := p.c.View(ctx, func(tx archive.Tx) error {
				f, err := tx.Files().Get(s.Item)
				if err != nil {
					return err
				}
				at.Path = f.Path
				areas, err = pipeline.Withheld(tx, s.Item)
				return err
			})
			if err != nil {
				return err
			}
		}
		at.Sighting, at.Held = s, s.In(areas)
		return yield(at)
	})
}

func (p protecting) withhold(ctx context.Context, person string, item vidimus.ItemID, class protect.Class) (added, review int, err error) {
	l, err := p.of(ctx, person)
	if err != nil {
		return 0, 0, err
	}
	items := []vidimus.ItemID{item}
	if item == "" {
		if items, err = p.naming(ctx, l); err != nil {
			return 0, 0, err
		}
	}
	err = p.write(ctx, func(c *archive.Case) error {
		for _, item := range items {
			held, unsure, err := pipeline.WithholdPerson(ctx, c, item, l, person, class)
			if err != nil {
				return err
			}
			added, review = added+held, review+unsure
		}
		return nil
	})
	return added, review, err
}

// naming lists the documents whose pages name the person.
func (p protecting) naming(ctx context.Context, l *match.List) (items []vidimus.ItemID, err error) {
	err = pipeline.Sightings(ctx, p.c, l, pipeline.Scope{}, p.sections.Places, func(s pipeline.Sighting) error {
		if s.Page > 0 && !slices.Contains(items, s.Item) {
			items = append(items, s.Item)
		}
		return nil
	})
	return items, err
}
