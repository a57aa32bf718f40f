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

// holding is what `hold` is asked to do.
type holding struct {
	item         vidimus.ItemID // empty: the whole case
	list, lift   bool
	reason, file string
	signing
}

func holdVerb(c *console, u *unlocking) *cobra.Command {
	h := holding{signing: signing{unlocking: u}}
	cmd := &cobra.Command{
		Use:   "hold CASE [ITEM]",
		Short: "forbid to dispose of an item, or of the whole case",
		Long: `While a hold stands, "dispose" and "destroy" refuse: a court, or your lawyer, may
want what is there to be kept. A hold on a container holds what is inside. Anybody
who works on the case may set one; a signer of the case lifts it with their own
key. The reason comes from standard input. It stays in the case, in the custody
log, for as long as there is one: write no name into it.`,
		Example: "  vidimus hold ~/cases/reservoir --reason -\n  vidimus hold ~/cases/reservoir ITEM --lift --signer ~/keys/me.signer --reason -",
		Args:    arguments(1, 2, "hold CASE [ITEM] --reason - [--lift --signer FILE], or --list"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if len(args) == 2 {
				if h.item, err = vidimus.ParseItemID(args[1]); err != nil {
					return errUsage{err}
				}
			}
			if err := h.asked(); err != nil {
				return errUsage{err}
			}
			return h.run(cmd.Context(), c, u, args[0])
		},
	}
	h.flags(cmd)
	cmd.Flags().BoolVar(&h.list, "list", false, "list the holds, with their reasons")
	cmd.Flags().BoolVar(&h.lift, "lift", false, "end a hold")
	cmd.Flags().StringVar(&h.file, "signer", "", "with --lift: the signer's `FILE`")
	cmd.Flags().StringVar(&h.reason, "reason", "", "`-` reads the reason from standard input")
	return cmd
}

func (h holding) asked() error {
	switch {
	case h.list && (h.lift || h.item != "" || h.reason != "" || h.file != ""):
		return errors.New("--list stands alone")
	case !h.list && h.reason != "-":
		return errors.New("--reason - is needed; the reason is read from standard input")
	case h.lift != (h.file != ""):
		return errors.New("--lift and --signer FILE go together")
	}
	return nil
}

func (h holding) run(ctx context.Context, c *console, u *unlocking, dir string) error {
	if h.list {
		return listHolds(ctx, c, u, dir)
	}
	why, err := reasonGiven(c)
	if err != nil {
		return err
	}
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	if h.item != "" {
		if _, err := pipeline.File(ctx, d.Case, h.item); err != nil {
			return err
		}
	}
	if err := h.keep(ctx, c, d, why); err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]any{"item": h.item, "held": !h.lift})
	}
	said := map[bool]string{false: "held: it cannot be disposed of until a signer lifts this", true: "the hold is lifted"}
	c.say("%s", said[h.lift])
	return nil
}

func (h holding) keep(ctx context.Context, c *console, d *desk, why string) error {
	if !h.lift {
		return d.Do(ctx, func(w *archive.Work) error { return w.Hold(h.item, why) })
	}
	who, err := h.open(c, h.file)
	if err != nil {
		return err
	}
	note, err := who.Sign(archive.LiftText(d.id, h.item, why))
	if err != nil {
		return err
	}
	by := archive.Signature{Signer: who.Public().Name(), Note: note}
	return d.Do(ctx, func(w *archive.Work) error { return w.Lift(h.item, why, by) })
}

// holdLine is one hold as `hold --list` prints it; docs/json.md.
type holdLine struct {
	Item   vidimus.ItemID `json:"item"`
	Since  string         `json:"since"`
	Reason string         `json:"reason"`
}

func listHolds(ctx context.Context, c *console, u *unlocking, dir string) error {
	d, err := openCase(ctx, c, u, dir, archive.ToRead)
	if err != nil {
		return err
	}
	defer d.Close()
	var all []archive.Hold
	err = d.View(ctx, func(tx archive.Tx) (err error) {
		all, err = archive.Holds(tx)
		return err
	})
	for _, h := range all {
		line := holdLine{h.Item, h.Since, h.Reason}
		if err == nil && c.json {
			err = c.data(line)
		} else if err == nil {
			_, err = fmt.Fprintf(c.out, "%s\t%s\t%s\n", orWhole(h.Item), line.Since, visible(line.Reason))
		}
	}
	return err
}

func orWhole(item vidimus.ItemID) string {
	if item == "" {
		return "the whole case"
	}
	return string(item)
}
