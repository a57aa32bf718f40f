package pipeline

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/search"
	"vidimus/understand"
)

// Event is a date that a text states, with the words around it.
type Event struct {
	Item        vidimus.ItemID
	Path        string
	Mention     vidimus.MentionID
	EDTF        string
	First, Last string // days, as 2017-10-01; empty for what is not resolved
	Stated      string // the words of the date
	Context     string // the words around it, on one line
	Rule        string // who or what resolved it
	Confidence  int
	Verdict     vidimus.Verdict   // of a reader; empty for none
	At          vidimus.MentionID // where it stands now
	stale       bool              // a reader has added it, and its words are gone since
}

// Timeline gives the dates that texts of the case state, in their order; those
// that stand for no known day come last. Dates that readers have rejected are
// left out.
func Timeline(ctx context.Context, c *archive.Case) (all []Event, err error) {
	rulings, err := rulingsOn(ctx, c, "")
	if err != nil {
		return nil, err
	}
	err = EachFile(ctx, c, func(f vidimus.File) error {
		if f.DuplicateOf != "" {
			return nil
		}
		readings, err := current(ctx, c, f.Item)
		if err != nil {
			return err
		}
		for _, r := range readings {
			if r.Kind == read.Properties {
				continue // what a program wrote about the file, not what its text states
			}
			err = pagesOf(ctx, c, r, func(r vidimus.Reading, p vidimus.Page) error {
				events, err := eventsOn(ctx, c, r.Number, p, rulings)
				for _, e := range events {
					e.Item, e.Path = f.Item, f.Path
					all = append(all, e)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = staleEvents(ctx, c, rulings, &all)
	}
	slices.SortStableFunc(all, func(a, b Event) int {
		return cmp.Or(cmp.Compare(unresolved(a), unresolved(b)), cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last))
	})
	return all, err
}

func unresolved(e Event) int {
	if e.First == "" {
		return 1
	}
	return 0
}

// staleEvents adds dates that readers have added and whose words are gone from
// the pages as they are read now.
func staleEvents(ctx context.Context, c *archive.Case, rulings search.Rulings, all *[]Event) error {
	return eachStale(ctx, c, rulings, func(reading int64, p vidimus.Page) error {
		events, err := eventsOn(ctx, c, reading, p, rulings)
		if err != nil || len(events) == 0 {
			return err
		}
		return c.View(ctx, func(tx archive.Tx) error {
			r, err := tx.Readings().Get(reading)
			if err != nil {
				return err
			}
			f, err := tx.Files().Get(r.Item)
			for _, e := range events {
				if e.stale {
					e.Item, e.Path = f.Item, f.Path
					*all = append(*all, e)
				}
			}
			return err
		})
	})
}

func eventsOn(ctx context.Context, c *archive.Case, reading int64, p vidimus.Page, rulings search.Rulings) (all []Event, err error) {
	list, _, err := toldOn(ctx, c, rulings, reading, p.Number)
	if err != nil {
		return nil, err
	}
	shown := shownText(p.Text, list)
	for _, m := range list {
		said, stands := m.Said()
		if said.Kind != vidimus.Dated || m.Kind.Withheld() || !stands {
			continue
		}
		e := Event{Mention: m.ID, EDTF: said.Value, Stated: shown(m.Start, m.End), Rule: m.Rule, Confidence: m.Confidence,
			At: vidimus.MentionID{Reading: reading, Page: p.Number, Start: m.Start, End: m.End, Kind: m.Kind}, stale: m.Stale}
		if m.Ruling != nil {
			e.Verdict = m.Ruling.Verdict
		}
		if e.Verdict == vidimus.Corrected || e.Verdict == vidimus.Added {
			e.Rule = vidimus.ByReader
		}
		e.First, e.Last, _ = understand.Days(e.EDTF)
		from, to := sentence(p.Text, m.Start, m.End)
		e.Context = strings.Join(strings.Fields(shown(from, to)), " ")
		all = append(all, e)
	}
	return all, nil
}

// mostAround is how many bytes on either side of a date are shown.
const mostAround = 240

// sentence gives the sentence around text[start:end], no more than mostAround
// beyond it on either side.
func sentence(text string, start, end int) (from, to int) {
	ends := func(r rune) bool { return strings.ContainsRune(".!?。！？؟\f", r) }
	from, to = start, end
	for from > 0 && start-from < mostAround {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if ends(r) || strings.HasSuffix(text[:from], "\n\n") {
			break
		}
		from -= size
	}
	for to < len(text) && to-end < mostAround {
		r, size := utf8.DecodeRuneInString(text[to:])
		if to += size; ends(r) || strings.HasPrefix(text[to:], "\n\n") {
			break
		}
	}
	return from, to
}
