package memory

import "vidimus/archive"

type outbox struct{ *unit }

func (o outbox) Next(after int64, limit int) ([]archive.Change, error) {
	list := page(o.state.outbox, limit, func(c archive.Change) bool { return c.Seq > after })
	for i, c := range list {
		if c.Page == 0 {
			f := o.state.files[c.File-1]
			list[i].About = archive.AboutOf(f)
			if at, there := o.byItem[f.Parent]; there {
				list[i].About.Parent = int64(at + 1)
			}
		}
	}
	return list, o.mayRead()
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
