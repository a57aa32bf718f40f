package archive

import (
	"context"
	"errors"

	"vidimus"
)

// VerifyBackup reads a backup of this case back, all of it.
func (c *Case) VerifyBackup(ctx context.Context, dir string, walk Walk) error {
	a := AuditFiles(dir, c.keys, walk)
	b, err := openAsIs(ctx, dir, c.keys, c.engines)
	if err != nil {
		return err
	}
	content, err := b.AuditContent(ctx)
	if err := errors.Join(err, b.records.Close()); err != nil {
		return err
	}
	if all := append(a.Findings, content.Findings...); len(all) > 0 {
		return vidimus.WithHint(Unfit{all}, "the disk it lies on gives back other bytes than were written: take another disk")
	}
	return nil
}
