package archive

import (
	"context"
	"errors"
	"fmt"

	"vidimus"
	"vidimus/custody"
)

// Stub is one line that names the custody log as it stands, to be kept
// elsewhere.
func (c *Case) Stub(ctx context.Context) (line string, err error) {
	err = c.View(ctx, func(tx Tx) error {
		checkpoint, err := c.Checkpoint(tx)
		if err != nil {
			return err
		}
		line, err = custody.Stub(c.Format.ID, checkpoint, c.verifier)
		return err
	})
	return line, err
}

// Against demands that the case continues what a stub names. What contradicts
// it is a finding; a stub that cannot be one of this case is an error.
func (c *Case) Against(ctx context.Context, stub string) (Audit, error) {
	a := &auditor{Case: c}
	checkpoint, err := custody.ParseStub(stub, c.Format.ID, c.verifier)
	if err != nil {
		return a.Audit, vidimus.WithHint(err, "a stub is the line that `vidimus log stub CASE` printed; name the file it is in, or put it in quotes")
	}
	err = c.View(ctx, func(tx Tx) error { return custody.Consistent(tx.Log(), c.verifier, checkpoint) })
	size, _ := custody.CheckpointSize(checkpoint)
	switch {
	case errors.Is(err, custody.ErrShorter):
		a.find(recordsFile, "", "the case is older than the stub: the log had %d entries then", size)
	case errors.Is(err, custody.ErrRewritten):
		a.find(recordsFile, "", "the case is not a continuation of the one that the stub names: two copies went on apart, or the log was written anew")
	case err != nil:
		return a.Audit, fmt.Errorf("compare with the stub: %w", err)
	}
	a.count("entries that the stub names", size)
	return a.Audit, nil
}
