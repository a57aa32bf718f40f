package pipeline

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
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
	Verdict     vidimus.Verdict // of a reader; empty for none
}

// Timeline gives the dates that texts of the case state, in their order; those
// that stand for no known day come last. Dates that readers have rejected are
// left out.
func Timeline(ctx context.Context, c *archive.Case) (all []Event, err error) {
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
			rulings, err := rulingsOn(ctx, c, r.Number)
			if err != nil {
				return err
			}
			err = pagesOf(ctx, c, r, func(r vidimus.Reading, p vidimus.Page) error {
				events, err := eventsOn(ctx, c, r, p, rulings)
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

func eventsOn(ctx context.Context, c *archive.Case, r vidimus.Reading, p vidimus.Page, rulings map[vidimus.MentionID]vidimus.Ruling) (all []Event, err error) {
	var list []vidimus.Mention
	err = c.View(ctx, func(tx archive.Tx) (err error) {
		list, _, err = tx.Mentions().Page(r.Number, p.Number)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	shown := shownText(p.Text, list)
	for _, m := range list {
		id := vidimus.MentionID{Reading: r.Number, Page: p.Number, Start: m.Start, End: m.End, Kind: m.Kind}
		ruling := rulings[id]
		said, stands := m.Ruled(ruling)
		if said.Kind != vidimus.Dated || m.Kind.Withheld() || !stands {
			continue
		}
		e := Event{Mention: id, EDTF: said.Value, Stated: shown(m.Start, m.End), Rule: m.Rule, Confidence: m.Confidence, Verdict: ruling.Verdict}
		if ruling.Verdict == vidimus.Corrected {
			e.Rule = "a reader"
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
