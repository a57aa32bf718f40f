package pipeline

import (
	"context"
	"slices"
	"strings"

	"vidimus/archive"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/protect/trace"
)

// SplitMarks gives the protected people whose names begin on one page of a
// document and end on another, of which an edition shows a half or both. In
// the edition other words can stand between: what was at the foot of the page.
func SplitMarks(ctx context.Context, c *archive.Case, l *match.List, p protect.Plan, e protect.Edition) (all []protect.Mark, err error) {
	sources := Sources(ctx, c)
	for i, d := range p.Documents {
		pages, areas, err := sources(d)
		if err != nil {
			return nil, err
		}
		wanted, err := protect.PageList(d.Pages)
		if err != nil {
			return nil, err
		}
		m := marking{document: i, shown: e.Documents[i], mode: p.Mode, pages: pages, areas: areas, wanted: wanted}
		var chosen []protect.Source
		for _, s := range pages {
			if wanted[s.Page.Number] {
				chosen = append(chosen, s)
			}
		}
		for _, row := range [][]protect.Source{pages, chosen} { // pages that were apart can follow each other in the edition
			for _, mark := range m.splits(l, row) {
				if !slices.Contains(all, mark) {
					all = append(all, mark)
				}
			}
		}
	}
	return all, nil
}

// splits looks over the borders of pages in a row.
func (m marking) splits(l *match.List, row []protect.Source) (all []protect.Mark) {
	var last protect.Source
	for _, s := range row {
		if strings.TrimSpace(s.Page.Text) == "" {
			continue
		}
		for _, split := range l.Over(last.Page.Text, s.Page.Text) {
			if mark, shown := m.split(split, last, s); shown {
				all = append(all, mark)
			}
		}
		last = s
	}
	return all
}

// split marks a name over a border where something of it is shown.
func (m marking) split(s match.Split, one, two protect.Source) (protect.Mark, bool) {
	first, begins := m.visible(one, s.First)
	second, ends := m.visible(two, s.Second)
	mark := protect.Mark{Document: m.document, Block: first, Check: protect.CheckProtected, Why: s.Person + " may stand here: over the border of two pages"}
	switch {
	case begins && ends && s.Certainty == match.Exact:
		mark.Why, mark.Final = s.Person+" stands here: over the border of two pages", true
	case begins != ends:
		mark.Why = "half the name of " + s.Person + " may stand here, the other half on a page or in lines that are not shown"
		if ends {
			mark.Block = second
		}
	}
	return mark, begins || ends
}

// visible tells whether a stretch of a page is shown, and in which paragraph.
func (m marking) visible(s protect.Source, r match.Range) (block int, shown bool) {
	if m.wanted != nil && !m.wanted[s.Page.Number] || protect.Covered(m.areas, s.Reading, s.Page.Number, r.Start, r.End) {
		return -1, false
	}
	block = m.block(trace.Trace{Reading: s.Reading, Page: s.Page.Number, Start: r.Start, End: r.End})
	return block, block >= 0 || m.mode != protect.Cite
}
