package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"vidimus/archive"
)

func restoreVerb(c *console, u *unlocking) *cobra.Command {
	var accept bool
	cmd := &cobra.Command{
		Use:   "restore FROM CASE",
		Short: "put a backup back, and say so in the custody log",
		Long: `Copies the backup FROM to the new folder CASE. All of it is checked before the
case has its name; FROM stays as it is. The custody log says that a backup was
put back: what happened since it was made is lost, and known to be.

With --accept-older, CASE is a folder that you have put back yourself in an
older state: this machine then takes it for the newest, and the log says so.`,
		Example: "  vidimus restore /media/second/reservoir ~/cases/reservoir\n  vidimus restore --accept-older ~/cases/reservoir",
		Args: func(_ *cobra.Command, args []string) error {
			if accept {
				return arguments(1, 1, "restore --accept-older CASE")(nil, args)
			}
			return arguments(2, 2, "restore FROM CASE")(nil, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if accept {
				return runAccept(cmd.Context(), c, u, args[0])
			}
			return runRestore(cmd.Context(), c, u, args[0], args[1])
		},
	}
	cmd.Flags().BoolVar(&accept, "accept-older", false, "take a folder that you put back yourself for the case")
	return cmd
}

func runRestore(ctx context.Context, c *console, u *unlocking, from, dir string) error {
	if err := fitForCase(dir, true); err != nil {
		return err
	}
	keys, err := u.keys(c, from)
	if err != nil {
		return err
	}
	done, err := archive.RestoreCase(ctx, from, dir, keys, u.engines(), walk, copyProgress(c))
	if unfit, ok := errors.AsType[archive.Unfit](err); ok && !c.json {
		for _, f := range unfit.Findings {
			c.say("changed: %s %s %s", f.File, f.Item, f.What)
		}
	}
	if err != nil {
		return err
	}
	return printCopied(c, copied{done, true}, "put back")
}

func runAccept(ctx context.Context, c *console, u *unlocking, dir string) error {
	keys, err := u.keys(c, dir)
	if err != nil {
		return err
	}
	if err := archive.AcceptOlder(ctx, dir, keys, u.engines()); err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]bool{"accepted": true})
	}
	c.say("this folder is the case from now on; the custody log says that an older state was put back")
	return nil
}

// copyProgress talks of a long copy, at most twice a second.
func copyProgress(c *console) func(done, all int) {
	var last time.Time
	began := time.Now()
	return func(done, all int) {
		if time.Since(began) < 2*time.Second || time.Since(last) < time.Second/2 && done < all {
			return
		}
		last = time.Now()
		c.say("%d of %d originals", done, all)
	}
}
