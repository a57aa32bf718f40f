package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
)

func editionVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "edition",
		Short: "what the public will see: plan, review, make, decide, release, compare, withdraw",
		Long: `An edition is made from a plan, with whole lines withheld, from nothing: no byte of
a source file is in it. "review" shows what would be published; "approve" signs
exactly that; "make" writes it to a folder and reads the folder as an enemy would;
"decide" signs what remains open; "release" gives it its name. Nothing is sent.
"given" notes who got copies, "withdraw" takes an edition back to protect people,
and "recall" lists whom to call.`,
		Example: "  vidimus edition plan --items ITEM --mode transcript >plan.json\n  vidimus edition review ~/cases/reservoir plan.json\n  vidimus approve ~/cases/reservoir plan.json --signer ~/keys/me.signer\n  vidimus edition make ~/cases/reservoir plan.json -o ~/edition",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus edition plan|review|make|decide|release|compare|given|withdraw|recall …")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(editionPlanVerb(c, u), editionReviewVerb(c, u), editionMakeVerb(c, u), editionDecideVerb(c, u), editionReleaseVerb(c, u), editionCompareVerb(c), editionGivenVerb(c, u), editionWithdrawVerb(c, u), editionRecallVerb(c, u))
	return cmd
}

func editionReviewVerb(c *console, u *unlocking) *cobra.Command {
	var p planning
	var l leaving
	cmd := &cobra.Command{
		Use:     "review CASE PLAN",
		Short:   "show every word that would be published",
		Long:    "Prints the edition as the public would see it, paragraph by paragraph, with the\nmarks of what is withheld, and the digest that an approval is over.",
		Example: "  vidimus edition review ~/cases/reservoir plan.json",
		Args:    arguments(1, 2, "edition review CASE PLAN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			mode := archive.ToRead
			if !terminal(c.out) {
				mode = archive.ToWrite // it is a copy, and logged
			}
			return withEdition(cmd.Context(), c, u, mode, args, &p, func(d *desk, _ protect.Plan, m made) error {
				return printReview(cmd.Context(), c, d, l, m.Edition)
			})
		},
	}
	p.flags(cmd)
	l.flags(cmd)
	return cmd
}

// withEdition opens a case and makes the words of the edition planned.
func withEdition(ctx context.Context, c *console, u *unlocking, mode archive.Mode, args []string, p *planning, work func(*desk, protect.Plan, made) error) error {
	var plan protect.Plan
	var err error
	if !p.draft || len(args) > 1 || len(p.items) > 0 {
		if plan, err = p.plan(c, args[1:]); err != nil {
			return err
		}
	}
	d, err := openCase(ctx, c, u, args[0], mode)
	if err != nil {
		return err
	}
	defer d.Close()
	if p.draft {
		if plan, err = drafted(ctx, d); err != nil {
			return err
		}
	}
	m, err := makeEdition(ctx, d, plan)
	if err != nil {
		return err
	}
	return work(d, plan, m)
}

// made is an edition's words and pictures.
type made struct {
	protect.Edition
	pictures protect.Pictures
}

// makeEdition makes them; only a facsimile opens the originals.
func makeEdition(ctx context.Context, d *desk, plan protect.Plan) (m made, err error) {
	var draw protect.Draw
	if plan.Mode == protect.Facsimile {
		walls, err := standing(ctx, false)
		if err != nil {
			return m, err
		}
		t := pipeline.NewDrawing(d.Case, walls)
		defer t.Close()
		draw = t.Draw(ctx)
	}
	m.Edition, m.pictures, err = pipeline.MakeEdition(ctx, d.Case, plan, draw)
	return m, err
}

// reviewed is an edition as `edition review` prints it; docs/json.md.
type reviewed struct {
	Digest    string          `json:"digest"`
	Approvals []string        `json:"approvals"`
	Edition   protect.Edition `json:"edition"`
}

func printReview(ctx context.Context, c *console, d *desk, l leaving, e protect.Edition) error {
	digest := e.Digest()
	var judged pipeline.Judged
	err := d.View(ctx, func(tx archive.Tx) (err error) {
		judged, err = pipeline.JudgedOf(tx, digest)
		return err
	})
	if err != nil {
		return err
	}
	out := reviewed{hex.EncodeToString(digest[:]), []string{}, e}
	for _, a := range judged.Approvals {
		out.Approvals = append(out.Approvals, a.Signer)
	}
	return l.toOutput(ctx, c, d, sheet{what: "review of an edition", rows: e.Rows()}, c.json, func(w io.Writer) error {
		if c.json {
			return (&console{out: w}).data(out)
		}
		return writeReview(w, out)
	})
}

func approveVerb(c *console, u *unlocking) *cobra.Command {
	var p planning
	var signer string
	s := signing{unlocking: u}
	cmd := &cobra.Command{
		Use:   "approve CASE PLAN",
		Short: "sign that an edition may be shown exactly as it was reviewed",
		Long: `Makes the words of the edition again and signs their digest with a person's own key.
Review them first: what changes afterwards, in the plan, the pages or what is
withheld, has another digest and is not approved. Two people must approve, unless
the plan says that one person releases it.`,
		Example: "  vidimus approve ~/cases/reservoir plan.json --signer ~/keys/me.signer",
		Args:    arguments(1, 2, "approve CASE PLAN --signer FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if signer == "" {
				return errUsage{errors.New("--signer FILE is needed")}
			}
			return withEdition(cmd.Context(), c, u, archive.ToWrite, args, &p, func(d *desk, _ protect.Plan, m made) error {
				return approve(cmd.Context(), c, d, s, signer, m.Edition)
			})
		},
	}
	p.flags(cmd)
	s.flags(cmd)
	cmd.Flags().StringVar(&signer, "signer", "", "the signer's `FILE`")
	return cmd
}

func approve(ctx context.Context, c *console, d *desk, s signing, file string, e protect.Edition) error {
	who, err := s.open(c, file)
	if err != nil {
		return err
	}
	digest := e.Digest()
	note, err := who.Sign(protect.ApprovalText(d.id, digest))
	if err != nil {
		return err
	}
	name := who.Public().Name()
	err = d.Do(ctx, func(w *archive.Work) error {
		return pipeline.Approve(w, d.id, digest, protect.Approval{Signer: name, Note: note})
	})
	if err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]string{"signer": name, "digest": hex.EncodeToString(digest[:])})
	}
	_, err = fmt.Fprintf(c.out, "%s approved %s\n", name, hex.EncodeToString(digest[:]))
	return err
}
