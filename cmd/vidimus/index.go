package main

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"vidimus/archive"
)

func indexVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "index",
		Short:   "the search index: rebuild",
		Long:    "The index is derived from the records and holds nothing of its own.",
		Example: "  vidimus index rebuild ~/cases/reservoir",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus index rebuild CASE")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "rebuild CASE",
		Short: "throw the index away and build it again from the records",
		Long: `Builds the index anew. It is needed when audit names index.db as damaged or
changed; nothing else is touched. Nobody else may have the case open.`,
		Example: "  vidimus index rebuild ~/cases/reservoir",
		Args:    arguments(1, 1, "index rebuild CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runIndexRebuild(cmd.Context(), c, u, args[0])
		},
	})
	return cmd
}

func runIndexRebuild(ctx context.Context, c *console, u *unlocking, dir string) error {
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	err = d.WithoutOthers(ctx, func() error {
		if err := d.Writing(ctx); err != nil {
			return err
		}
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(d.IndexPath() + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return errors.New("the index cannot be removed")
			}
		}
		return d.withIndex(ctx, c, archive.ToWrite)
	})
	if err != nil {
		return err
	}
	at, err := d.index.Position(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]int64{"changes": at})
	}
	c.say("the index is built again")
	return nil
}
