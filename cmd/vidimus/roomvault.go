package main

import (
	"context"
	"sync"
	"time"

	"vidimus/key"
	"vidimus/protect/people"
	"vidimus/web"
)

// vaultLife is how long the vault stays open in the room after its last use.
const vaultLife = 10 * time.Minute

// roomVault holds the vault's key for the reading room, for as long as somebody
// works with it. It is opened in the terminal only.
type roomVault struct {
	d    *desk
	life time.Duration

	mu   sync.Mutex
	held *key.VaultKey // nil while it is closed; guarded by mu
	end  *time.Timer   // guarded by mu
}

func newRoomVault(d *desk) *roomVault { return &roomVault{d: d, life: vaultLife} }

// open asks for the passphrase, or takes the file that was named, and keeps
// the key.
func (v *roomVault) open(ctx context.Context, c *console) error {
	if _, _, err := v.d.VaultList(ctx); err != nil {
		return err
	}
	k, err := v.d.openVault(ctx, c)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.held = &k
	v.longer()
	return nil
}

// longer counts the time until it locks from now.
func (v *roomVault) longer() {
	if v.end != nil {
		v.end.Stop()
	}
	v.end = time.AfterFunc(v.life, v.lock)
}

// lock forgets the key.
func (v *roomVault) lock() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.end != nil {
		v.end.Stop()
	}
	v.held = nil
}

// key gives the key for one use, while the vault is open.
func (v *roomVault) key() (key.VaultKey, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.held == nil {
		return key.VaultKey{}, web.ErrVaultClosed
	}
	v.longer()
	return *v.held, nil
}

// people gives the list as it is now.
func (v *roomVault) people(ctx context.Context) (people.List, error) {
	k, err := v.key()
	if err != nil {
		return people.List{}, err
	}
	sealed, generation, err := v.d.VaultList(ctx)
	if err != nil {
		return people.List{}, err
	}
	return listIn(k, sealed, generation)
}

// vault is what the room's pages know of it.
func (v *roomVault) vault() *web.Vault {
	return &web.Vault{Lock: v.lock, State: func() web.VaultState {
		v.mu.Lock()
		open := v.held != nil
		v.mu.Unlock()
		if open {
			return web.VaultOpen
		}
		if has, err := v.d.HasVault(context.Background()); err == nil && !has {
			return web.NoVault
		}
		return web.VaultClosed
	}}
}

// atStart opens the vault where a file for it was named; else it stays closed
// until somebody asks for it.
func (v *roomVault) atStart(ctx context.Context, c *console) error {
	passphrase, identity := v.d.u.vaultFiles()
	has, err := v.d.HasVault(ctx)
	if err != nil || !has || passphrase == "" && identity == "" {
		return err
	}
	return v.open(ctx, c)
}

// obey does what a line typed at the terminal asks of the vault, and reports
// whether it asked for anything.
func (v *roomVault) obey(ctx context.Context, c *console, typed string) bool {
	switch typed {
	case "vault":
		if has, err := v.d.HasVault(ctx); err == nil && !has {
			c.say("this case has no vault yet")
			c.hint("`vidimus protected add CASE` makes it")
		} else if err := v.open(ctx, c); err != nil {
			c.fail(err)
		} else {
			c.say("the vault is open; it closes %d minutes after its last use, or when you type lock", int(v.life.Minutes()))
		}
	case "lock":
		v.lock()
		c.say("the vault is closed")
	default:
		return false
	}
	return true
}
