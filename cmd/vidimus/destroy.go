package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
)

// outOfReach is what destroying a case does not reach.
var outOfReach = []string{
	"backups and other copies of the case's folder: they open as before; destroy them too",
	"copies that left the case, editions that were published, and whoever has read them",
	"what the disk keeps by itself: snapshots, blocks that a solid-state disk has set aside, and what a file system freed before; a disk that was encrypted whole can be destroyed whole",
	"what memory, swap and the image of a sleeping machine held: shut the machine down",
	"passphrases, recovery keys on paper, signers' files, and stubs of the log that lie elsewhere",
	"the medium on which it came, and whoever gave it",
}

func destroyVerb(c *console, u *unlocking) *cobra.Command {
	s, yes := cosigning{signing: signing{unlocking: u}}, ""
	cmd := &cobra.Command{
		Use:   "destroy CASE",
		Short: "destroy a whole case: its keys, then its files",
		Long: `Destroys every key file, the vault's too, so that nothing in the folder opens any
more, then writes over and removes all else. It asks for the case's id, as the
file CASE/format has it; where no terminal can ask, --yes - reads it from standard
input. Two signers of the case sign, each with their own key; with --one-person
one does. A hold forbids it. What was cut short goes on by the same command.
It cannot be undone. What it cannot reach is printed.`,
		Example: "  vidimus destroy ~/cases/reservoir --signer ~/keys/a.signer --signer ~/keys/b.signer",
		Args:    arguments(1, 1, "destroy CASE --signer FILE --signer FILE [--yes -]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if yes != "" && yes != "-" {
				return errUsage{errors.New("--yes takes -: the case's id is read from standard input")}
			}
			if id, begun := archive.Destroying(args[0]); begun {
				return goOnDestroying(c, args[0], id, yes)
			}
			if err := s.asked(); err != nil {
				return errUsage{err}
			}
			return runDestroy(cmd.Context(), c, u, s, args[0], yes)
		},
	}
	s.flags(cmd)
	cmd.Flags().StringVar(&yes, "yes", "", "`-` reads the case's id from standard input")
	return cmd
}

func runDestroy(ctx context.Context, c *console, u *unlocking, s cosigning, dir, yes string) error {
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := typedID(c, d.id, yes); err != nil {
		return err
	}
	by, err := s.sign(c, archive.DestructionText(d.id))
	if err != nil {
		return err
	}
	if err := d.Destroy(ctx, by, s.onePerson); err != nil {
		return err
	}
	return printDestroyed(c, d.id)
}

func goOnDestroying(c *console, dir, id, yes string) error {
	if err := typedID(c, id, yes); err != nil {
		return err
	}
	if err := archive.FinishDestroying(dir); err != nil {
		return err
	}
	return printDestroyed(c, id)
}

// typedID demands that somebody types which case is to be destroyed.
func typedID(c *console, id, yes string) error {
	if yes != "-" && !terminal(c.in) {
		return errUsage{errors.New("there is no terminal to ask: --yes - reads the case's id from standard input")}
	}
	if yes != "-" {
		fmt.Fprint(c.err, "This destroys the case. Type its id, as the file CASE/format has it: ")
	}
	line, err := bufio.NewReader(io.LimitReader(c.in, 1024)).ReadString('\n')
	if (err != nil && !errors.Is(err, io.EOF)) || strings.TrimSpace(line) != id {
		return vidimus.WithHint(errors.New("this is not the id of the case; nothing was destroyed"), "it is the word after `id` in the file CASE/format")
	}
	return nil
}

func printDestroyed(c *console, id string) error {
	if c.json {
		return c.data(map[string]any{"destroyed": id, "out_of_reach": outOfReach})
	}
	fmt.Fprintf(c.out, "destroyed\t%s\n", id)
	for _, what := range outOfReach {
		fmt.Fprintf(c.out, "out of reach: %s\n", what)
	}
	return nil
}
