package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/internal/qr"
	"vidimus/key"
)

// recoveryLabel is what the roster calls the key on paper.
const recoveryLabel = "recovery key on paper"

func keyRecoveryVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "recovery CASE",
		Short: "make a recovery key, to be kept on paper",
		Long: `Makes a new age identity that opens the case, and prints it once, with a QR
code: write it down or print it, and keep it where neither the computer nor the
passphrase is. It is kept nowhere else and cannot be shown again. Whoever has
the paper has the case. To use it, type it into "vidimus status CASE --identity -",
or into a file on a disk that is encrypted. It is post-quantum: other programs
need age 1.3 or newer.`,
		Example: "  vidimus key recovery ~/cases/reservoir",
		Args:    arguments(1, 1, "key recovery CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openDoor(cmd.Context(), c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			return addRecovery(cmd.Context(), c, d.Case, d.key)
		},
	}
}

// addRecovery adds the way first and prints then: what is on paper opens.
func addRecovery(ctx context.Context, c *console, cs *archive.Case, k key.CaseKey) error {
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		return fmt.Errorf("make a recovery key: %w", err)
	}
	file, err := k.ForRecipient(identity.Recipient().String())
	if err != nil {
		return err
	}
	if err := cs.AddWay(ctx, file, recoveryLabel); err != nil {
		return err
	}
	return printRecovery(c, cs.Format.ID, file.ID, identity.String())
}

// printRecovery prints what belongs on paper. The identity is all capitals: a
// QR code holds these in fewer squares.
func printRecovery(c *console, caseID, way, identity string) error {
	if c.json {
		return c.data(map[string]any{"case": caseID, "way": way, "identity": identity})
	}
	draw := qr.Paper
	if terminal(c.out) {
		draw = qr.Terminal
	}
	lines, err := draw(identity)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, `RECOVERY KEY of the vidimus case %s (way %s)

%s

%s

It opens the whole case, alone. Keep this paper where neither the computer nor
the passphrase is. It is printed once and kept nowhere else.
To use it:  vidimus status CASE --identity -    then type the line above.
`, caseID, way, strings.Join(inFours(identity), "\n"), strings.Join(lines, "\n"))
	if err == nil {
		c.say("the recovery key opens the case from now on; if the paper is lost or seen, `vidimus key remove CASE %s`", way)
	}
	return err
}

// inFours breaks a line as people copy it without losing their place. Spaces
// would not be read back: it is whole above, in parts below.
func inFours(s string) []string {
	body := s[strings.LastIndex(s[:len(s)-1], "1")+1:]
	var parts []string
	for ; len(body) > 4; body = body[4:] {
		parts = append(parts, body[:4])
	}
	return []string{s, "", "to check what you wrote, after the last 1, in fours:", strings.Join(append(parts, body), " ")}
}

// offerRecovery prints a recovery key for a new case: when asked to by a flag,
// or when the person at the terminal says so.
func (f initFlags) offerRecovery(ctx context.Context, c *console, u *unlocking, dir string, k key.CaseKey) (bool, error) {
	if !f.recovery && (c.json || !terminal(c.in) || !terminal(c.out)) {
		return false, nil
	}
	if !f.recovery {
		c.say("whoever loses the passphrase loses the case: nobody can reset it. A recovery key on paper opens it too.")
		fmt.Fprint(c.err, "Show one now, to print or to write down? It is shown once [y/N]: ")
		if !yes(c.in) {
			c.hint("later: vidimus key recovery CASE")
			return false, nil
		}
	}
	cs, err := archive.Open(ctx, dir, k, u.engines(), archive.ToWrite)
	if err != nil {
		return false, err
	}
	return true, errors.Join(addRecovery(ctx, c, cs, k), cs.Close())
}

func yes(in io.Reader) bool {
	line, err := bufio.NewReader(io.LimitReader(in, 100)).ReadString('\n')
	answer := strings.ToLower(strings.TrimSpace(line))
	return err == nil && (answer == "y" || answer == "yes")
}
