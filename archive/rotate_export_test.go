package archive

import (
	"context"
	"path/filepath"
)

// PutInForce is Rotate, killed after its commit and n of the moves.
func (c *Case) PutInForce(ctx context.Context, r Rotation, n int) error {
	if err := c.use.alone(); err != nil {
		return err
	}
	if err := c.putInForce(ctx, r); err != nil {
		return err
	}
	for _, step := range moves(c.dir, filepath.Join(c.dir, rotatedFolder))[:n] {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// Moves is how many moves there are.
func Moves() int { return len(moves("", "")) }
