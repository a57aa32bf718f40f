package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/key"
)

func vaultKeyVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: "ways into the list of protected people: list, add, remove, change the passphrase",
		Long: `The list of protected people opens with passphrases and identities of its own. A way
is added without a change to the list; when one is removed, or the passphrase is
changed, the list is sealed anew under another key, which the old way does not
open. Copies of the vault made before stay open to it.`,
		Example: "  vidimus protected key list ~/cases/reservoir\n  vidimus protected key change ~/cases/reservoir",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus protected key list|add|remove|change CASE")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(vaultKeyListVerb(c, u), vaultKeyAddVerb(c, u), vaultKeyRemoveVerb(c, u), vaultKeyChangeVerb(c, u))
	return cmd
}

// vaultWayLine is one way as `protected key list` prints it; docs/json.md.
type vaultWayLine struct {
	Way   string   `json:"way"`
	Kind  key.Kind `json:"kind"`
	Added string   `json:"added"`
	State string   `json:"state"`
}

func vaultKeyListVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "list CASE",
		Short:   "list the ways into the list of protected people",
		Long:    "Prints for each way its id, what it asks for, the day it was added, and whether its\nfile is there. The vault need not be open.",
		Example: "  vidimus protected key list ~/cases/reservoir",
		Args:    arguments(1, 1, "protected key list CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			ways, err := d.VaultWays(cmd.Context())
			if err != nil {
				return err
			}
			for _, w := range ways {
				line := vaultWayLine{w.ID(), w.Kind, w.Added, w.State}
				if c.json {
					err = c.data(line)
				} else {
					_, err = fmt.Fprintf(c.out, "%s\t%s\t%s\t%s\n", line.Way, line.Kind, line.Added, line.State)
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// vaultWayFlags say what is to open the vault from now on.
type vaultWayFlags struct {
	recipient, passphraseFile string
	passphrase, weak          bool
}

func vaultKeyAddVerb(c *console, u *unlocking) *cobra.Command {
	var f vaultWayFlags
	cmd := &cobra.Command{
		Use:     "add CASE",
		Short:   "add a way into the list of protected people",
		Long:    "Adds an age recipient, or a passphrase that is not the case's. Whoever has it can read\nthe names of all protected people.",
		Example: "  vidimus protected key add ~/cases/reservoir --recipient age1…",
		Args:    arguments(1, 1, "protected key add CASE --recipient age1…|--passphrase"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (f.passphrase || f.passphraseFile != "") == (f.recipient != "") {
				return errUsage{errors.New("either --recipient or --passphrase says what to add")}
			}
			return withVault(cmd.Context(), c, u, args[0], func(v *openedVault) error {
				w, err := v.wayFor(v.key, f)
				if err == nil {
					err = v.AddVaultWay(v.ctx, w)
				}
				if err != nil {
					return err
				}
				return v.said(map[string]any{"way": w.ID, "kind": w.Kind()}, "way "+w.ID+" opens the list of protected people from now on")
			})
		},
	}
	cmd.Flags().StringVar(&f.recipient, "recipient", "", "the age `RECIPIENT` (age1…) whose identity will open the list")
	cmd.Flags().BoolVar(&f.passphrase, "passphrase", false, "add a passphrase; asked at the terminal")
	f.newPassphrase(cmd)
	return cmd
}

func (f *vaultWayFlags) newPassphrase(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.passphraseFile, "new-passphrase-file", "", "read the new passphrase from the first line of `FILE`")
	cmd.Flags().BoolVar(&f.weak, "weak", false, "accept a weak passphrase, knowingly")
}

func vaultKeyRemoveVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "remove CASE WAY…",
		Short: "take a way into the list back, and seal the list anew",
		Long: `Removes the ways with these ids and seals the list under another key. The way with
which the vault is opened now stays. A passphrase other than that one cannot be
carried over: remove it too, and add it anew.`,
		Example: "  vidimus protected key remove ~/cases/reservoir WAY",
		Args:    arguments(2, -1, "protected key remove CASE WAY…"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withVault(cmd.Context(), c, u, args[0], func(v *openedVault) error {
				remove := args[1:]
				for i, id := range remove {
					if remove[i] = strings.ToLower(strings.TrimSpace(id)); remove[i] == v.opened.ID {
						return vidimus.WithHint(errors.New("the vault was opened with the way that is to be removed"),
							"open it with one that stays: then it is certain that somebody still can")
					}
				}
				return v.renew(remove, nil)
			})
		},
	}
}

func vaultKeyChangeVerb(c *console, u *unlocking) *cobra.Command {
	var f vaultWayFlags
	cmd := &cobra.Command{
		Use:   "change CASE",
		Short: "change the passphrase of the list of protected people",
		Long: `Opens the vault with its passphrase, asks for a new one, and seals the list anew
under another key. The old passphrase opens nothing any more but copies made before.`,
		Example: "  vidimus protected key change ~/cases/reservoir",
		Args:    arguments(1, 1, "protected key change CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withVault(cmd.Context(), c, u, args[0], func(v *openedVault) error {
				if v.opened.Kind() != key.Passphrase {
					return vidimus.WithHint(errUsage{errors.New("the vault was opened with an identity, which has no passphrase to change")},
						"open it with the passphrase that is to be changed (--vault-passphrase-file FILE)")
				}
				return v.renew([]string{v.opened.ID}, &f)
			})
		},
	}
	f.newPassphrase(cmd)
	return cmd
}

// openedVault is a vault whose ways in are changed.
type openedVault struct {
	*desk
	ctx    context.Context
	c      *console
	key    key.VaultKey
	opened key.File
	way    key.Way
}

func withVault(ctx context.Context, c *console, u *unlocking, dir string, work func(*openedVault) error) error {
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	if _, err := d.VaultWays(ctx); err != nil {
		return err
	}
	v := openedVault{desk: d, ctx: ctx, c: c}
	if v.key, v.opened, v.way, err = d.openVaultWith(ctx, c); err != nil {
		return err
	}
	return work(&v)
}

func (v *openedVault) wayFor(k key.VaultKey, f vaultWayFlags) (key.File, error) {
	if f.recipient != "" {
		return k.ForRecipient(f.recipient)
	}
	if f.passphraseFile == "" && !hasTerminal() {
		return key.File{}, vidimus.WithHint(errors.New("there is no terminal to ask for the new passphrase"), "name a file that has it: --new-passphrase-file FILE")
	}
	p, err := v.newVaultPassphrase(v.c, f.passphraseFile, f.weak)
	if err != nil {
		return key.File{}, err
	}
	return k.ForPassphrase(p)
}

// renew seals the list under another key, without the ways to remove, and with
// a new passphrase where one is to be chosen.
func (v *openedVault) renew(remove []string, fresh *vaultWayFlags) error {
	ways, err := v.VaultWays(v.ctx)
	if err != nil {
		return err
	}
	k := v.key.Renew()
	r := archive.VaultRenewal{Added: map[string]string{}, List: v.resealed(k)}
	if r.Ways, err = v.carry(k, ways, remove, r.Added); err != nil {
		return err
	}
	if fresh != nil {
		w, err := v.wayFor(k, *fresh)
		if err != nil {
			return err
		}
		r.Ways = append(r.Ways, w)
	}
	if err := v.RenewVault(v.ctx, r); err != nil {
		return err
	}
	return v.said(map[string]any{"removed": len(remove), "ways": len(r.Ways)},
		fmt.Sprintf("the list is sealed anew; %d way(s) removed, %d open it, each with a new id; copies made before stay open to the old", len(remove), len(r.Ways)))
}

func (v *openedVault) resealed(k key.VaultKey) func([]byte, int64) ([]byte, error) {
	return func(old []byte, generation int64) ([]byte, error) {
		b, err := v.key.Open(old, generation)
		if err != nil {
			return nil, err
		}
		return k.Seal(b, generation+1)
	}
}

// carry wraps the new key for the ways that stay.
func (v *openedVault) carry(k key.VaultKey, ways []archive.WayState, remove []string, added map[string]string) (files []key.File, err error) {
	going := map[string]bool{}
	for _, id := range remove {
		going[id] = true
	}
	var lost []string
	for _, w := range ways {
		if going[w.ID()] {
			delete(going, w.ID())
			continue
		}
		f, ok, err := v.rewrap(k, w)
		switch {
		case err != nil:
			return nil, err
		case !ok:
			lost = append(lost, w.ID())
		default:
			files, added[f.ID] = append(files, f), w.Added
		}
	}
	if len(going) > 0 {
		return nil, vidimus.WithHint(errUsage{errors.New("the vault has no way of this id")}, "`vidimus protected key list CASE` shows the ids")
	}
	if len(lost) > 0 {
		return nil, vidimus.WithHint(fmt.Errorf("these ways cannot be carried over to the new key: %s", strings.Join(lost, ", ")),
			"remove them as well, `vidimus protected key remove CASE WAY…`, and add them anew; or open the vault with one of them")
	}
	return files, nil
}

// rewrap makes a way's new file: for a recipient that is known, or for the
// passphrase that opened the vault.
func (v *openedVault) rewrap(k key.VaultKey, w archive.WayState) (f key.File, ok bool, err error) {
	recipient, opened := w.Recipient, w.ID() == v.opened.ID
	if opened && v.opened.Recipient != "" {
		recipient = v.opened.Recipient
	}
	switch {
	case recipient != "":
		f, err = k.ForRecipient(recipient)
	case opened && v.opened.Kind() == key.Passphrase:
		f, err = k.ForPassphrase(v.way.Passphrase)
	default:
		return f, false, nil
	}
	return f, err == nil, err
}

func (v *openedVault) said(data map[string]any, talk string) error {
	if v.c.json {
		return v.c.data(data)
	}
	v.c.say("%s", talk)
	return nil
}
