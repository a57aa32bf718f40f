package sqlite

import (
	"fmt"

	"vidimus"
	"vidimus/archive"
)

type mentions struct{ *unit }

func (m mentions) Put(reading int64, page int, by vidimus.Producer, found []vidimus.Mention) error {
	id := vidimus.PageID(reading, page)
	_, err := m.exec(`INSERT INTO understood(page, producer, version, parameters) VALUES(?,?,?,?)
		ON CONFLICT DO UPDATE SET producer=excluded.producer, version=excluded.version, parameters=excluded.parameters`,
		id, by.Stage, by.Version, by.Parameters)
	if err == nil {
		_, err = m.exec(`DELETE FROM mentions WHERE page=?`, id)
	}
	for _, f := range found {
		if err == nil {
			err = f.Check()
		}
		if err == nil {
			_, err = m.exec(`INSERT INTO mentions(page, start, end, kind, value, rule, confidence) VALUES(?,?,?,?,?,?,?)`,
				id, f.Start, f.End, f.Kind, f.Value, f.Rule, f.Confidence)
		}
	}
	return doing("put mentions", err)
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
	list, err := all(m.unit, func(r row) (f vidimus.Mention, err error) {
		return f, r.Scan(&f.Start, &f.End, &f.Kind, &f.Value, &f.Rule, &f.Confidence)
	}, `SELECT start, end, kind, value, rule, confidence FROM mentions WHERE page=? ORDER BY start, end, kind`, id)
	return list, by, doing("list mentions", err)
}

func (m mentions) Rule(r vidimus.Ruling) error {
	a, b := r.Mention, r.Into
	_, err := m.exec(`INSERT OR REPLACE INTO rulings(page, start, end, kind, verdict, to_kind, value, into_page, into_start, into_end, into_kind)
		VALUES(?,?,?,?,?,?,?,?,?,?,?)`, vidimus.PageID(a.Reading, a.Page), a.Start, a.End, a.Kind, r.Verdict, r.Kind, r.Value,
		vidimus.PageID(b.Reading, b.Page), b.Start, b.End, b.Kind)
	return doing("put a ruling", err)
}

func (m mentions) Rulings(reading int64) ([]vidimus.Ruling, error) {
	list, err := all(m.unit, func(r row) (v vidimus.Ruling, err error) {
		var page, into int64
		err = r.Scan(&page, &v.Mention.Start, &v.Mention.End, &v.Mention.Kind, &v.Verdict, &v.Kind, &v.Value,
			&into, &v.Into.Start, &v.Into.End, &v.Into.Kind)
		v.Mention.Reading, v.Mention.Page = vidimus.SplitPageID(page)
		v.Into.Reading, v.Into.Page = vidimus.SplitPageID(into)
		return v, err
	}, `SELECT page, start, end, kind, verdict, to_kind, value, into_page, into_start, into_end, into_kind FROM rulings
		WHERE page BETWEEN ? AND ? ORDER BY page, start, end, kind`, vidimus.PageID(reading, 0), vidimus.PageID(reading, vidimus.MaxPages))
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
