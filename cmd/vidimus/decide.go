package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
)

func editionDecideVerb(c *console, u *unlocking) *cobra.Command {
	var signer, reason string
	s := signing{unlocking: u}
	cmd := &cobra.Command{
		Use:   "decide CASE DIR POINT…",
		Short: "sign a decision on open points of the release check",
		Long: `Signs, with a person's own key, that an open point was looked at and why the
edition may be released all the same. The reason comes from standard input and
stays in the case. Several points that have one reason are named together; each
is signed by itself.`,
		Example: "  vidimus edition decide ~/cases/reservoir ~/edition 0f3a9c2b11 --signer ~/keys/me.signer --reason -",
		Args:    arguments(3, -1, "edition decide CASE DIR POINT… --signer FILE --reason -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if signer == "" || reason != "-" {
				return errUsage{errors.New("--signer FILE and --reason - are needed; the reason is read from standard input")}
			}
			return runDecide(cmd.Context(), c, u, s, signer, args[0], editionFolder(args[1]), args[2:])
		},
	}
	s.flags(cmd)
	cmd.Flags().StringVar(&signer, "signer", "", "the signer's `FILE`")
	cmd.Flags().StringVar(&reason, "reason", "", "`-` reads the reason from standard input")
	return cmd
}

func runDecide(ctx context.Context, c *console, u *unlocking, s signing, file, dir, to string, points []string) error {
	reason, err := reasonGiven(c)
	if err != nil {
		return err
	}
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	_, cleared, err := madeIn(ctx, d, to)
	if err != nil {
		return err
	}
	who, err := s.open(c, file)
	if err != nil {
		return err
	}
	var all []protect.Decision
	for _, point := range points {
		note, err := who.Sign(protect.DecisionText(d.id, cleared.Digest(), point, reason))
		if err != nil {
			return err
		}
		all = append(all, protect.Decision{Approval: protect.Approval{Signer: who.Public().Name(), Note: note}, Point: point, Reason: reason})
	}
	if err := d.Do(ctx, func(w *archive.Work) error { return pipeline.Decide(w, d.id, cleared.Digest(), all...) }); err != nil {
		return err
	}
	for _, decision := range all {
		if err := c.decided(decision); err != nil {
			return err
		}
	}
	return nil
}

func (c *console) decided(d protect.Decision) error {
	if c.json {
		return c.data(map[string]string{"signer": d.Signer, "point": d.Point})
	}
	_, err := fmt.Fprintf(c.out, "%s decided %s\n", d.Signer, d.Point)
	return err
}

// errChangedSince is for an edition whose plan gives other words by now.
var errChangedSince = vidimus.WithHint(errors.New("what would be published has changed since this edition was made"),
	"`vidimus edition review` shows it, `vidimus edition make` writes it again")

func editionReleaseVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "release CASE DIR",
		Short:   "examine an unreleased edition again, and release it",
		Long:    "Reads DIR.unreleased again. When no point is open it is named DIR; else exit 1.",
		Example: "  vidimus edition release ~/cases/reservoir ~/edition",
		Args:    arguments(2, 2, "edition release CASE DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, to := cmd.Context(), editionFolder(args[1])
			d, err := openCase(ctx, c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			made, cleared, err := madeIn(ctx, d, to)
			if err != nil {
				return err
			}
			now, err := makeEdition(ctx, d, made.Plan)
			if err != nil {
				return err
			}
			if now.Edition.Digest() != cleared.Digest() {
				return errChangedSince
			}
			// Copies may have come in since it was made: the case is asked again.
			marks, err := editionMarks(ctx, d, made.Plan, now.Edition)
			if err != nil {
				return err
			}
			return examineAndRelease(ctx, c, u, d, made.Plan, cleared, marks, to)
		},
	}
}
