package sqlite

import "vidimus/archive"

// outbox is the table of that name. A row with a negative page is about the
// file of that order.
type outbox struct{ *unit }

const changes = `SELECT seq, max(page, 0), remove, coalesce(pages.text, ''), coalesce(kind, ''),
		coalesce(own.ord, changed.ord, 0), coalesce(parent.ord, 0), coalesce(changed.path, x''), coalesce(changed.type, ''), coalesce(changed.state, '')
	FROM outbox
	LEFT JOIN pages ON pages.id = outbox.page AND NOT remove
	LEFT JOIN readings ON readings.number = outbox.page >> 24 AND outbox.page > 0
	LEFT JOIN files AS own ON own.item = readings.item
	LEFT JOIN files AS changed ON changed.ord = -outbox.page
	LEFT JOIN files AS parent ON parent.item = changed.parent
	WHERE seq > ? ORDER BY seq LIMIT ?`

func (o outbox) Next(after int64, limit int) ([]archive.Change, error) {
	list, err := all(o.unit, func(r row) (c archive.Change, err error) {
		return c, r.Scan(&c.Seq, &c.Page, &c.Remove, &c.Text, &c.Kind, &c.File, &c.About.Parent, &c.About.Path, &c.About.Type, &c.About.State)
	}, changes, after, limit)
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
