package pipeline

import (
	"context"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/read/layout"
	"vidimus/search"
)

// NamedPages counts for each person of a list the pages and file names that
// surely name them, and those of them on which every such place is withheld.
func NamedPages(ctx context.Context, c *archive.Case, l *match.List) (found, withheld map[string]int, err error) {
	type place struct {
		person  string
		item    vidimus.ItemID
		reading int64
		page    int
	}
	hidden := map[place]bool{}
	areas := map[vidimus.ItemID][]protect.Area{}
	err = Sightings(ctx, c, l, Scope{}, search.Recorded, func(s Sighting) error {
		if s.Certainty != match.Exact {
			return nil
		}
		if _, known := areas[s.Item]; !known {
			err := c.View(ctx, func(tx archive.Tx) (err error) {
				areas[s.Item], err = Withheld(tx, s.Item)
				return err
			})
			if err != nil {
				return err
			}
		}
		p := place{s.Person, s.Item, s.Reading, s.Page}
		before, seen := hidden[p]
		hidden[p] = s.In(areas[s.Item]) && (before || !seen)
		return nil
	})
	found, withheld = map[string]int{}, map[string]int{}
	for p, all := range hidden {
		found[p.person]++
		if all {
			withheld[p.person]++
		}
	}
	return found, withheld, err
}

// In tells whether the place lies in a withheld area.
func (s Sighting) In(areas []protect.Area) bool {
	return slices.ContainsFunc(areas, func(a protect.Area) bool {
		return s.Page > 0 && a.Reading == s.Reading && a.Page == s.Page && a.Start <= s.Start && s.End <= a.End
	})
}

// WithholdPerson withholds the lines of a document that surely name a person,
// also over the borders of pages, and counts the areas that are new and the
// places that may name the person: these are left to somebody who looks.
func WithholdPerson(ctx context.Context, c *archive.Case, item vidimus.ItemID, l *match.List, person string, class protect.Class) (added, review int, err error) {
	type side struct {
		reading int64
		page    int
	}
	sure := map[side][]Sighting{}
	places := layout.New().Places
	err = Sightings(ctx, c, l, Scope{Item: item}, places, func(s Sighting) error {
		if s.Certainty == match.Exact {
			sure[side{s.Reading, s.Page}] = append(sure[side{s.Reading, s.Page}], s)
		} else {
			review++
		}
		return nil
	})
	if err != nil || len(sure) == 0 {
		return 0, review, err
	}
	var areas []protect.Area
	err = PageToWithhold(ctx, c, item, places, func(reading int64, p vidimus.Page) error {
		for _, s := range sure[side{reading, p.Number}] {
			a := protect.Withhold(p, reading, s.Start, s.End, class)
			a.Person = person
			areas = append(areas, a)
		}
		return nil
	})
	if err != nil || len(areas) == 0 {
		return 0, review, err
	}
	err = c.Do(ctx, func(w *archive.Work) error {
		held, err := Withhold(w, item, areas)
		added = len(held)
		return err
	})
	return added, review, err
}
