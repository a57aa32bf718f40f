package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/key"
	"vidimus/protect/trace"
	"vidimus/read"
)

// maxTraceWords bounds what is given of one trace, in bytes.
const maxTraceWords = 2 << 10

// TraceWords is what one trace says, for one person at one page.
type TraceWords struct {
	Words string // as they stand, also those that cannot be seen; empty for what is only in the picture
	Cut   bool   // there is more than these
}

// ErrNoVault says that nobody can prove to be of those who may see it.
var ErrNoVault = vidimus.WithHint(errors.New("the case has no vault, and what a trace says is shown to whoever opens the vault"),
	"`vidimus protected add CASE` makes it")

// ReadTrace gives the words of one trace as they stand on its page, to whoever
// holds the key of the case's vault. There is no such function for two, and
// nothing here decodes a mark: what is only in the picture has no words.
func ReadTrace(ctx context.Context, c *archive.Case, k key.VaultKey, item vidimus.ItemID, t trace.Trace) (TraceWords, error) {
	if err := holds(ctx, c, k); err != nil {
		return TraceWords{}, err
	}
	if t.Reading == 0 || t.Start >= t.End {
		return TraceWords{}, nil
	}
	text := ""
	err := c.View(ctx, func(tx archive.Tx) error {
		r, err := tx.Readings().Get(t.Reading)
		if err == nil && r.Item != item {
			err = archive.ErrNotFound
		}
		if err != nil {
			return err
		}
		p, err := tx.Readings().Page(t.Reading, t.Page)
		text = p.Text
		return err
	})
	if errors.Is(err, archive.ErrNotFound) || err == nil && t.End > len(text) {
		return TraceWords{}, vidimus.WithHint(errors.New("this trace stands on a page that is not in the case"), "look for the traces of its file again")
	}
	words := text[t.Start:min(t.End, len(text))]
	return TraceWords{strings.ToValidUTF8(words[:min(len(words), maxTraceWords)], ""), len(words) > maxTraceWords}, err
}

// holds reports whether a key opens the case's vault as it is now.
func holds(ctx context.Context, c *archive.Case, k key.VaultKey) error {
	has, err := c.HasVault(ctx)
	if err != nil {
		return err
	}
	if !has {
		return ErrNoVault
	}
	sealed, generation, err := c.VaultList(ctx)
	if err != nil {
		return err
	}
	if _, err := k.Open(sealed, generation); err != nil {
		return fmt.Errorf("open the vault: %w", err)
	}
	return nil
}

// PageOfTrace gives the page on which a trace is looked at, with its reading: 0
// for the file's own words. What stands for a whole file is looked at on its
// first page.
func PageOfTrace(t trace.Trace) (reading int64, page int) {
	page = max(t.Page, 1)
	if t.In == "picture" || t.In == "file" || t.In == read.OwnWords && t.Start == t.End {
		return 0, page
	}
	return t.Reading, page
}
