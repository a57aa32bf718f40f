package main

import (
	"context"
	"errors"
	"strings"

	"vidimus/sandbox"
)

// walls measures what it takes to start a worker and to try its walls.
func walls(context.Context, string) ([]measure, error) {
	start := func(ctx context.Context, b *book) error {
		c, err := costOf(func() error {
			w, err := sandbox.Start(ctx, "pdf", sandbox.Options{})
			if err != nil {
				return err
			}
			return w.Close()
		})
		b.note("a PDF worker started and ended", "ms", c.milliseconds())
		return err
	}
	probe := func(ctx context.Context, b *book) error {
		c, err := costOf(func() error {
			if missing := sandbox.Probe(ctx).Missing(); len(missing) > 0 {
				return errors.New("walls do not stand: " + strings.Join(missing, "; "))
			}
			return nil
		})
		b.note("all walls tried, as `add` does before the first file", "ms", c.milliseconds())
		return err
	}
	return []measure{{"start of a worker", start}, {"probe of the walls", probe}}, nil
}
