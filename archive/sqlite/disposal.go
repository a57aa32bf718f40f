package sqlite

import (
	"vidimus"
	"vidimus/archive"
)

type disposal struct{ *unit }

// Statements that take what belongs to readings out of the tables. What was
// understood goes with the pages.
const (
	ofItem         = `(SELECT number FROM readings WHERE item=?1)`
	dropPassages   = `DELETE FROM passages WHERE item=?1 OR reading IN ` + ofItem
	dropOfficials  = `DELETE FROM officials WHERE item=?1 OR page >> 24 IN ` + ofItem
	dropRulings    = `DELETE FROM rulings WHERE page >> 24 IN ` + ofItem + ` OR into_page >> 24 IN ` + ofItem
	dropStated     = `DELETE FROM stated WHERE page >> 24 IN ` + ofItem
	dropChanges    = `DELETE FROM outbox WHERE page > 0 AND page >> 24 IN ` + ofItem
	dropReadings   = `DELETE FROM readings WHERE item=?1`
	dropJobs       = `DELETE FROM jobs WHERE ord IN (SELECT ord FROM files WHERE item=?1)`
	dropPagesRange = `DELETE FROM pages WHERE id BETWEEN ? AND ?`
)

func (d disposal) Item(item vidimus.ItemID) error {
	numbers, err := d.readingsOf(item)
	for _, drop := range []string{dropPassages, dropOfficials, dropRulings, dropStated, dropChanges} {
		if err == nil {
			_, err = d.exec(drop, item)
		}
	}
	for _, n := range numbers {
		if err == nil {
			_, err = d.exec(dropPagesRange, vidimus.PageID(n, 0), vidimus.PageID(n, vidimus.MaxPages))
		}
	}
	for _, drop := range []string{dropReadings, dropJobs} {
		if err == nil {
			_, err = d.exec(drop, item)
		}
	}
	return doing("dispose of an item", err)
}

func (d disposal) readingsOf(item vidimus.ItemID) ([]int64, error) {
	return all(d.unit, func(r row) (n int64, err error) { return n, r.Scan(&n) }, `SELECT number FROM readings WHERE item=? ORDER BY number`, item)
}

func (d disposal) Hand(from, to vidimus.ItemID) error {
	_, err := files(d).Get(to)
	if err != nil || from == to {
		return doing("hand over an item's readings", err)
	}
	for _, table := range []string{"passages", "officials", "readings"} {
		if err == nil {
			_, err = d.exec(`UPDATE `+table+` SET item=?2 WHERE item=?1`, from, to)
		}
	}
	if err == nil {
		_, err = d.exec(`UPDATE OR REPLACE jobs SET ord=(SELECT ord FROM files WHERE item=?2) WHERE ord=(SELECT ord FROM files WHERE item=?1)`, from, to)
	}
	return doing("hand over an item's readings", err)
}

func (d disposal) Original(digest vidimus.Digest) error {
	_, err := d.exec(`DELETE FROM small_originals WHERE digest=?`, digest[:])
	if err == nil {
		err = d.gone(`DELETE FROM originals WHERE digest=?`, digest[:])
	}
	return doing("dispose of an original", err)
}

func (d disposal) Entry(index int64) error {
	return doing("dispose of a log entry", d.gone(`DELETE FROM log_bodies WHERE number=?`, index))
}

func (d disposal) Setting(name string) error {
	return doing("dispose of a setting", d.gone(`DELETE FROM settings WHERE name=?`, name))
}

// gone runs a statement that must delete something.
func (d disposal) gone(query string, arg any) error {
	n, err := d.changed(query, arg)
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return err
}
