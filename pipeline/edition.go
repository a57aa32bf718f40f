package pipeline

import (
	"context"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect"
	"vidimus/protect/trace"
)

// MakeEdition makes the words and pictures of an edition from a plan. Draw is
// needed for a facsimile only.
func MakeEdition(ctx context.Context, c *archive.Case, p protect.Plan, draw protect.Draw) (protect.Edition, protect.Pictures, error) {
	e, pictures, err := protect.Make(p, Sources(ctx, c), draw)
	if err != nil || p.Replaces == "" {
		return e, pictures, err
	}
	before, err := replaced(ctx, c, p)
	if err != nil {
		return protect.Edition{}, nil, err
	}
	e.Replaces(before.Edition, p.Protective)
	return e, pictures, nil
}

// Marks gives what the case knows of the documents of an edition that somebody
// must look at before it is released: traces that its mode does not remove,
// words that other copies do not have, and documents of which there is only
// one copy, so that nobody can tell.
func (t *Tracing) Marks(ctx context.Context, p protect.Plan, e protect.Edition) ([]protect.Mark, error) {
	var all []protect.Mark
	sources := Sources(ctx, t.c)
	for i, d := range p.Documents {
		f, err := File(ctx, t.c, d.Item)
		if err != nil {
			return nil, err
		}
		found, err := t.File(ctx, f)
		if err != nil {
			return nil, err
		}
		pages, areas, err := sources(d)
		if err != nil {
			return nil, err
		}
		wanted, err := protect.PageList(d.Pages)
		if err != nil {
			return nil, err
		}
		flags, err := t.duress(ctx, i, d, f)
		if err != nil {
			return nil, err
		}
		all = append(all, flags...)
		if p.Mode == protect.Facsimile {
			risks, err := t.risks(ctx, i, d)
			if err != nil {
				return nil, err
			}
			all = append(all, risks...)
		}
		m := marking{document: i, shown: e.Documents[i], mode: p.Mode, pages: pages, areas: areas, wanted: wanted}
		if m.recognised() {
			all = append(all, protect.Mark{Document: i, Block: -1, Check: protect.CheckTraces, Why: whyOCR})
		}
		for _, tr := range found {
			if mark, ok := m.of(tr); ok && !slices.Contains(all, mark) {
				all = append(all, mark)
			}
		}
	}
	return all, nil
}

const whyOCR = "OCR read words of this document, and nobody corrected them: what is faint on this copy can make another letter of one, so compare them with the page"

// marking turns traces of one document into marks on what is shown of it.
type marking struct {
	document int
	shown    protect.Shown
	mode     protect.Mode
	pages    []protect.Source
	areas    []protect.Area
	wanted   map[int]bool
}

// recognised reports words that are shown as OCR read them. Of quotations
// people have chosen each letter; pictures are asked about by themselves.
func (m marking) recognised() bool {
	return m.mode == protect.Transcript && slices.ContainsFunc(m.pages, func(s protect.Source) bool {
		return s.OCR && (m.wanted == nil || m.wanted[s.Page.Number])
	})
}

func (m marking) of(t trace.Trace) (protect.Mark, bool) {
	if slices.Contains(t.RemovedBy(), trace.Mode(m.mode)) {
		return protect.Mark{}, false
	}
	check, why := protect.CheckTraces, string(t.Kind)+" ("+string(t.Certainty)+")"
	if t.Kind == trace.CopyWording {
		check, why = protect.CheckWording, "another copy has other words here"
		if t.Certainty == trace.CannotTell {
			why = "the case holds no other copy of this document: whether its words are those of one copy cannot be told"
		}
	}
	if t.Page > 0 && m.wanted != nil && !m.wanted[t.Page] {
		return protect.Mark{}, false
	}
	if t.Page == 0 || t.Start == t.End {
		return protect.Mark{Document: m.document, Block: -1, Check: check, Why: why}, true
	}
	if m.hidden(t) {
		return protect.Mark{}, false
	}
	block := m.block(t)
	if block < 0 && m.mode == protect.Cite {
		return protect.Mark{}, false // its words are not quoted
	}
	return protect.Mark{Document: m.document, Block: block, Check: check, Why: why}, true
}

// hidden reports a trace that lies in withheld lines.
func (m marking) hidden(t trace.Trace) bool {
	return slices.ContainsFunc(m.areas, func(a protect.Area) bool {
		return a.Reading == t.Reading && a.Page == t.Page && a.Start <= t.Start && t.End <= a.End
	})
}

// block finds the paragraph in which a trace's words are shown.
func (m marking) block(t trace.Trace) int {
	i := slices.IndexFunc(m.pages, func(s protect.Source) bool { return s.Page.Number == t.Page && s.Reading == t.Reading })
	if i < 0 || t.End > len(m.pages[i].Page.Text) {
		return -1
	}
	words := strings.TrimSpace(protect.Publishable(m.pages[i].Page.Text[t.Start:t.End]))
	return slices.IndexFunc(m.shown.Blocks, func(b protect.Block) bool { return words != "" && strings.Contains(b.Text, words) })
}

// PageToWithhold gives a page with its places, as areas are chosen on it: of
// the reading that would be shown.
func PageToWithhold(ctx context.Context, c *archive.Case, item vidimus.ItemID, sections func(vidimus.Page) []vidimus.Place, yield func(reading int64, p vidimus.Page) error) error {
	pages, err := words(ctx, c, item)
	if err != nil {
		return err
	}
	for _, w := range pages {
		p := w.Page
		if p.Section {
			p.Places = sections(p)
		} else {
			err := c.View(ctx, func(tx archive.Tx) (err error) {
				p, err = tx.Readings().Page(w.Reading, p.Number)
				return err
			})
			if err != nil {
				return err
			}
		}
		if err := yield(w.Reading, p); err != nil {
			return err
		}
	}
	return nil
}
