package pipeline

import (
	"context"
	"errors"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/search"
	"vidimus/understand"
)

// AddMention keeps a mention that a reader has seen and nobody found, and logs
// it. Without a value it says what the rules read from its words.
func AddMention(ctx context.Context, c *archive.Case, s Selection, kind vidimus.MentionKind, value string) (id vidimus.MentionID, err error) {
	switch value = strings.TrimSpace(value); {
	case !kind.Known():
		return id, errors.New("a mention is of no known kind")
	case kind.Withheld() && value != "":
		return id, errors.New("a withheld kind has no value")
	case len(value) > maxQuote:
		return id, errors.New("the value is too long")
	}
	return id, c.Do(ctx, func(w *archive.Work) error {
		p, err := s.place(w.Tx, vidimus.Passage{})
		if err != nil {
			return err
		}
		id = vidimus.MentionID{Reading: p.Reading, Page: p.Page, Start: p.Start, End: p.End, Kind: kind}
		there, err := foundAt(w, id)
		if err != nil {
			return err
		}
		before, err := rulingOn(w, id)
		if err != nil {
			return err
		}
		if there || before.Verdict == vidimus.Added {
			return vidimus.WithHint(errors.New("there is a mention of this kind in this place"), "`vidimus mentions confirm` and `correct` say that it is right, or what it says")
		}
		r := vidimus.Ruling{Mention: id, Verdict: vidimus.Added, Value: saidBy(kind, p.Quote, value)}
		w.Register(custody.Entry{Kind: custody.Correct, Fields: map[string]any{
			"item": string(p.Item), "mention": id.String(), "verdict": string(r.Verdict), "value": r.Value,
		}})
		return w.Mentions().Rule(r)
	})
}

// saidBy brings what a reader has typed, or else the words themselves, into the
// form in which values of this kind are.
func saidBy(kind vidimus.MentionKind, words, typed string) string {
	if kind.Withheld() {
		return ""
	}
	if typed != "" {
		words = typed
	}
	if _, _, known := understand.Days(typed); known && kind == vidimus.Dated {
		return typed
	}
	words = strings.Join(strings.Fields(words), " ")
	for _, m := range understand.Mentions(words, "") {
		if m.Kind == kind && m.Start == 0 && m.End == len(words) {
			return m.Value
		}
	}
	if kind == vidimus.Dated && typed == "" {
		return "" // what day that is nobody has said
	}
	return search.Saying(kind, words)
}
