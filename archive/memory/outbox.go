package memory

import "vidimus/archive"

type outbox struct{ *unit }

func (o outbox) Next(after int64, limit int) ([]archive.Change, error) {
	return page(o.state.outbox, limit, func(c archive.Change) bool { return c.Seq > after }), o.mayRead()
}

func (o outbox) Confirm(seq int64) error {
	if err := o.mayWrite(); err != nil {
		return err
	}
	o.state.outbox = page(o.state.outbox, len(o.state.outbox), func(c archive.Change) bool { return c.Seq > seq })
	return nil
}

func (o outbox) Last() (int64, error) { return o.lastSeq, o.mayRead() }

func (o outbox) Pending() (int, error) { return len(o.state.outbox), o.mayRead() }
