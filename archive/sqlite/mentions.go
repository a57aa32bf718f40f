package sqlite

import (
	"fmt"
	"math"
	"slices"

	"vidimus"
	"vidimus/archive"
)

type mentions struct{ *unit }

func (m mentions) Put(reading int64, page int, by vidimus.Producer, found []vidimus.Mention) error {
	id := vidimus.PageID(reading, page)
	err := m.forget(id)
	if err == nil {
		_, err = m.exec(`INSERT INTO understood(page, producer, version, parameters) VALUES(?,?,?,?)
			ON CONFLICT DO UPDATE SET producer=excluded.producer, version=excluded.version, parameters=excluded.parameters`,
			id, by.Stage, by.Version, by.Parameters)
	}
	for _, f := range found {
		if err == nil {
			err = f.Check()
		}
		if err == nil {
			_, err = m.exec(`INSERT INTO mentions(page, start, end, kind, value, rule, confidence) VALUES(?,?,?,?,?,?,?)`,
				id, f.Start, f.End, f.Kind, f.Value, f.Rule, f.Confidence)
		}
		if err == nil {
			err = m.state(`INSERT OR IGNORE INTO stated(kind, key, high, page) VALUES(?,?,?,?)`, id, f)
		}
	}
	return doing("put mentions", err)
}

// forget drops what was found on a page.
func (m mentions) forget(id int64) error {
	before, err := m.list(id)
	for _, f := range before {
		if err == nil {
			err = m.state(`DELETE FROM stated WHERE kind=? AND key=? AND high=? AND page=?`, id, f)
		}
	}
	if err == nil && len(before) > 0 {
		_, err = m.exec(`DELETE FROM mentions WHERE page=?`, id)
	}
	return err
}

// state runs a statement for all that a mention says.
func (m mentions) state(statement string, id int64, f vidimus.Mention) error {
	for _, s := range archive.Statements(f) {
		if _, err := m.exec(statement, s.Kind, s.Key, s.High, id); err != nil {
			return err
		}
	}
	return nil
}

func (m mentions) list(id int64) ([]vidimus.Mention, error) {
	return all(m.unit, func(r row) (f vidimus.Mention, err error) {
		return f, r.Scan(&f.Start, &f.End, &f.Kind, &f.Value, &f.Rule, &f.Confidence)
	}, `SELECT start, end, kind, value, rule, confidence FROM mentions WHERE page=? ORDER BY start, end, kind`, id)
}

func (m mentions) Page(reading int64, page int) ([]vidimus.Mention, vidimus.Producer, error) {
	if page < 1 || page > vidimus.MaxPages {
		return nil, vidimus.Producer{}, doing("list mentions", archive.ErrNotFound)
	}
	id := vidimus.PageID(reading, page)
	by, err := one(m.unit, func(r row) (p vidimus.Producer, err error) {
		return p, r.Scan(&p.Stage, &p.Version, &p.Parameters)
	}, `SELECT producer, version, parameters FROM understood WHERE page=?`, id)
	if err != nil {
		return nil, by, doing("list mentions", err)
	}
	list, err := m.list(id)
	return list, by, doing("list mentions", err)
}

func (m mentions) Stating(s archive.Sought) ([]int64, error) {
	page := func(r row) (page int64, err error) { return page, r.Scan(&page) }
	if n := s.Numbers; n != nil {
		list, err := all(m.unit, page, `SELECT page FROM stated WHERE kind='number' AND key>=?1 AND key<?2 AND (?3='' OR instr(key,' ')>0 AND substr(key,instr(key,' ')+1)=?3)
			UNION SELECT page FROM stated WHERE kind='range' AND key<?2 AND high>=?1 AND (?3='' OR instr(key,' ')>0 AND substr(key,instr(key,' ')+1)=?3) ORDER BY page`,
			n.Least(), n.Beyond(), n.Unit)
		return list, doing("find numbers", err)
	}
	var pages []int64
	for _, key := range s.Places {
		list, err := all(m.unit, page, `SELECT page FROM stated WHERE kind='place' AND key=? ORDER BY page`, key)
		if err != nil {
			return nil, doing("find places", err)
		}
		pages = append(pages, list...)
	}
	slices.Sort(pages)
	return slices.Compact(pages), nil
}

func (m mentions) Looked(by vidimus.Producer) (pages, others int, err error) {
	_, err = one(m.unit, func(r row) (none struct{}, err error) { return none, r.Scan(&pages, &others) },
		`SELECT count(CASE WHEN own THEN 1 END), count(CASE WHEN own THEN NULL ELSE 1 END) FROM (
			SELECT producer=? AND understood.version=? AND understood.parameters=? AS own FROM understood JOIN readings ON number = page >> 24 WHERE state=?)`,
		by.Stage, by.Version, by.Parameters, finished)
	return pages, others, doing("count what was understood", err)
}

func (m mentions) Rule(r vidimus.Ruling) error {
	a, b := r.Mention, r.Into
	_, err := m.exec(`INSERT OR REPLACE INTO rulings(page, start, end, kind, verdict, to_kind, value, into_page, into_start, into_end, into_kind)
		VALUES(?,?,?,?,?,?,?,?,?,?,?)`, vidimus.PageID(a.Reading, a.Page), a.Start, a.End, a.Kind, r.Verdict, r.Kind, r.Value,
		vidimus.PageID(b.Reading, b.Page), b.Start, b.End, b.Kind)
	return doing("put a ruling", err)
}

func (m mentions) Rulings(reading int64) ([]vidimus.Ruling, error) {
	last := vidimus.PageID(reading, vidimus.MaxPages)
	if reading == 0 {
		last = math.MaxInt64
	}
	list, err := all(m.unit, func(r row) (v vidimus.Ruling, err error) {
		var page, into int64
		err = r.Scan(&page, &v.Mention.Start, &v.Mention.End, &v.Mention.Kind, &v.Verdict, &v.Kind, &v.Value,
			&into, &v.Into.Start, &v.Into.End, &v.Into.Kind)
		v.Mention.Reading, v.Mention.Page = vidimus.SplitPageID(page)
		v.Into.Reading, v.Into.Page = vidimus.SplitPageID(into)
		return v, err
	}, `SELECT page, start, end, kind, verdict, to_kind, value, into_page, into_start, into_end, into_kind FROM rulings
		WHERE page BETWEEN ? AND ? ORDER BY page, start, end, kind`, vidimus.PageID(reading, 0), last)
	return list, doing("list rulings", err)
}

func (m mentions) AddOfficial(o vidimus.Official) (int64, error) {
	result, err := m.exec(`INSERT INTO officials(name, office, item, page, start, end) VALUES(?,?,?,?,?,?)`,
		o.Name, o.Office, o.Item, vidimus.PageID(o.Reading, o.Page), o.Start, o.End)
	if err != nil {
		return 0, doing("add an official", err)
	}
	return result.LastInsertId()
}

func (m mentions) RemoveOfficial(number int64) error {
	n, err := m.changed(`DELETE FROM officials WHERE number=?`, number)
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("remove an official: %w", err)
	}
	return nil
}

func (m mentions) Officials() ([]vidimus.Official, error) {
	list, err := all(m.unit, func(r row) (o vidimus.Official, err error) {
		var page int64
		err = r.Scan(&o.Number, &o.Name, &o.Office, &o.Item, &page, &o.Start, &o.End)
		o.Reading, o.Page = vidimus.SplitPageID(page)
		return o, err
	}, `SELECT number, name, office, item, page, start, end FROM officials ORDER BY number`)
	return list, doing("list officials", err)
}
