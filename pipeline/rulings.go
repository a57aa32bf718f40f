package pipeline

import (
	"context"
	"errors"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
)

// Rule keeps a reader's word on a mention and logs it.
func Rule(ctx context.Context, c *archive.Case, r vidimus.Ruling) error {
	return c.Do(ctx, func(w *archive.Work) error {
		item, err := mentioned(w, r.Mention)
		if err != nil {
			return err
		}
		before, err := rulingOn(w, r.Mention)
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
		return w.Mentions().Rule(before.With(r))
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

// mentioned gives the item in which a mention was found, or added.
func mentioned(tx archive.Tx, m vidimus.MentionID) (vidimus.ItemID, error) {
	there, err := foundAt(tx, m)
	if err == nil && !there {
		before, err2 := rulingOn(tx, m)
		there, err = before.Verdict == vidimus.Added, err2
	}
	if err == nil && !there {
		err = vidimus.WithHint(errors.New("there is no such mention in this case"), "`vidimus mentions CASE --item ITEM --json` prints those of a document")
	}
	if err != nil {
		return "", err
	}
	r, err := tx.Readings().Get(m.Reading)
	return r.Item, err
}

// foundAt tells whether a mention is one of those that were found.
func foundAt(tx archive.Tx, m vidimus.MentionID) (bool, error) {
	list, _, err := tx.Mentions().Page(m.Reading, m.Page)
	if errors.Is(err, archive.ErrNotFound) {
		return false, nil
	}
	return slices.ContainsFunc(list, func(f vidimus.Mention) bool { return f.Start == m.Start && f.End == m.End && f.Kind == m.Kind }), err
}

// rulingOn gives what readers have said of a mention, a zero ruling where
// nobody has.
func rulingOn(tx archive.Tx, m vidimus.MentionID) (vidimus.Ruling, error) {
	list, err := tx.Mentions().Rulings(m.Reading)
	if at := slices.IndexFunc(list, func(r vidimus.Ruling) bool { return r.Mention == m }); at >= 0 {
		return list[at], err
	}
	return vidimus.Ruling{}, err
}
