package pipeline

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"vidimus"
	"vidimus/archive"
	"vidimus/search"
)

// Bounds of a passage, in bytes.
const (
	maxQuote = 64 << 10
	beside   = 64 // of prefix and suffix
)

// Selection is what a person has marked on a page.
type Selection struct {
	Item    vidimus.ItemID
	Reading int64  // 0 is the words that the page has now
	Page    int    // from 1
	Quote   string // words, as they are seen; or else:
	Nth     int    // of the places where they stand; 0 where there is one
	Start   int    // characters of the page's text
	End     int
}

// Mark keeps a passage.
func Mark(ctx context.Context, c *archive.Case, s Selection, p vidimus.Passage) (vidimus.Passage, error) {
	err := c.Do(ctx, func(w *archive.Work) error {
		placed, err := s.place(w.Tx, p)
		if err != nil {
			return err
		}
		p = placed
		p.Made = time.Now().UTC().Format(time.DateOnly)
		p.Number, err = w.Passages().Put(p)
		return err
	})
	return p, err
}

// Move puts a passage where a person says that it stands now.
func Move(ctx context.Context, c *archive.Case, number int64, s Selection) (p vidimus.Passage, err error) {
	err = ChangePassage(ctx, c, number, func(tx archive.Tx, p *vidimus.Passage) error {
		s.Item = p.Item
		if s.Quote == "" && s.End == 0 {
			s.Quote = p.Quote
		}
		placed, err := s.place(tx, *p)
		*p = placed
		return err
	})
	if err != nil {
		return p, err
	}
	err = c.View(ctx, func(tx archive.Tx) error {
		p, err = tx.Passages().Get(number)
		return err
	})
	return p, err
}

// ChangePassage changes one passage.
func ChangePassage(ctx context.Context, c *archive.Case, number int64, change func(archive.Tx, *vidimus.Passage) error) error {
	return c.Do(ctx, func(w *archive.Work) error {
		p, err := w.Passages().Get(number)
		if err == nil {
			err = change(w.Tx, &p)
		}
		if err == nil {
			_, err = w.Passages().Put(p)
		}
		return noPassage(err)
	})
}

// RemovePassage removes one.
func RemovePassage(ctx context.Context, c *archive.Case, number int64) error {
	return c.Do(ctx, func(w *archive.Work) error { return noPassage(w.Passages().Delete(number)) })
}

func noPassage(err error) error {
	if errors.Is(err, archive.ErrNotFound) {
		return vidimus.WithHint(errors.New("there is no such passage"), "`vidimus passage list CASE` numbers them")
	}
	return err
}

// place finds the selection on its page.
func (s Selection) place(tx archive.Tx, p vidimus.Passage) (vidimus.Passage, error) {
	file, err := tx.Files().Get(s.Item)
	if err == nil && file.DuplicateOf != "" {
		s.Item = file.DuplicateOf
	}
	if err != nil {
		return p, vidimus.WithHint(errors.New("there is no such item in this case"), "`vidimus list CASE` prints the items")
	}
	reading, page, err := s.page(tx)
	if err != nil {
		return p, err
	}
	r, err := s.find(page.Text)
	if err != nil {
		return p, err
	}
	p.Item, p.Reading, p.Page, p.Start, p.End = s.Item, reading, s.Page, r.Start, r.End
	p.Quote = page.Text[r.Start:r.End]
	p.Prefix = tail(page.Text[:r.Start], beside)
	p.Suffix = head(page.Text[r.End:], beside)
	return p, nil
}

// page gives the selected page and the reading that its words are of.
func (s Selection) page(tx archive.Tx) (int64, vidimus.Page, error) {
	none := func(err error) error {
		if errors.Is(err, archive.ErrNotFound) {
			return vidimus.WithHint(fmt.Errorf("this item has no page %d that was read so", s.Page), "`vidimus list CASE` prints how many pages it has")
		}
		return err
	}
	if s.Reading != 0 {
		r, err := tx.Readings().Get(s.Reading)
		if err == nil && r.Item != s.Item {
			err = archive.ErrNotFound
		}
		if err != nil {
			return 0, vidimus.Page{}, none(err)
		}
		p, err := tx.Readings().Page(s.Reading, s.Page)
		return s.Reading, p, none(err)
	}
	r, p, err := shownFrom(tx, s.Item, s.Page)
	return r.Number, p, none(err)
}

// find gives the bytes of text that are selected.
func (s Selection) find(text string) (r search.Range, err error) {
	if s.Quote == "" {
		r.Start, err = atCharacter(text, s.Start)
		if err == nil {
			r.End, err = atCharacter(text, s.End)
		}
		if err == nil && r.Start >= r.End {
			err = errors.New("the selection is empty: it begins at --start, from 0, and ends before --end")
		}
		return r, err
	}
	if len(s.Quote) > maxQuote {
		return r, fmt.Errorf("a passage has at most %d KiB", maxQuote>>10)
	}
	found := search.Where(text, s.Quote)
	switch {
	case len(found) == 0:
		return r, vidimus.WithHint(errors.New("these words do not stand on this page"), "`vidimus show CASE ITEM --page N --text` prints what was read of it")
	case s.Nth > len(found) || s.Nth < 0:
		return r, fmt.Errorf("these words stand on this page %d time(s)", len(found))
	case s.Nth == 0 && len(found) > 1:
		return r, vidimus.WithHint(fmt.Errorf("these words stand on this page %d times", len(found)), "say which with --nth N, or select more words")
	}
	return found[max(s.Nth, 1)-1], nil
}

// atCharacter gives the byte at which a character begins.
func atCharacter(text string, n int) (int, error) {
	for at := range text {
		if n == 0 {
			return at, nil
		}
		n--
	}
	if n != 0 {
		return 0, errors.New("the page's text has fewer characters")
	}
	return len(text), nil
}

func tail(s string, n int) string {
	at := max(0, len(s)-n)
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

func head(s string, n int) string {
	at := min(n, len(s))
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return s[:at]
}
