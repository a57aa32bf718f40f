package pipeline

import (
	"context"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/protect"
)

// leastShown is how many bytes a withheld line must have to be looked for in
// what was published before: a shorter one stands in any text.
const leastShown = 12

// Earlier compares an edition with all that were released before it, document
// by document, near copies of one document taken together: what was shown once
// stays known, and two editions that withhold different lines tell both.
func (t *Tracing) Earlier(ctx context.Context, p protect.Plan, e protect.Edition) ([]protect.Mark, error) {
	released, err := releasedBut(ctx, t.c, e.Digest())
	if err != nil {
		return nil, err
	}
	var all []protect.Mark
	sources := Sources(ctx, t.c)
	for i, d := range p.Documents {
		pages, areas, err := sources(d)
		if err != nil {
			return nil, err
		}
		for _, before := range released {
			for j, old := range before.Plan.Documents {
				if !t.same(d.Item, old.Item) || j >= len(before.Edition.Documents) {
					continue
				}
				for _, why := range union(e.Documents[i], before.Edition.Documents[j], hiddenLines(pages, areas)) {
					m := protect.Mark{Document: i, Block: -1, Check: protect.CheckEarlier, Why: why}
					if !slices.Contains(all, m) {
						all = append(all, m)
					}
				}
			}
		}
	}
	return all, nil
}

// same reports one document or near copies of one.
func (t *Tracing) same(a, b vidimus.ItemID) bool {
	return a == b || slices.Contains(t.copies[a], b)
}

func releasedBut(ctx context.Context, c *archive.Case, digest [32]byte) (all []Made, err error) {
	err = c.View(ctx, func(tx archive.Tx) error {
		digests, err := AllMade(tx)
		if err != nil {
			return err
		}
		for _, d := range digests {
			if d == digest {
				continue
			}
			m, err := MadeOf(tx, d)
			if err != nil {
				return err
			}
			if m.Released {
				all = append(all, m)
			}
		}
		return nil
	})
	return all, err
}

// hiddenLines gives the lines under the areas as they would be published.
func hiddenLines(pages []protect.Source, areas []protect.Area) (all []string) {
	for _, a := range areas {
		for _, s := range pages {
			if s.Reading != a.Reading || s.Page.Number != a.Page || a.End > len(s.Page.Text) {
				continue
			}
			for line := range strings.SplitSeq(s.Page.Text[a.Start:a.End], "\n") {
				if line = strings.TrimSpace(protect.Publishable(line)); len(line) >= leastShown {
					all = append(all, line)
				}
			}
		}
	}
	return all
}

// union says what two editions of one document tell together.
func union(now, before protect.Shown, hidden []string) (why []string) {
	shown := func(d protect.Shown, words string) bool {
		return slices.ContainsFunc(d.Blocks, func(b protect.Block) bool { return strings.Contains(b.Text, words) })
	}
	if slices.ContainsFunc(hidden, func(line string) bool { return shown(before, line) }) {
		why = append(why, "an earlier edition showed lines that are withheld now: they are known")
	}
	withheld := slices.ContainsFunc(before.Blocks, func(b protect.Block) bool { return b.Withheld != "" })
	more := slices.ContainsFunc(now.Blocks, func(b protect.Block) bool { return b.Text != "" && !shown(before, b.Text) })
	if withheld && more {
		why = append(why, "an earlier edition withheld lines, and this one shows words that it did not: they may be the same")
	}
	return why
}
