package sqlite

import (
	"errors"
	"strings"

	"vidimus"
	"vidimus/archive"
)

type passages struct{ *unit }

const passageColumns = `number, item, reading, page, start, stop, quote, prefix, suffix, note, tags, star, made`

func scanPassage(r row) (p vidimus.Passage, err error) {
	var tags string
	err = r.Scan(&p.Number, &p.Item, &p.Reading, &p.Page, &p.Start, &p.End, &p.Quote, &p.Prefix, &p.Suffix, &p.Note, &tags, &p.Star, &p.Made)
	if tags != "" {
		p.Tags = strings.Split(tags, "\n")
	}
	return p, err
}

func (s passages) Put(p vidimus.Passage) (int64, error) {
	if s.readOnly {
		return 0, archive.ErrReadOnly
	}
	var number any // NULL is given the next one
	if p.Number != 0 {
		number = p.Number
		if _, err := s.Get(p.Number); err != nil {
			return 0, err
		}
	}
	if r, err := readings(s).Get(p.Reading); err != nil || r.Building {
		return 0, doing("put passage", errors.Join(err, archive.ErrNotFound))
	}
	result, err := s.exec(`INSERT INTO passages(`+passageColumns+`) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT(number) DO UPDATE SET item=excluded.item, reading=excluded.reading, page=excluded.page, start=excluded.start, stop=excluded.stop,
			quote=excluded.quote, prefix=excluded.prefix, suffix=excluded.suffix, note=excluded.note, tags=excluded.tags, star=excluded.star, made=excluded.made`,
		number, p.Item, p.Reading, p.Page, p.Start, p.End, p.Quote, p.Prefix, p.Suffix, p.Note, strings.Join(p.Tags, "\n"), p.Star, p.Made)
	if err != nil || p.Number != 0 {
		return p.Number, doing("put passage", err)
	}
	return result.LastInsertId()
}

func (s passages) Get(number int64) (vidimus.Passage, error) {
	p, err := one(s.unit, scanPassage, `SELECT `+passageColumns+` FROM passages WHERE number=?`, number)
	return p, doing("get passage", err)
}

func (s passages) Delete(number int64) error {
	n, err := s.changed(`DELETE FROM passages WHERE number=?`, number)
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return doing("delete passage", err)
}

func (s passages) List(after int64, limit int) ([]vidimus.Passage, error) {
	list, err := all(s.unit, scanPassage, `SELECT `+passageColumns+` FROM passages WHERE number>? ORDER BY number LIMIT ?`, after, limit)
	return list, doing("list passages", err)
}

func (s passages) OfItem(item vidimus.ItemID) ([]vidimus.Passage, error) {
	list, err := all(s.unit, scanPassage, `SELECT `+passageColumns+` FROM passages WHERE item=? ORDER BY number`, item)
	return list, doing("list passages of an item", err)
}
