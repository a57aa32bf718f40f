package archive

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"vidimus"
	"vidimus/custody"
)

// Work is one unit of work on a case: the records, and what the custody log
// is to say about it.
type Work struct {
	Tx
	entries []custody.Entry
}

// Register adds an entry to the custody log in the same transaction. Without a time
// of its own it bears today's date, no finer.
func (w *Work) Register(e custody.Entry) {
	if e.Time == "" {
		e.Time = time.Now().UTC().Format(time.DateOnly)
	}
	w.entries = append(w.entries, e)
}

// Do runs one unit of work: in turn with other processes, all or nothing,
// with its log entries and the next generation; then it writes the head.
func (c *Case) Do(ctx context.Context, work func(*Work) error) error {
	if c.lock == nil {
		return ErrReadOnly
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := c.lock.wait(ctx, byteWrite); err != nil {
		return err
	}
	defer c.lock.release(byteWrite)
	return c.commit(ctx, c.records.Do, work)
}

// commit is Do for whoever holds the locks, with a transaction of its choice.
func (c *Case) commit(ctx context.Context, do func(context.Context, func(Tx) error) error, work func(*Work) error) error {
	if err := c.unseal(ctx); err != nil {
		return err
	}
	c.units++
	var head Head
	err := do(ctx, func(tx Tx) error {
		w := &Work{Tx: tx}
		if err := work(w); err != nil {
			return err
		}
		var err error
		head, err = c.next(w)
		return err
	})
	if err != nil {
		return err
	}
	if err := writeHead(c.dir, c.keys.Head(), head); err != nil {
		return vidimus.WithHint(fmt.Errorf("the case's head was not written: %w", err), "make room on the disk; the last step is kept and will be named at the next opening")
	}
	c.head = head
	c.keepHead(false)
	return nil
}

// next appends the unit's entries, counts the generation on, and gives the
// head that names both.
func (c *Case) next(w *Work) (Head, error) {
	g, err := generation(w)
	if err != nil {
		return Head{}, err
	}
	if err := custody.Append(w.Tx.Log(), w.entries...); err != nil {
		return Head{}, fmt.Errorf("write the custody log: %w", err)
	}
	if err := w.Settings().Put(settingGeneration, binary.BigEndian.AppendUint64(nil, uint64(g+1))); err != nil {
		return Head{}, err
	}
	checkpoint := c.head.Checkpoint
	if len(w.entries) > 0 || len(checkpoint) == 0 || !c.current(w, checkpoint) {
		if checkpoint, err = custody.Checkpoint(w.Tx.Log(), c.signer); err != nil {
			return Head{}, err
		}
	}
	return Head{Generation: g + 1, Checkpoint: checkpoint}, nil
}

// current tells whether a checkpoint still names the log's size; another
// process may have written since.
func (c *Case) current(w *Work, checkpoint []byte) bool {
	size, err := w.Tx.Log().Size()
	if err != nil {
		return false
	}
	named, err := custody.CheckpointSize(checkpoint)
	return err == nil && named == size
}

// Recover brings a case opened by its one adder to rest after whatever ended
// the last: running jobs wait again, half readings vanish but for those of the
// kind keep, which are gone on with, and the head names the newest commit.
func (c *Case) Recover(ctx context.Context, keep string) error {
	return c.Do(ctx, func(w *Work) error {
		_, err1 := w.Jobs().Requeue()
		_, err2 := w.Readings().DropBuilding(keep)
		return errors.Join(err1, err2)
	})
}
