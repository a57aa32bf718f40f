package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/publish"
)

func editionWithdrawVerb(c *console, u *unlocking) *cobra.Command {
	var signer, reason string
	s := signing{unlocking: u}
	cmd := &cobra.Command{
		Use:   "withdraw CASE DIR",
		Short: "take a released edition back to protect people",
		Long: `Signs, with a person's own key, that a released edition is taken back, logs it,
and deletes its files from DIR; one page stays that says so, with no word of it.
What it cannot reach is printed. One signer is enough. The reason comes from
standard input and stays in the case. Run again, it deletes what was left.
Where the folder is gone, DIR may be the edition's digest.`,
		Example: "  vidimus edition withdraw ~/cases/reservoir ~/edition --signer ~/keys/me.signer --reason -",
		Args:    arguments(2, 2, "edition withdraw CASE DIR --signer FILE --reason -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if signer == "" || reason != "-" {
				return errUsage{errors.New("--signer FILE and --reason - are needed; the reason is read from standard input")}
			}
			return runWithdraw(cmd.Context(), c, u, s, signer, args[0], args[1])
		},
	}
	s.flags(cmd)
	cmd.Flags().StringVar(&signer, "signer", "", "the signer's `FILE`")
	cmd.Flags().StringVar(&reason, "reason", "", "`-` reads the reason from standard input")
	return cmd
}

func runWithdraw(ctx context.Context, c *console, u *unlocking, s signing, file, dir, of string) error {
	why, err := reasonGiven(c)
	if err != nil {
		return err
	}
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	m, err := releasedAt(ctx, d, of)
	if err != nil {
		return err
	}
	_, gone := os.Stat(of)
	announce := func() error {
		if gone != nil {
			return nil
		}
		return publish.Announce(of)
	}
	if m.Withdrawn == nil {
		err = signWithdrawal(ctx, c, d, s, file, m.Edition.Digest(), why, announce)
	} else {
		err = announce()
	}
	if err != nil {
		return err
	}
	out := withdrawn{Digest: digestOf(m), Left: []string{}, OutOfReach: publish.OutOfReach}
	if gone == nil {
		removed, left, err := publish.Withdraw(m.Edition, of)
		if err != nil {
			return err
		}
		out.Removed, out.Left = removed, append(out.Left, left...)
	}
	return printWithdrawn(c, out)
}

// reasonGiven reads a reason from standard input.
func reasonGiven(c *console) (string, error) {
	if terminal(c.in) {
		fmt.Fprint(c.err, "Reason, then Ctrl-D: ")
	}
	b, err := io.ReadAll(io.LimitReader(c.in, 64<<10))
	reason := strings.TrimSpace(string(b))
	if err != nil || reason == "" {
		return "", errUsage{errors.New("there is no reason on standard input")}
	}
	return reason, nil
}

// signWithdrawal keeps and logs it. The folder is made to look released no more
// before that is committed: what the log says is withdrawn never looks released.
func signWithdrawal(ctx context.Context, c *console, d *desk, s signing, file string, digest [32]byte, why string, announce func() error) error {
	who, err := s.open(c, file)
	if err != nil {
		return err
	}
	note, err := who.Sign(protect.WithdrawalText(d.id, digest, why))
	if err != nil {
		return err
	}
	by := pipeline.Withdrawal{Approval: protect.Approval{Signer: who.Public().Name(), Note: note}, Reason: why}
	return d.Do(ctx, func(w *archive.Work) error {
		if err := pipeline.Withdraw(w, d.id, digest, by); err != nil {
			return err
		}
		return announce()
	})
}

func digestOf(m pipeline.Made) string {
	digest := m.Edition.Digest()
	return hex.EncodeToString(digest[:])
}

// withdrawn is what `edition withdraw` prints; docs/json.md.
type withdrawn struct {
	Digest     string   `json:"digest"`
	Removed    int      `json:"removed"`
	Left       []string `json:"left"`
	OutOfReach []string `json:"out_of_reach"`
}

func printWithdrawn(c *console, out withdrawn) error {
	if c.json {
		return c.data(out)
	}
	fmt.Fprintf(c.out, "withdrawn: %s\n%d file(s) deleted; a page that says so is left in their place\n", out.Digest, out.Removed)
	for _, name := range out.Left {
		fmt.Fprintf(c.out, "not the edition's, left: %q\n", name)
	}
	for _, what := range out.OutOfReach {
		fmt.Fprintf(c.out, "out of reach: %s\n", what)
	}
	c.hint("`vidimus edition recall` prints whom to call; a plan with `replaces` and `protective` makes the next version (docs/plan.md)")
	return nil
}

// shortestDigest is how much of a digest names an edition.
const shortestDigest = 8

// releasedAt finds the released edition that lies in a folder, or has a digest
// that begins so.
func releasedAt(ctx context.Context, d *desk, of string) (found pipeline.Made, err error) {
	words, unread := os.ReadFile(filepath.Join(of, "edition.json"))
	named := func(m pipeline.Made) bool {
		if unread == nil {
			return bytes.Equal(append(m.Edition.Bytes(), '\n'), words)
		}
		return len(of) >= shortestDigest && strings.HasPrefix(digestOf(m), of)
	}
	err = d.View(ctx, func(tx archive.Tx) error {
		digests, err := pipeline.AllMade(tx)
		if err != nil {
			return err
		}
		for _, digest := range digests {
			m, err := pipeline.MadeOf(tx, digest)
			if err != nil {
				return err
			}
			if m.Released && named(m) {
				found = m
				return nil
			}
		}
		if publish.Withdrawn(of) {
			return vidimus.WithHint(errors.New("this edition was withdrawn already; nothing of it lies in the folder"),
				"name its digest, that `vidimus edition release` printed")
		}
		return vidimus.WithHint(errors.New("this is no edition that the case has released"),
			"name its folder, or the digest that `vidimus edition release` printed")
	})
	return found, err
}
