package sqlite

import (
	"errors"
	"fmt"
	"math"

	"vidimus"
	"vidimus/archive"
)

// States of a reading.
const (
	building = iota
	finished
	superseded
)

type readings struct{ *unit }

const readingColumns = `number, item, kind, stage, version, parameters, state`

func scanReading(r row) (v vidimus.Reading, err error) {
	var state int
	err = r.Scan(&v.Number, &v.Item, &v.Kind, &v.Producer.Stage, &v.Producer.Version, &v.Producer.Parameters, &state)
	v.Building = state == building
	return v, err
}

func (r readings) Begin(v vidimus.Reading) (int64, error) {
	result, err := r.exec(`INSERT INTO readings(item, kind, stage, version, parameters, state) VALUES(?,?,?,?,?,?)`,
		v.Item, v.Kind, v.Producer.Stage, v.Producer.Version, v.Producer.Parameters, building)
	if err != nil {
		return 0, doing("begin reading", err)
	}
	return result.LastInsertId()
}

// open gives a reading that is still building.
func (r readings) open(number int64) (vidimus.Reading, error) {
	v, err := r.Get(number)
	if err == nil && !v.Building {
		err = errors.New("the reading is finished")
	}
	return v, err
}

func (r readings) AddPages(reading int64, pages []vidimus.Page) error {
	if _, err := r.open(reading); err != nil {
		return doing("add pages", err)
	}
	for _, p := range pages {
		if p.Number < 1 || p.Number > vidimus.MaxPages {
			return fmt.Errorf("add pages: there is no page %d", p.Number)
		}
		_, err := r.exec(`INSERT INTO pages(id, section, ink, unread, words, width, height, text, places, confidence) VALUES(?,?,?,?,?,?,?,?,?,?)`,
			vidimus.PageID(reading, p.Number), p.Section, p.Ink, p.Unread, !p.Wordless(),
			int64(math.Float64bits(p.Width)), int64(math.Float64bits(p.Height)), p.Text, vidimus.EncodePlaces(p.Places), int64(math.Round(p.Confidence*1000)))
		if err != nil {
			return fmt.Errorf("add page %d: %w", p.Number, err)
		}
	}
	return nil
}

func (r readings) Finish(reading int64) error {
	v, err := r.open(reading)
	if err != nil {
		return doing("finish reading", err)
	}
	older, err := all(r.unit, scanReading, `SELECT `+readingColumns+` FROM readings
		WHERE item=? AND kind=? AND state=? ORDER BY number`, v.Item, v.Kind, finished)
	if err != nil {
		return doing("finish reading", err)
	}
	for _, o := range older {
		if err := r.announce(o.Number, true, superseded); err != nil {
			return doing("finish reading", err)
		}
	}
	return doing("finish reading", r.announce(reading, false, finished))
}

// announce puts a reading's pages into the outbox and sets its state. The
// index need not hear of pages without words.
func (r readings) announce(reading int64, remove bool, state int) error {
	_, err := r.exec(`INSERT INTO outbox(page, remove) SELECT id, ? FROM pages WHERE id BETWEEN ? AND ? AND words ORDER BY id`,
		remove, vidimus.PageID(reading, 0), vidimus.PageID(reading, vidimus.MaxPages))
	if err == nil {
		_, err = r.exec(`UPDATE readings SET state=? WHERE number=?`, state, reading)
	}
	return err
}

func (r readings) Current(item vidimus.ItemID) ([]vidimus.Reading, error) {
	list, err := all(r.unit, scanReading, `SELECT `+readingColumns+` FROM readings WHERE item=? AND state=? ORDER BY number`, item, finished)
	return list, doing("list current readings", err)
}

func (r readings) Get(reading int64) (vidimus.Reading, error) {
	v, err := one(r.unit, scanReading, `SELECT `+readingColumns+` FROM readings WHERE number=?`, reading)
	return v, doing("get reading", err)
}

func (r readings) All(after int64, limit int) ([]vidimus.Reading, error) {
	list, err := all(r.unit, scanReading, `SELECT `+readingColumns+` FROM readings WHERE number>? AND state=? ORDER BY number LIMIT ?`, after, finished, limit)
	return list, doing("list readings", err)
}

func (r readings) Producers() (map[vidimus.Producer]int, error) {
	counts := map[vidimus.Producer]int{}
	_, err := all(r.unit, func(r row) (none struct{}, err error) {
		var p vidimus.Producer
		var n int
		err = r.Scan(&p.Stage, &p.Version, &p.Parameters, &n)
		counts[p] = n
		return none, err
	}, `SELECT stage, version, parameters, count(*) FROM readings WHERE state=? GROUP BY stage, version, parameters`, finished)
	return counts, doing("count readings", err)
}

func (r readings) Unfinished(item vidimus.ItemID) ([]vidimus.Reading, error) {
	list, err := all(r.unit, scanReading, `SELECT `+readingColumns+` FROM readings WHERE item=? AND state=? ORDER BY number`, item, building)
	return list, doing("list unfinished readings", err)
}

func (r readings) Renumber(reading int64) (int64, error) {
	if r.readOnly {
		return 0, archive.ErrReadOnly
	}
	v, err := r.open(reading)
	if err != nil {
		return 0, doing("renumber a reading", err)
	}
	later, err := r.number(`SELECT EXISTS(SELECT 1 FROM readings WHERE number>? AND state<>?)`, reading, building)
	if err != nil || later == 0 {
		return reading, doing("renumber a reading", err)
	}
	next, err := r.Begin(v)
	if err == nil {
		_, err = r.exec(`UPDATE pages SET id=id+? WHERE id BETWEEN ? AND ?`, vidimus.PageID(next-reading, 0),
			vidimus.PageID(reading, 0), vidimus.PageID(reading, vidimus.MaxPages))
	}
	return next, doing("renumber a reading", errors.Join(err, r.Drop(reading)))
}

func (r readings) Drop(reading int64) error {
	_, err := r.open(reading)
	if err == nil {
		_, err = r.exec(dropPagesRange, vidimus.PageID(reading, 0), vidimus.PageID(reading, vidimus.MaxPages))
	}
	if err == nil {
		_, err = r.exec(`DELETE FROM readings WHERE number=?`, reading)
	}
	return doing("drop an unfinished reading", err)
}

func (r readings) DropBuilding(keep string) (int, error) {
	left, err := all(r.unit, scanReading, `SELECT `+readingColumns+` FROM readings WHERE state=?1 AND (?2='' OR kind<>?2)`, building, keep)
	for _, v := range left {
		if err == nil {
			err = r.Drop(v.Number)
		}
	}
	return len(left), doing("drop unfinished readings", err)
}

const (
	pageColumns = `id, section, ink, unread, width, height, text, confidence`
	// visible hides the pages of a reading that is not finished.
	visible = ` AND EXISTS (SELECT 1 FROM readings WHERE number = pages.id >> 24 AND state <> 0)`
)

func scanPage(r row, more ...any) (p vidimus.Page, err error) {
	var id int64
	var width, height, confidence int64
	err = r.Scan(append([]any{&id, &p.Section, &p.Ink, &p.Unread, &width, &height, &p.Text, &confidence}, more...)...)
	_, p.Number = vidimus.SplitPageID(id)
	p.Width, p.Height = math.Float64frombits(uint64(width)), math.Float64frombits(uint64(height))
	p.Confidence = float64(confidence) / 1000
	return p, err
}

func scanPlaced(r row) (vidimus.Page, error) {
	var places []byte
	p, err := scanPage(r, &places)
	if err != nil {
		return p, err
	}
	p.Places, err = vidimus.DecodePlaces(places)
	return p, err
}

func (r readings) Page(reading int64, number int) (vidimus.Page, error) {
	if number < 1 || number > vidimus.MaxPages {
		return vidimus.Page{}, doing("get page", archive.ErrNotFound)
	}
	p, err := one(r.unit, scanPlaced, `SELECT `+pageColumns+`, places FROM pages WHERE id=?`+visible, vidimus.PageID(reading, number))
	return p, doing("get page", err)
}

func (r readings) Pages(reading int64, after, limit int) ([]vidimus.Page, error) {
	after = max(0, min(after, vidimus.MaxPages))
	list, err := all(r.unit, func(r row) (vidimus.Page, error) { return scanPage(r) },
		`SELECT `+pageColumns+` FROM pages WHERE id>? AND id<=?`+visible+` ORDER BY id LIMIT ?`,
		vidimus.PageID(reading, after), vidimus.PageID(reading, vidimus.MaxPages), limit)
	return list, doing("list pages", err)
}

func (r readings) Ahead(reading int64, after, limit int) ([]vidimus.Page, error) {
	if _, err := r.open(reading); err != nil {
		return nil, doing("list the pages of an unfinished reading", err)
	}
	after = max(0, min(after, vidimus.MaxPages))
	list, err := all(r.unit, scanPlaced, `SELECT `+pageColumns+`, places FROM pages WHERE id>? AND id<=? ORDER BY id LIMIT ?`,
		vidimus.PageID(reading, after), vidimus.PageID(reading, vidimus.MaxPages), limit)
	return list, doing("list the pages of an unfinished reading", err)
}
