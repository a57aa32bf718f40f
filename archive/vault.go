package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"vidimus"
	"vidimus/custody"
	"vidimus/internal/durable"
	"vidimus/key"
)

// settingVault says what the vault is: spec/vault.md.
const settingVault = "vault"

const (
	vaultFolder = "vault"
	vaultList   = "list"
)

// vault is what the records know of it.
type vault struct {
	Generation int64       `json:"generation"`
	Files      []vaultFile `json:"files"`
	// Gone are key files that the newest change took out: they are written over
	// and removed wherever they still lie.
	Gone []string `json:"gone,omitempty"`
}

type vaultFile struct {
	File   string `json:"file"`
	Digest []byte `json:"sha256"`
	// Of a way in: whom it is for, and the day on which it was added.
	Recipient string `json:"recipient,omitempty"`
	Added     string `json:"added,omitempty"`
}

// VaultFolder is where the vault of the case in dir lies.
func VaultFolder(dir string) string { return filepath.Join(dir, vaultFolder) }

const hintVault = "put the folder `vault` back beside the case's other files, from a backup that was made --with-vault"

func vaultOf(tx Tx) (v vault, err error) {
	err = getFixed(tx, "vault", &v)
	return v, err
}

// HasVault tells whether the case has a list of protected people, whether or
// not it can be opened.
func (c *Case) HasVault(ctx context.Context) (has bool, err error) {
	err = c.View(ctx, func(tx Tx) error {
		v, err := vaultOf(tx)
		has = v.Generation > 0
		return err
	})
	return has, err
}

// VaultList gives the sealed list and its generation.
func (c *Case) VaultList(ctx context.Context) (list []byte, generation int64, err error) {
	err = c.View(ctx, func(tx Tx) error {
		v, err := vaultOf(tx)
		if err == nil {
			list, err = v.read(c.dir, vaultList)
		}
		generation = v.Generation
		return err
	})
	return list, generation, err
}

// read gives a file of the vault as the records know it.
func (v vault) read(dir, name string) ([]byte, error) {
	i := slices.IndexFunc(v.Files, func(f vaultFile) bool { return f.File == name })
	if i < 0 {
		return nil, errors.New("the case has no list of protected people")
	}
	found := false
	for _, path := range []string{name, newPrefix + name} {
		b, err := os.ReadFile(filepath.Join(VaultFolder(dir), path))
		if err == nil && slices.Equal(digestBytes(b), v.Files[i].Digest) {
			return b, nil
		}
		found = found || err == nil
	}
	if found {
		return nil, vidimus.WithHint(errors.New("the vault of protected people is not the one that this case knows: it was changed, or is of another day"), hintVault)
	}
	return nil, vidimus.WithHint(errors.New("the vault of protected people is not there"), hintVault)
}

// MakeVault begins the vault with a list and the ways into it.
func (c *Case) MakeVault(ctx context.Context, ways []key.File, list func(generation int64) ([]byte, error)) error {
	return c.putVault(ctx, "vault made", func(v *vault) (map[string][]byte, error) {
		if v.Generation > 0 {
			return nil, vidimus.WithHint(errors.New("the case has a vault already"), "it opens with its own passphrase")
		}
		b, err := list(1)
		return v.with(ways, map[string][]byte{vaultList: b}), err
	})
}

// ChangeVault replaces the list. The one before is handed over with its
// generation, and the new one is to be of the next.
func (c *Case) ChangeVault(ctx context.Context, change func(list []byte, generation int64) ([]byte, error)) error {
	return c.putVault(ctx, "people changed", func(v *vault) (map[string][]byte, error) {
		old, err := v.read(c.dir, vaultList)
		if err != nil {
			return nil, err
		}
		b, err := change(old, v.Generation)
		return map[string][]byte{vaultList: b}, err
	})
}

// putVault prepares files of the vault, commits to them, and puts them in
// place: killed anywhere, the old ones are there or the new.
func (c *Case) putVault(ctx context.Context, what string, make func(*vault) (map[string][]byte, error)) error {
	err := c.Do(ctx, func(w *Work) error {
		v, err := vaultOf(w.Tx)
		if err != nil {
			return err
		}
		v.Gone = slices.DeleteFunc(v.Gone, func(name string) bool { return !lies(VaultFolder(c.dir), name) })
		files, err := make(&v)
		if err != nil {
			return err
		}
		if err := os.Mkdir(VaultFolder(c.dir), 0o700); err != nil && !errors.Is(err, os.ErrExist) {
			return durable.Nameless(err)
		}
		if files[vaultList] != nil {
			v.Generation++
		}
		for name, b := range files {
			if err := durable.WriteFile(filepath.Join(VaultFolder(c.dir), newPrefix+name), b); err != nil {
				return vidimus.WithHint(fmt.Errorf("keep the vault: %w", err), "make room on the disk, then begin again; nothing was changed")
			}
			v.put(name, digestBytes(b))
		}
		return w.putFixed("vault", v, custody.Entry{Kind: custody.Protect, Fields: map[string]any{"what": what}})
	})
	return errors.Join(err, c.settleVault(ctx))
}

// names tells whether the records know this content of a file.
func (v vault) names(name string, b []byte) bool {
	return slices.ContainsFunc(v.Files, func(f vaultFile) bool { return f.File == name && slices.Equal(f.Digest, digestBytes(b)) })
}

// copyVault copies the vault as the records in tx know it.
func copyVault(tx Tx, from, to string) error {
	v, err := vaultOf(tx)
	if err != nil || v.Generation == 0 {
		return err
	}
	if err := os.Mkdir(VaultFolder(to), 0o700); err != nil {
		return durable.Nameless(err)
	}
	for _, f := range v.Files {
		b, err := v.read(from, f.File)
		if err != nil {
			return err
		}
		if err := durable.WriteFile(filepath.Join(VaultFolder(to), f.File), b); err != nil {
			return err
		}
	}
	return durable.SyncFolder(VaultFolder(to))
}
