package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
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
	for _, r := range readings {
		rulings, err := rulingsOn(ctx, c, r.Number)
		if err != nil {
			return d, err
		}
		err = pagesOf(ctx, c, r, func(r vidimus.Reading, p vidimus.Page) error {
			if p.Wordless() {
				return nil
			}
			return d.page(ctx, c, r, p, rulings, kinds)
		})
		if err != nil {
			return d, err
		}
	}
	return d, nil
}

func rulingsOn(ctx context.Context, c *archive.Case, reading int64) (map[vidimus.MentionID]vidimus.Ruling, error) {
	all := map[vidimus.MentionID]vidimus.Ruling{}
	return all, c.View(ctx, func(tx archive.Tx) error {
		list, err := tx.Mentions().Rulings(reading)
		for _, r := range list {
			all[r.Mention] = r
		}
		return err
	})
}

// page adds what was found on one page.
func (d *DocumentMentions) page(ctx context.Context, c *archive.Case, r vidimus.Reading, p vidimus.Page, rulings map[vidimus.MentionID]vidimus.Ruling, kinds []vidimus.MentionKind) error {
	var list []vidimus.Mention
	var by vidimus.Producer
	err := c.View(ctx, func(tx archive.Tx) (err error) {
		list, by, err = tx.Mentions().Page(r.Number, p.Number)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		d.NotLooked++
		return nil
	} else if err != nil {
		return err
	}
	if by != understand.Producer() {
		d.Stale++
	}
	shown := shownText(p.Text, list)
	for _, m := range list {
		f := Found{MentionID: vidimus.MentionID{Reading: r.Number, Page: p.Number, Start: m.Start, End: m.End, Kind: m.Kind},
			Rule: m.Rule, Confidence: m.Confidence}
		said := m
		if ruling, there := rulings[f.MentionID]; there {
			f.Ruling = &ruling
			said, _ = m.Ruled(ruling)
		}
		f.As, f.Value = said.Kind, said.Value
		if len(kinds) > 0 && !slices.Contains(kinds, f.As) {
			continue
		}
		if m.Kind.Withheld() || f.As.Withheld() {
			f.Value = ""
		} else {
			f.Text = shown(m.Start, m.End)
		}
		d.Found = append(d.Found, f)
	}
	return nil
}

// withheldSign stands for words that no output of mentions gives.
const withheldSign = "▇▇▇"

// shownText gives stretches of a page without the words of withheld mentions.
func shownText(text string, list []vidimus.Mention) func(start, end int) string {
	var hidden []vidimus.Mention
	for _, m := range list {
		if m.Kind.Withheld() {
			hidden = append(hidden, m)
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

// Rule keeps a reader's word on a mention and logs it.
func Rule(ctx context.Context, c *archive.Case, r vidimus.Ruling) error {
	return c.Do(ctx, func(w *archive.Work) error {
		item, err := mentioned(w, r.Mention)
		if err != nil {
			return err
		}
		fields := map[string]any{"item": string(item), "mention": r.Mention.String(), "verdict": string(r.Verdict)}
		switch r.Verdict {
		case vidimus.Corrected:
			if err := correctable(r); err != nil {
				return err
			}
			fields["kind"], fields["value"] = string(r.Kind), r.Value
		case vidimus.Merged:
			other, err := mentioned(w, r.Into)
			if err != nil {
				return err
			}
			if other != item || r.Into == r.Mention || r.Into.Kind != r.Mention.Kind {
				return vidimus.WithHint(errors.New("only two mentions of one kind in one document are merged"), "across documents nothing is linked")
			}
			fields["into"] = r.Into.String()
		}
		w.Register(custody.Entry{Kind: custody.Correct, Fields: fields})
		return w.Mentions().Rule(r)
	})
}

func correctable(r vidimus.Ruling) error {
	switch {
	case r.Kind == "" && r.Value == "":
		return errors.New("a correction names a kind, a value, or both")
	case r.Kind != "" && !r.Kind.Known():
		return errors.New("a correction names no known kind")
	case r.Mention.Kind.Withheld() && r.Kind == "" || r.Kind.Withheld():
		if r.Value != "" {
			return errors.New("a withheld kind has no value")
		}
	}
	return nil
}

// mentioned gives the item in which a mention was found.
func mentioned(tx archive.Tx, m vidimus.MentionID) (vidimus.ItemID, error) {
	none := vidimus.WithHint(errors.New("there is no such mention in this case"), "`vidimus mentions CASE --item ITEM --json` prints those of a document")
	list, _, err := tx.Mentions().Page(m.Reading, m.Page)
	if errors.Is(err, archive.ErrNotFound) {
		return "", none
	} else if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(list, func(f vidimus.Mention) bool { return f.Start == m.Start && f.End == m.End && f.Kind == m.Kind }) {
		return "", none
	}
	r, err := tx.Readings().Get(m.Reading)
	return r.Item, err
}
