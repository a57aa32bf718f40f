package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/machine"
)

// copied is what `backup` and `restore` give; docs/json.md.
type copied struct {
	archive.Copied
	Audited bool `json:"audited"`
}

func backupVerb(c *console, u *unlocking) *cobra.Command {
	var verify, vault bool
	cmd := &cobra.Command{
		Use:   "backup CASE TO",
		Short: "copy the whole case, encrypted, while it is in use",
		Long: `Writes the folder TO: a case by itself, which today's ways in open, as it was
at one moment. Where TO holds an older backup of the same case, only what is new
is copied; until the new one is complete the old one stays what it was. Stopped
or killed, the same command goes on. Every original is authenticated on its way;
one that is damaged is left out and named (exit code 3).

The vault of protected people is left out without --with-vault; a case restored
without it lets no copy in clear leave until the vault is put back.

A backup opens to whoever could open the case on that day: removing a way in
later does not change it. Keep it where the case is not, and try it once:
vidimus audit --no-state TO.`,
		Example: "  vidimus backup ~/cases/reservoir /media/second/reservoir",
		Args:    arguments(2, 2, "backup CASE TO"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runBackup(cmd.Context(), c, u, args[0], args[1], verify, vault)
		},
	}
	cmd.Flags().BoolVar(&vault, "with-vault", false, "copy the vault of protected people too, closed as it is")
	cmd.Flags().BoolVar(&verify, "verify", false, "read the whole backup back when it is written")
	return cmd
}

func runBackup(ctx context.Context, c *console, u *unlocking, dir, to string, verify, vault bool) error {
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	cautions(c, to)
	show := copyProgress(c)
	write := d.Backup
	if vault {
		write = d.BackupWithVault
	}
	done, err := write(ctx, to, show)
	if err != nil {
		return err
	}
	if verify {
		if err := d.VerifyBackup(ctx, to, walk); err != nil {
			return err
		}
	}
	return printCopied(c, copied{done, verify}, "backed up")
}

// cautions says what a person should know of the place. The copy is encrypted:
// it may lie anywhere.
func cautions(c *console, to string) {
	if name, remote := machine.FileSystem(to); name != "" && !remote {
		c.hint("the file system there is %s: good for keeping a backup, not for working in it; `restore` it to a local disk", name)
	}
	if where := machine.Elsewhere(to); where != "" {
		c.hint("the backup lies in %s: others there can keep it, and whoever has a way in today can open it for ever", where)
	}
}

func printCopied(c *console, done copied, what string) error {
	if done.LeftOut == nil {
		done.LeftOut = []vidimus.ItemID{}
	}
	if c.json {
		if err := c.data(done); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.out, "%s: %d log entries, %d originals in files of their own, %d of them copied now, %s\n",
			what, done.Entries, done.Originals, done.Fresh, size(done.Bytes))
		for _, item := range done.LeftOut {
			fmt.Fprintf(c.out, "left out\t%s\n", item)
		}
	}
	if len(done.LeftOut) > 0 {
		c.hint("what was left out is missing or damaged in the case: `vidimus audit` says more")
		return errFailures
	}
	return nil
}
