package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/durable"
	"vidimus/internal/machine"
	"vidimus/key"
)

// signing is how a person opens their own signing key.
type signing struct {
	*unlocking
	passphraseFile string
}

func (s *signing) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.passphraseFile, "signer-passphrase-file", "", "read the signer's passphrase from the first line of `FILE`")
}

// open opens a signer's file.
func (s *signing) open(c *console, path string) (key.Signer, error) {
	r, err := openNamed(c, path, "signer's file")
	if err != nil {
		return key.Signer{}, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, 64<<10))
	if err != nil {
		return key.Signer{}, errors.New("the signer's file cannot be read")
	}
	p, err := s.word(c)
	if err != nil {
		return key.Signer{}, err
	}
	return key.OpenSigner(b, key.Way{Passphrase: p, Unwrap: s.unwrap})
}

// word is the signer's passphrase: never the case's.
func (s *signing) word(c *console) (string, error) {
	file := s.passphraseFile
	if file == "" {
		file = os.Getenv("VIDIMUS_SIGNER_PASSPHRASE_FILE")
	}
	return s.secretWord(c, file, "Passphrase of the signer: ")
}

func signerVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "signer",
		Short: "people who approve: new, show, register, list, withdraw",
		Long: `A signer is a person who approves what may be shown. Their key is a file of their
own, outside the case and under a passphrase of its own: whoever has the case
cannot sign for them. A case counts the signatures of those registered in it.`,
		Example: "  vidimus signer new ~/keys/me.signer\n  vidimus signer register ~/cases/reservoir ~/keys/me.signer",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus signer new|show FILE, or register|list|withdraw CASE")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(signerNewVerb(c, u), signerShowVerb(c, u), signerRegisterVerb(c, u), signerListVerb(c, u), signerWithdrawVerb(c, u))
	return cmd
}

func signerNewVerb(c *console, u *unlocking) *cobra.Command {
	s, weak := signing{unlocking: u}, false
	cmd := &cobra.Command{
		Use:   "new FILE",
		Short: "make the signing key of a person",
		Long: `Makes an Ed25519 key and writes it to the new FILE, encrypted under a passphrase
that is not the case's. Its name is random. Keep the file on a medium of your
own, and a copy; nobody can make it again.`,
		Example: "  vidimus signer new /media/mine/me.signer",
		Args:    arguments(1, 1, "signer new FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return runSignerNew(c, s, args[0], weak) },
	}
	s.flags(cmd)
	cmd.Flags().BoolVar(&weak, "weak", false, "accept a weak passphrase, knowingly")
	return cmd
}

func runSignerNew(c *console, s signing, path string, weak bool) error {
	if inCase(path) {
		return vidimus.WithHint(errors.New("the file would lie in the folder of a case"), "a signing key is a person's own: name a place outside, best on another medium")
	}
	if _, err := os.Lstat(path); err == nil {
		return vidimus.WithHint(errors.New("there is a file already"), "name one that does not exist yet: a key that is written over is lost")
	}
	p, err := s.choosePassphrase(c, s.passphraseFile, weak)
	if err != nil {
		return err
	}
	signer, err := key.NewSigner()
	if err != nil {
		return err
	}
	b, err := signer.Seal(p)
	if err != nil {
		return err
	}
	if err := durable.WriteFile(path, b); err != nil {
		return vidimus.WithHint(fmt.Errorf("keep the signer's file: %w", err), "name a file in a folder that can be written")
	}
	if where := machine.Elsewhere(path); where != "" {
		c.hint("the file lies in %s: whoever gets it can try passphrases for years", where)
	}
	return printSigner(c, signer.Public())
}

// inCase tells whether a path lies in the folder of a case.
func inCase(path string) bool {
	path, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := archive.ReadFormat(dir); err == nil {
			return true
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}

func printSigner(c *console, k key.SignerKey) error {
	if c.json {
		return c.data(map[string]string{"signer": k.Name(), "key": k.String()})
	}
	_, err := fmt.Fprintf(c.out, "%s\n%s\n", k.Name(), k)
	return err
}

func signerShowVerb(c *console, u *unlocking) *cobra.Command {
	s := signing{unlocking: u}
	cmd := &cobra.Command{
		Use:     "show FILE",
		Short:   "show a signer's name and public key",
		Long:    "Opens the file, and prints the name and the public half of the key in it.",
		Example: "  vidimus signer show /media/mine/me.signer",
		Args:    arguments(1, 1, "signer show FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			signer, err := s.open(c, args[0])
			if err != nil {
				return err
			}
			return printSigner(c, signer.Public())
		},
	}
	s.flags(cmd)
	return cmd
}

func signerRegisterVerb(c *console, u *unlocking) *cobra.Command {
	s, label := signing{unlocking: u}, ""
	cmd := &cobra.Command{
		Use:   "register CASE FILE",
		Short: "have a signer's approvals count in a case",
		Long: `Opens the signer's file, and puts the public half of the key on the case's list;
the custody log says so. The file stays where it is. A label is kept sealed in
the case; write one that only you understand.`,
		Example: "  vidimus signer register ~/cases/reservoir /media/mine/me.signer",
		Args:    arguments(2, 2, "signer register CASE FILE [--label TEXT|-]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			label, err := readLabel(c, label)
			if err != nil {
				return err
			}
			signer, err := s.open(c, args[1])
			if err != nil {
				return err
			}
			k := signer.Public()
			err = changeSigners(cmd.Context(), c, u, args[0], func(w *archive.Work) error { return w.RegisterSigner(k, label) })
			if err != nil {
				return err
			}
			return printSigner(c, k)
		},
	}
	s.flags(cmd)
	cmd.Flags().StringVar(&label, "label", "", "`TEXT` to tell this signer from others; - reads a line of standard input")
	return cmd
}

func changeSigners(ctx context.Context, c *console, u *unlocking, dir string, work func(*archive.Work) error) error {
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Do(ctx, work)
}

// signerLine is one signer as `signer list` prints it; docs/json.md.
type signerLine struct {
	Signer    string `json:"signer"`
	Added     string `json:"added"`
	Withdrawn string `json:"withdrawn"`
	Label     string `json:"label"`
}

func signerListVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "list CASE",
		Short:   "list a case's signers",
		Long:    "Prints each signer of the case, the day of registering, and of withdrawing if that happened.",
		Example: "  vidimus signer list ~/cases/reservoir",
		Args:    arguments(1, 1, "signer list CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			var all []archive.Signer
			err = d.View(cmd.Context(), func(tx archive.Tx) (err error) {
				all, err = archive.Signers(tx)
				return err
			})
			for _, s := range all {
				line := signerLine{s.Name, s.Added, s.Withdrawn, s.Label}
				if err == nil && c.json {
					err = c.data(line)
				} else if err == nil {
					_, err = fmt.Fprintf(c.out, "%s\t%s\t%s\t%s\n", line.Signer, line.Added, line.Withdrawn, visible(line.Label))
				}
			}
			return err
		},
	}
}

func signerWithdrawVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw CASE SIGNER",
		Short: "have a signer's approvals count no more",
		Long: `From now on nothing that the signer approved counts, earlier approvals included;
the custody log says so. It cannot be undone: make a new key.`,
		Example: "  vidimus signer withdraw ~/cases/reservoir signer/…",
		Args:    arguments(2, 2, "signer withdraw CASE SIGNER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			err := changeSigners(cmd.Context(), c, u, args[0], func(w *archive.Work) error { return w.WithdrawSigner(args[1]) })
			if err != nil {
				return err
			}
			if c.json {
				return c.data(map[string]string{"withdrawn": args[1]})
			}
			c.say("approvals of %s count no more", args[1])
			return nil
		},
	}
}
