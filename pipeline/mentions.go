package pipeline

import (
	"context"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/search"
	"vidimus/understand"
)

// Found is a mention as a reader is shown it. What is withheld has no words:
// neither its own nor those of another mention around it.
type Found struct {
	vidimus.MentionID
	Text       string // the words; empty for a withheld kind
	Value      string
	Rule       string
	Confidence int
	As         vidimus.MentionKind // the kind, as found or corrected
	Ruling     *vidimus.Ruling     // a reader's word; nil for none
	At         vidimus.MentionID   // where it stands now: another place than its name says, of one that was added to an earlier reading
	Stale      bool                // its words are gone from the page as it is read now
}

// DocumentMentions are the mentions in one file. There is no such list over
// a case, and none is to be made: docs/principles.md.
type DocumentMentions struct {
	Item      vidimus.ItemID
	Found     []Found
	NotLooked int // pages with words that nobody has looked at yet
	Stale     int // pages that another version looked at
}

// MentionsIn gives the mentions in one file's current readings, those of the
// kinds asked for, or all.
func MentionsIn(ctx context.Context, c *archive.Case, item vidimus.ItemID, kinds ...vidimus.MentionKind) (DocumentMentions, error) {
	f, err := File(ctx, c, item)
	if err != nil {
		return DocumentMentions{}, err
	}
	if f.DuplicateOf != "" {
		f.Item = f.DuplicateOf
	}
	d := DocumentMentions{Item: f.Item}
	readings, err := current(ctx, c, f.Item)
	if err != nil {
		return d, err
	}
	rulings, err := rulingsOn(ctx, c, f.Item)
	if err != nil {
		return d, err
	}
	for _, r := range readings {
		err = pagesOf(ctx, c, r, func(r vidimus.Reading, p vidimus.Page) error {
			if p.Wordless() {
				return nil
			}
			return d.page(ctx, c, r.Number, p, rulings, kinds)
		})
		if err != nil {
			return d, err
		}
	}
	return d, eachStale(ctx, c, rulings, func(reading int64, p vidimus.Page) error {
		return d.page(ctx, c, reading, p, rulings, kinds)
	})
}

func rulingsOn(ctx context.Context, c *archive.Case, item vidimus.ItemID) (rulings search.Rulings, err error) {
	return rulings, c.View(ctx, func(tx archive.Tx) error {
		rulings, err = search.RulingsOn(tx, item)
		return err
	})
}

// eachStale yields the superseded pages on which additions stay whose words
// are gone since.
func eachStale(ctx context.Context, c *archive.Case, rulings search.Rulings, yield func(reading int64, p vidimus.Page) error) error {
	for _, id := range rulings.Stale() {
		reading, number := vidimus.SplitPageID(id)
		var p vidimus.Page
		err := c.View(ctx, func(tx archive.Tx) (err error) {
			p, err = tx.Readings().Page(reading, number)
			return err
		})
		if err == nil {
			err = yield(reading, p)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// toldOn gives the mentions on a page with readers' words on them, and who
// looked for them.
func toldOn(ctx context.Context, c *archive.Case, rulings search.Rulings, reading int64, page int) (all []search.Told, by vidimus.Producer, err error) {
	return all, by, c.View(ctx, func(tx archive.Tx) error {
		all, by, err = rulings.On(tx, reading, page)
		return err
	})
}

// page adds what was found on one page.
func (d *DocumentMentions) page(ctx context.Context, c *archive.Case, reading int64, p vidimus.Page, rulings search.Rulings, kinds []vidimus.MentionKind) error {
	list, by, err := toldOn(ctx, c, rulings, reading, p.Number)
	if err != nil {
		return err
	}
	stale := slices.ContainsFunc(list, func(t search.Told) bool { return t.Stale })
	switch {
	case stale: // a page of earlier
	case by == vidimus.Producer{}:
		d.NotLooked++
	case by != understand.Producer():
		d.Stale++
	}
	shown := shownText(p.Text, list)
	for _, t := range list {
		if t.Stale != stale {
			continue
		}
		said, _ := t.Said()
		f := Found{MentionID: t.ID, Rule: t.Rule, Confidence: t.Confidence, As: said.Kind, Value: said.Value, Ruling: t.Ruling, Stale: stale,
			At: vidimus.MentionID{Reading: reading, Page: p.Number, Start: t.Start, End: t.End, Kind: t.Kind}}
		if len(kinds) > 0 && !slices.Contains(kinds, f.As) {
			continue
		}
		if withheld(t) {
			f.Value = ""
		} else {
			f.Text = shown(t.Start, t.End)
		}
		d.Found = append(d.Found, f)
	}
	return nil
}

// withheld reports a mention of which no output gives the words: what was found
// to be of such a kind, and what a reader has said to be.
func withheld(t search.Told) bool {
	said, _ := t.Said()
	return t.Kind.Withheld() || said.Kind.Withheld()
}

// withheldSign stands for words that no output of mentions gives.
const withheldSign = "▇▇▇"

// shownText gives stretches of a page without the words of withheld mentions.
func shownText(text string, list []search.Told) func(start, end int) string {
	var hidden []search.Told
	for _, t := range list {
		if withheld(t) {
			hidden = append(hidden, t)
		}
	}
	return func(start, end int) string {
		var b strings.Builder
		for _, h := range hidden {
			if h.End <= start || h.Start >= end {
				continue
			}
			b.WriteString(text[start:max(start, h.Start)])
			b.WriteString(withheldSign)
			start = min(h.End, end)
		}
		b.WriteString(text[start:end])
		return b.String()
	}
}
