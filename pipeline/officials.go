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

// NamedOfficial is an official with the words that show the office.
type NamedOfficial struct {
	vidimus.Official
	Words string
}

// AddOfficial enters a person as acting in public office. The words that show
// the office must stand on the page, and so must the name.
func AddOfficial(ctx context.Context, c *archive.Case, o vidimus.Official, words string) (vidimus.Official, error) {
	if strings.TrimSpace(o.Name) == "" || strings.TrimSpace(o.Office) == "" || strings.TrimSpace(words) == "" {
		return o, errors.New("an official is entered with a name, the office, and the words on the page that show it")
	}
	f, err := File(ctx, c, o.Item)
	if err != nil {
		return o, err
	}
	if f.DuplicateOf != "" {
		o.Item = f.DuplicateOf
	}
	return o, c.Do(ctx, func(w *archive.Work) error {
		pages, err := pagesNumbered(w, o.Item, o.Page)
		if err != nil {
			return err
		}
		for _, p := range pages {
			start, end, there := understand.Find(p.Page.Text, words)
			_, _, named := understand.Find(p.Page.Text, o.Name)
			if !there || !named {
				continue
			}
			o.Reading, o.Start, o.End = p.Reading, start, end
			if o.Number, err = w.Mentions().AddOfficial(o); err != nil {
				return err
			}
			logOfficial(w, o, "entered")
			return nil
		}
		return vidimus.WithHint(errors.New("this page does not hold the name and the words that were given"), "give both as the page writes them; `vidimus show CASE ITEM --page N --text` prints it")
	})
}

// pagesNumbered gives a page in every current reading of an item.
func pagesNumbered(tx archive.Tx, item vidimus.ItemID, number int) (all []Worded, err error) {
	readings, err := tx.Readings().Current(item)
	if err != nil {
		return nil, err
	}
	for _, r := range readings {
		p, err := tx.Readings().Page(r.Number, number)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, err
		}
		all = append(all, Worded{r.Number, p, r.Kind})
	}
	return all, nil
}

// RemoveOfficial takes an entry back.
func RemoveOfficial(ctx context.Context, c *archive.Case, number int64) error {
	err := c.Do(ctx, func(w *archive.Work) error {
		all, err := w.Mentions().Officials()
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Number == number {
				logOfficial(w, o, "removed")
			}
		}
		return w.Mentions().RemoveOfficial(number)
	})
	if errors.Is(err, archive.ErrNotFound) {
		return vidimus.WithHint(errors.New("there is no official of this number"), "`vidimus officials CASE` prints them")
	}
	return err
}

func logOfficial(w *archive.Work, o vidimus.Official, what string) {
	w.Register(custody.Entry{Kind: custody.Correct, Fields: map[string]any{
		"official": o.Number, "what": what, "name": o.Name, "office": o.Office,
		"item": string(o.Item), "reading": o.Reading, "page": o.Page, "start": o.Start, "end": o.End,
	}})
}

// Officials lists those whom readers have entered.
func Officials(ctx context.Context, c *archive.Case) (all []NamedOfficial, err error) {
	return all, c.View(ctx, func(tx archive.Tx) error {
		list, err := tx.Mentions().Officials()
		if err != nil {
			return err
		}
		rulings, err := search.RulingsOn(tx, "")
		if err != nil {
			return err
		}
		for _, o := range list {
			p, err := tx.Readings().Page(o.Reading, o.Page)
			if err != nil {
				return err
			}
			found, _, err := rulings.On(tx, o.Reading, o.Page)
			if err != nil {
				return err
			}
			all = append(all, NamedOfficial{o, shownText(p.Text, found)(o.Start, o.End)})
		}
		return nil
	})
}
