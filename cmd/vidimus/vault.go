package main

import (
	"context"
	"errors"
	"os"

	"vidimus"
	"vidimus/archive"
	"vidimus/key"
	"vidimus/protect/people"
)

// vaultFiles gives the two files that open a vault; a flag hides what the
// environment says.
func (u *unlocking) vaultFiles() (passphrase, identity string) {
	if u.vaultPassphraseFile != "" || u.vaultIdentityFile != "" {
		return u.vaultPassphraseFile, u.vaultIdentityFile
	}
	if u.session != nil {
		return u.session.way.vaultFiles()
	}
	return os.Getenv("VIDIMUS_VAULT_PASSPHRASE_FILE"), ""
}

const hintVaultWay = "open the vault with --vault-passphrase-file FILE, VIDIMUS_VAULT_PASSPHRASE_FILE or at a terminal; its passphrase is not the case's"

// vaultWay is what the person opens the vault with. It is asked for each time:
// the vault is open for one act.
func (u *unlocking) vaultWay(c *console) (key.Way, error) {
	passphraseFile, identityFile := u.vaultFiles()
	if identityFile != "" {
		r, err := openNamed(c, identityFile, "vault's identity file")
		if err != nil {
			return key.Way{}, err
		}
		defer r.Close()
		ids, err := key.ReadIdentities(r)
		return key.Way{Identities: ids}, err
	}
	if passphraseFile == "" && !hasTerminal() {
		return key.Way{}, vidimus.WithHint(errors.New("the vault of protected people is closed"), hintVaultWay)
	}
	p, err := u.secretWord(c, passphraseFile, "Passphrase of the vault (not the case's): ")
	return key.Way{Passphrase: p, Unwrap: u.unwrap}, err
}

func hasTerminal() bool {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return false
	}
	return tty.Close() == nil
}

// openVault gives the key of the case's vault.
func (d *desk) openVault(ctx context.Context, c *console) (key.VaultKey, error) {
	k, _, _, err := d.openVaultWith(ctx, c)
	return k, err
}

// openVaultWith tells also with which file and by which way.
func (d *desk) openVaultWith(ctx context.Context, c *console) (k key.VaultKey, opened key.File, way key.Way, err error) {
	files, err := d.VaultKeys(ctx)
	if err == nil {
		way, err = d.u.vaultWay(c)
	}
	if err == nil {
		k, opened, err = key.UnlockVault(files, d.Format.ID, way)
	}
	return k, opened, way, err
}

// people opens the list of protected people, for one act.
func (d *desk) people(ctx context.Context, c *console) (people.List, error) {
	sealed, generation, err := d.VaultList(ctx) // names a vault that is gone before it asks
	if err != nil {
		return people.List{}, err
	}
	k, err := d.openVault(ctx, c)
	if err != nil {
		return people.List{}, err
	}
	return listIn(k, sealed, generation)
}

func listIn(k key.VaultKey, sealed []byte, generation int64) (people.List, error) {
	b, err := k.Open(sealed, generation)
	if err != nil {
		return people.List{}, err
	}
	return people.Parse(b)
}

func sealIn(k key.VaultKey, l people.List, generation int64) ([]byte, error) {
	b, err := l.Encode()
	if err != nil {
		return nil, err
	}
	return k.Seal(b, generation)
}

// changePeople changes the list, and makes the vault where there is none.
func (d *desk) changePeople(ctx context.Context, c *console, making *vaultMaking, change func(*people.List) error) error {
	has, err := d.HasVault(ctx)
	if err != nil {
		return err
	}
	if !has {
		if making == nil {
			return vidimus.WithHint(errors.New("the case has no list of protected people"), "`vidimus protected add CASE` begins one")
		}
		return d.makeVault(ctx, c, *making, change)
	}
	if _, _, err := d.VaultList(ctx); err != nil {
		return err
	}
	k, err := d.openVault(ctx, c)
	if err != nil {
		return err
	}
	return d.ChangeVault(ctx, func(sealed []byte, generation int64) ([]byte, error) {
		l, err := listIn(k, sealed, generation)
		if err == nil {
			err = change(&l)
		}
		if err != nil {
			return nil, err
		}
		return sealIn(k, l, generation+1)
	})
}

// vaultMaking is how a vault begins.
type vaultMaking struct {
	recipients []string
	weak       bool
}

func (d *desk) makeVault(ctx context.Context, c *console, m vaultMaking, change func(*people.List) error) error {
	l := people.List{Next: 1}
	if err := change(&l); err != nil {
		return err
	}
	k, err := key.NewVaultKey(d.Format.ID)
	if err != nil {
		return err
	}
	ways, err := d.vaultWays(c, m, k)
	if err != nil {
		return err
	}
	err = d.MakeVault(ctx, ways, func(generation int64) ([]byte, error) { return sealIn(k, l, generation) })
	if err != nil {
		return err
	}
	c.say("the vault is made; from now on copies in clear are held against the list, and none leaves while the vault is closed")
	c.hint("keep its passphrase apart from the case's; nobody can reset it; backups leave it out without --with-vault")
	return nil
}

// vaultWays makes the ways into a new vault: a passphrase, recipients, or both.
func (d *desk) vaultWays(c *console, m vaultMaking, k key.VaultKey) (ways []key.File, err error) {
	file, _ := d.u.vaultFiles()
	if file != "" || len(m.recipients) == 0 {
		if file == "" && !hasTerminal() {
			return nil, vidimus.WithHint(errors.New("the first name makes the vault, and there is no terminal to ask for its passphrase"),
				"name a file with the passphrase that it is to have: --vault-passphrase-file FILE")
		}
		p, err := d.newVaultPassphrase(c, file, m.weak)
		if err != nil {
			return nil, err
		}
		w, err := k.ForPassphrase(p)
		if err != nil {
			return nil, err
		}
		ways = append(ways, w)
	}
	for _, r := range m.recipients {
		w, err := k.ForRecipient(r)
		if err != nil {
			return nil, err
		}
		ways = append(ways, w)
	}
	return ways, nil
}

func (d *desk) newVaultPassphrase(c *console, file string, weak bool) (string, error) {
	p, err := d.u.choosePassphrase(c, file, weak)
	if err != nil {
		return "", err
	}
	files, err := key.Files(archive.KeysFolder(d.Dir()))
	if err != nil {
		return "", err
	}
	way := key.Way{Passphrase: p, Unwrap: d.u.unwrap}
	for _, f := range files {
		if way.Fits(f) {
			return "", vidimus.WithHint(errors.New("this passphrase opens the case"), "the vault needs one of its own: whoever has the case is not to have the list")
		}
	}
	return p, nil
}
