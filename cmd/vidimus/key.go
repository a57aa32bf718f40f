package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/key"
)

// maxLabel is the longest label in characters.
const maxLabel = 80

func keyVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: "the ways into a case: add, list, remove, rotate, recovery",
		Long: `A case opens with any one of its ways: a passphrase, or the identity of an age
recipient. Each is a file in CASE/keys. Whoever has a way has the whole case.
There is no other way in and no reset: with the last way lost, so is the case.
Keep a recovery key on paper, away from the computer.`,
		Example: "  vidimus key list ~/cases/reservoir\n  vidimus key recovery ~/cases/reservoir",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus key add|list|remove|rotate|recovery CASE")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(keyAddVerb(c, u), keyListVerb(c, u), keyRemoveVerb(c, u), keyRotateVerb(c, u), keyRecoveryVerb(c, u))
	return cmd
}

// doorway is a case opened to change its ways in.
type doorway struct {
	*desk
	dir    string
	key    key.CaseKey
	opened key.File // what it was opened with
	way    key.Way
}

func openDoor(ctx context.Context, c *console, u *unlocking, dir string, mode archive.Mode) (*doorway, error) {
	k, opened, way, err := u.unlock(c, dir)
	if err != nil {
		return nil, err
	}
	cs, err := archive.Open(ctx, dir, k, u.engines(), mode)
	if err != nil {
		return nil, err
	}
	return &doorway{desk: &desk{Case: cs}, dir: dir, key: k, opened: opened, way: way}, nil
}

type keyAddFlags struct {
	recipient, passphraseFile, label string
	passphrase, weak                 bool
}

func keyAddVerb(c *console, u *unlocking) *cobra.Command {
	var f keyAddFlags
	cmd := &cobra.Command{
		Use:   "add CASE",
		Short: "add a way into a case",
		Long: `Adds an age recipient (a colleague's, a hardware key's), or a passphrase. The
case can from then on be opened with it, whole; "key remove" takes it back, but
not what was read or copied meanwhile. A label is kept sealed in the case; a
list of people who can open a case is worth much to others: leave it out if you
can, or write what only you understand.`,
		Example: "  vidimus key add ~/cases/reservoir --recipient age1…\n  vidimus key add ~/cases/reservoir --passphrase",
		Args:    arguments(1, 1, "key add CASE --recipient age1…|--passphrase"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("label") && strings.TrimSpace(f.label) == "" {
				return errUsage{errors.New("a label says something, or is left out")}
			}
			return runKeyAdd(cmd.Context(), c, u, args[0], f)
		},
	}
	cmd.Flags().StringVar(&f.recipient, "recipient", "", "the age `RECIPIENT` (age1…) whose identity will open the case")
	cmd.Flags().BoolVar(&f.passphrase, "passphrase", false, "add a passphrase; asked at the terminal")
	cmd.Flags().StringVar(&f.passphraseFile, "new-passphrase-file", "", "read the new passphrase from the first line of `FILE`")
	cmd.Flags().StringVar(&f.label, "label", "", "`TEXT` to tell this way from others; - reads a line of standard input")
	cmd.Flags().BoolVar(&f.weak, "weak", false, "accept a weak passphrase, knowingly")
	return cmd
}

func runKeyAdd(ctx context.Context, c *console, u *unlocking, dir string, f keyAddFlags) error {
	passphrase := f.passphrase || f.passphraseFile != ""
	if passphrase == (f.recipient != "") {
		return errUsage{errors.New("either --recipient or --passphrase says what to add")}
	}
	label, err := readLabel(c, f.label)
	if err != nil {
		return err
	}
	d, err := openDoor(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	file, err := d.newWay(c, u, f, passphrase)
	if err != nil {
		return err
	}
	if err := d.AddWay(ctx, file, label); err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]any{"way": file.ID, "kind": file.Kind()})
	}
	c.say("way %s (%s) opens the case from now on", file.ID, file.Kind())
	return nil
}

func (d *doorway) newWay(c *console, u *unlocking, f keyAddFlags, passphrase bool) (key.File, error) {
	if !passphrase {
		if err := d.fresh(f.recipient); err != nil {
			return key.File{}, err
		}
		return d.key.ForRecipient(f.recipient)
	}
	p, err := u.choosePassphrase(c, f.passphraseFile, f.weak)
	if err != nil {
		return key.File{}, err
	}
	return d.key.ForPassphrase(p)
}

// fresh refuses a recipient that is there already.
func (d *doorway) fresh(recipient string) error {
	ways, err := d.Ways(context.Background())
	for _, w := range ways {
		if w.Recipient != "" && w.Recipient == strings.TrimSpace(recipient) {
			return vidimus.WithHint(fmt.Errorf("this recipient opens the case already, as way %s", w.ID()), "`vidimus key list CASE` shows the ways in")
		}
	}
	return err
}

// readLabel gives the label, which is a word of the case and need not be an
// argument.
func readLabel(c *console, label string) (string, error) {
	if label == "-" {
		line, err := bufio.NewReader(io.LimitReader(c.in, 1024)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", errors.New("the label cannot be read")
		}
		if label = line; strings.TrimSpace(label) == "" {
			return "", errUsage{errors.New("a label says something, or is left out")}
		}
	}
	label = strings.TrimSpace(label)
	if utf8.RuneCountInString(label) > maxLabel || !utf8.ValidString(label) || strings.ContainsFunc(label, unicode.IsControl) {
		return "", errUsage{fmt.Errorf("a label is one line of at most %d characters", maxLabel)}
	}
	return label, nil
}

// wayLine is one way as `key list` prints it; docs/json.md.
type wayLine struct {
	Way    string   `json:"way"`
	Kind   key.Kind `json:"kind"`
	Added  string   `json:"added"`
	Label  string   `json:"label"`
	Opened bool     `json:"opened"`
	State  string   `json:"state"`
}

func keyListVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "list CASE",
		Short: "list the ways into a case",
		Long: `Prints for each way its id, what it asks for, the day it was added, and its
label. The one with which the case was opened now is marked. A way whose file
is missing, changed, or not on the case's own list is named as such.`,
		Example: "  vidimus key list ~/cases/reservoir",
		Args:    arguments(1, 1, "key list CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openDoor(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			ways, err := d.WayStates(cmd.Context())
			if err != nil {
				return err
			}
			return d.printWays(c, ways)
		},
	}
}

func (d *doorway) printWays(c *console, ways []archive.WayState) error {
	for _, w := range ways {
		line := wayLine{w.ID(), w.Kind, w.Added, w.Label, w.ID() == d.opened.ID, w.State}
		if c.json {
			if err := c.data(line); err != nil {
				return err
			}
			continue
		}
		mark := ""
		if line.Opened {
			mark = "opened with this"
		}
		fmt.Fprintf(c.out, "%s\t%s\t%s\t%s\t%s\t%s\n", line.Way, line.Kind, line.Added, line.State, mark, visible(line.Label))
	}
	return nil
}
