package sqlite

import "vidimus/archive"

type outbox struct{ *unit }

func (o outbox) Next(after int64, limit int) ([]archive.Change, error) {
	list, err := all(o.unit, func(r row) (c archive.Change, err error) {
		return c, r.Scan(&c.Seq, &c.Page, &c.Remove, &c.Text)
	}, `SELECT seq, page, remove, coalesce(text, '') FROM outbox LEFT JOIN pages ON pages.id=outbox.page AND NOT remove
		WHERE seq>? ORDER BY seq LIMIT ?`, after, limit)
	return list, doing("list changes", err)
}

func (o outbox) Confirm(seq int64) error {
	_, err := o.exec(`DELETE FROM outbox WHERE seq<=?`, seq)
	return doing("confirm changes", err)
}

func (o outbox) Last() (int64, error) {
	n, err := o.number(`SELECT seq FROM sqlite_sequence WHERE name='outbox'`)
	return n, doing("number of the last change", err)
}

func (o outbox) Pending() (int, error) {
	n, err := o.number(`SELECT count(*) FROM outbox`)
	return int(n), doing("count changes", err)
}
