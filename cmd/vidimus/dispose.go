package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// disposing is what `dispose` is asked to do.
type disposing struct {
	cosigning
	reason           string
	keep, with, look bool
}

func disposeVerb(c *console, u *unlocking) *cobra.Command {
	p := disposing{cosigning: cosigning{signing: signing{unlocking: u}}}
	cmd := &cobra.Command{
		Use:   "dispose CASE ITEM",
		Short: "take a file out of the case for good, with all that was made of it",
		Long: `Destroys the keys and the bytes of a file and of what is inside it, and takes its
name, its text, passages, mentions and what is withheld of it out of the case and
its index, which the next search makes anew. The custody log still verifies: what
it said of the file is destroyed too, that the file went is added. The file is
still counted, as disposed of. What cannot be reached from here is printed.

Two signers of the case sign, each with their own key; with --one-person one does.
The reason comes from standard input and stays in the log: write no name into it.
Nobody else may have the case open. It cannot be undone. --look changes nothing.`,
		Example: "  vidimus dispose ~/cases/reservoir ITEM --look\n  vidimus dispose ~/cases/reservoir ITEM --signer ~/keys/a.signer --signer ~/keys/b.signer --reason -",
		Args:    arguments(2, 2, "dispose CASE ITEM --signer FILE --signer FILE --reason - [--keep-duplicates|--with-duplicates]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			item, err := vidimus.ParseItemID(args[1])
			if err == nil {
				err = p.asked()
			}
			if err != nil {
				return errUsage{err}
			}
			return p.run(cmd.Context(), c, u, args[0], item)
		},
	}
	p.flags(cmd)
	cmd.Flags().StringVar(&p.reason, "reason", "", "`-` reads the reason from standard input")
	cmd.Flags().BoolVar(&p.keep, "keep-duplicates", false, "leave other files with the same bytes, and the bytes with them")
	cmd.Flags().BoolVar(&p.with, "with-duplicates", false, "dispose of all files with the same bytes")
	cmd.Flags().BoolVar(&p.look, "look", false, "only say what would go")
	return cmd
}

func (p disposing) asked() error {
	switch {
	case p.keep && p.with:
		return errors.New("--keep-duplicates and --with-duplicates exclude each other")
	case p.look:
		return nil
	case p.reason != "-":
		return errors.New("--reason - is needed; the reason is read from standard input")
	}
	return p.cosigning.asked()
}

func (p disposing) choice() archive.Choice {
	switch {
	case p.keep:
		return archive.KeepDuplicates
	case p.with:
		return archive.WithDuplicates
	}
	return archive.Undecided
}

func (p disposing) run(ctx context.Context, c *console, u *unlocking, dir string, item vidimus.ItemID) error {
	d := archive.Disposing{Item: item, Choice: p.choice(), OnePerson: p.onePerson}
	if !p.look {
		var err error
		if d.Reason, err = reasonGiven(c); err != nil {
			return err
		}
	}
	cs, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer cs.Close()
	var doomed *archive.Doomed
	err = cs.View(ctx, func(tx archive.Tx) (err error) {
		doomed, err = archive.DoomedBy(tx, item, d.Choice)
		return err
	})
	if err != nil {
		return err
	}
	if p.look {
		return printDisposal(c, pipeline.Disposal{Disposed: archive.Disposed{Doomed: doomed}}, true)
	}
	c.say("%d file(s) go for good", len(doomed.Items))
	if d.By, err = p.sign(c, archive.DisposalText(cs.id, doomed.Items, d.Reason)); err != nil {
		return err
	}
	done, err := pipeline.Dispose(ctx, cs.Case, d)
	if err != nil {
		return err
	}
	return printDisposal(c, done, false)
}

// disposed is what `dispose` prints; docs/json.md.
type disposed struct {
	Items      []vidimus.ItemID `json:"items"`
	Kept       []vidimus.ItemID `json:"kept"`
	Entries    int              `json:"entries"`
	Drafts     int              `json:"drafts"`
	Editions   []string         `json:"editions"`
	Copies     int              `json:"copies"`
	Backups    int              `json:"backups"`
	OutOfReach []string         `json:"out_of_reach"`
}

func printDisposal(c *console, d pipeline.Disposal, look bool) error {
	out := disposed{append([]vidimus.ItemID{}, d.Items...), append([]vidimus.ItemID{}, d.Kept...), d.Entries,
		d.Drafts, append([]string{}, d.Editions...), d.Copies, d.Backups, pipeline.OutOfReach}
	if c.json {
		return c.data(out)
	}
	said := map[bool]string{false: "disposed of", true: "would go"}[look]
	for _, item := range out.Items {
		fmt.Fprintf(c.out, "%s\t%s\n", said, item)
	}
	for _, item := range out.Kept {
		fmt.Fprintf(c.out, "stays, with the same bytes\t%s\n", item)
	}
	for _, e := range out.Editions {
		fmt.Fprintf(c.out, "shown in a released edition\t%s\n", e)
	}
	if !look {
		fmt.Fprintf(c.out, "%d entries of the custody log went with it, and %d edition(s) that were never released\n", out.Entries, out.Drafts)
		fmt.Fprintf(c.out, "the log has %d copies that may hold it, and %d backup(s)\n", out.Copies, out.Backups)
	}
	for _, what := range out.OutOfReach {
		fmt.Fprintf(c.out, "out of reach: %s\n", what)
	}
	return nil
}
