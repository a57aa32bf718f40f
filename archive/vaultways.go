package archive

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"vidimus"
	"vidimus/key"
)

// VaultWays gives the ways into the vault, and how their files lie there. It
// needs no key of the vault.
func (c *Case) VaultWays(ctx context.Context) (states []WayState, err error) {
	v, err := c.vault(ctx)
	if err != nil {
		return nil, err
	}
	if v.Generation == 0 {
		return nil, errNoVault
	}
	for _, f := range v.Files {
		if f.File == vaultList {
			continue
		}
		state := WayState{Way{File: f.File, Kind: key.Unknown, Recipient: f.Recipient, Added: f.Added, Digest: f.Digest}, WaySound}
		if b, err := v.read(c.dir, f.File); err != nil {
			state.State = WayMissing
		} else {
			state.Kind = key.KindOf(b)
		}
		states = append(states, state)
	}
	return states, nil
}

var errNoVault = vidimus.WithHint(errors.New("the case has no list of protected people"), "`vidimus protected add CASE` begins one")

// VaultKeys gives the key files of the vault that the records know, and no
// others that lie beside them.
func (c *Case) VaultKeys(ctx context.Context) (files []key.File, err error) {
	v, err := c.vault(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range v.Files {
		if f.File == vaultList {
			continue
		}
		if b, err := v.read(c.dir, f.File); err == nil { // another may open
			files = append(files, key.File{ID: Way{File: f.File}.ID(), Bytes: b})
		}
	}
	if len(files) == 0 {
		return nil, vidimus.WithHint(errors.New("the vault of protected people has no key files"), hintVault)
	}
	return files, nil
}

// AddVaultWay adds a way into the vault.
func (c *Case) AddVaultWay(ctx context.Context, w key.File) error {
	return c.putVault(ctx, "vault way added", func(v *vault) (map[string][]byte, error) {
		if v.Generation == 0 {
			return nil, errNoVault
		}
		return v.with([]key.File{w}, map[string][]byte{}), nil
	})
}

// VaultRenewal puts a vault under another key.
type VaultRenewal struct {
	Ways  []key.File
	Added map[string]string // by the way's id: the day, of ways carried over
	// List seals the list that stands there for the next generation.
	List func(old []byte, generation int64) ([]byte, error)
}

// RenewVault replaces the list and all ways in at once: killed anywhere, all old
// ones open and no new one, or the other way round.
func (c *Case) RenewVault(ctx context.Context, r VaultRenewal) error {
	return c.putVault(ctx, "vault renewed", func(v *vault) (map[string][]byte, error) {
		old, err := v.read(c.dir, vaultList)
		if err != nil {
			return nil, err
		}
		b, err := r.List(old, v.Generation)
		if err != nil {
			return nil, err
		}
		for _, f := range v.Files {
			if f.File != vaultList {
				v.Gone = append(v.Gone, f.File)
			}
		}
		v.Files = nil
		files := v.with(r.Ways, map[string][]byte{vaultList: b})
		for i, f := range v.Files {
			if day := r.Added[Way{File: f.File}.ID()]; day != "" {
				v.Files[i].Added = day
			}
		}
		return files, nil
	})
}

// with notes ways in, and adds their files to those that are to be written.
func (v *vault) with(ways []key.File, files map[string][]byte) map[string][]byte {
	for _, w := range ways {
		files[w.Name()] = w.Bytes
		v.Files = append(v.Files, vaultFile{File: w.Name(), Recipient: w.Recipient, Added: time.Now().UTC().Format(time.DateOnly)})
	}
	return files
}

// put notes the content of a file.
func (v *vault) put(name string, digest []byte) {
	i := slices.IndexFunc(v.Files, func(f vaultFile) bool { return f.File == name })
	if i < 0 {
		i = len(v.Files)
		v.Files = append(v.Files, vaultFile{File: name})
	}
	v.Files[i].Digest = digest
	slices.SortFunc(v.Files, func(a, b vaultFile) int { return strings.Compare(a.File, b.File) })
}
