package archive

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"vidimus"
	"vidimus/custody"
	"vidimus/internal/durable"
)

// Seen is a folder in which this machine remembers the newest head of each
// case: the only thing that can notice that a whole folder was put back. Names
// and contents tell nothing to whoever has not the case. The zero value
// remembers nothing.
type Seen struct{ Dir string }

// seenEvery is how often a long series of commits is remembered; the last of
// them always is.
const seenEvery = time.Second

const (
	tagSeenName = "vidimus/seen-name/v1"
	tagSeenBody = "vidimus/seen/v1"
)

// ErrOlder is returned when a folder is older than this machine has seen.
var ErrOlder = errors.New("this machine has seen a newer state of the case than this folder has: an older folder was put in its place")

// ErrForked is returned when a folder went on differently from what this
// machine has seen.
var ErrForked = errors.New("this folder has gone on from an earlier state than the one this machine has seen: there are two continuations of the case")

// place is where the newest head of a case is remembered, and the key it is
// sealed under. Both hang on a secret that outlives a change of the case key.
func (s Seen) place(c *Case) (path string, key [32]byte) {
	secret := []byte(c.signer.Secret())
	name := keyed(secret, tagSeenName, []byte(c.Format.ID))
	return filepath.Join(s.Dir, hex.EncodeToString(name[:16])), keyed(secret, tagSeenBody, nil)
}

// newest gives the head that was remembered; ok is false when there is none.
// A damaged one is none: who can damage it can delete it.
func (s Seen) newest(c *Case) (h Head, ok bool) {
	if s.Dir == "" {
		return Head{}, false
	}
	path, key := s.place(c)
	b, err := os.ReadFile(path)
	if err != nil {
		return Head{}, false
	}
	h, err = openHead(b, key)
	return h, err == nil
}

// keep remembers a head.
func (s Seen) keep(c *Case, h Head) error {
	if s.Dir == "" {
		return nil
	}
	path, key := s.place(c)
	h.Seal = [32]byte{}
	b, err := h.seal(key)
	if err != nil {
		return err
	}
	if err = os.MkdirAll(s.Dir, 0o700); err == nil {
		err = durable.WriteFile(path, b)
	}
	if err != nil {
		return vidimus.WithHint(errors.New("the newest state of the case cannot be remembered on this machine"),
			"make the folder for program state writable (XDG_STATE_HOME), or say --no-state: then a folder put back whole is not noticed")
	}
	return nil
}

// forget removes what was remembered of a case.
func (s Seen) forget(c *Case) error {
	if s.Dir == "" {
		return nil
	}
	path, _ := s.place(c)
	if err := durable.Shred(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// remembered holds the records against what this machine has seen, and
// remembers them when they are newer.
func (c *Case) remembered(ctx context.Context) error {
	seen, known := c.engines.Seen.newest(c)
	var now Head
	err := c.View(ctx, func(tx Tx) (err error) {
		if now.Generation, err = generation(tx); err != nil {
			return err
		}
		if known {
			if err := c.continues(tx, now, seen); err != nil {
				return err
			}
		}
		if !known || now.Generation > seen.Generation {
			now.Checkpoint, err = custody.Checkpoint(tx.Log(), c.signer)
		}
		return err
	})
	c.kept = now.Generation
	if err != nil || known && now.Generation == seen.Generation {
		return err
	}
	c.unkept = c.engines.Seen.keep(c, now)
	return nil
}

func (c *Case) continues(tx Tx, now, seen Head) error {
	const hint = "find the newer folder; if you put this one back yourself, say so with `vidimus restore --accept-older CASE`, which the custody log keeps"
	if now.Generation < seen.Generation {
		return vidimus.WithHint(ErrOlder, hint)
	}
	if err := custody.Consistent(tx.Log(), c.verifier, seen.Checkpoint); err != nil {
		return vidimus.WithHint(fmt.Errorf("%w: %w", ErrForked, err), hint)
	}
	return nil
}

// Remember makes this machine take the case as it is for the newest, whatever
// it has seen before: what a restore does once the log has it.
func (c *Case) Remember(ctx context.Context, s Seen) error {
	c.engines.Seen = s
	return c.View(ctx, func(tx Tx) error {
		g, err := generation(tx)
		if err != nil {
			return err
		}
		checkpoint, err := custody.Checkpoint(tx.Log(), c.signer)
		if err != nil {
			return err
		}
		return s.keep(c, Head{Generation: g, Checkpoint: checkpoint})
	})
}

// Unremembered says why this machine could not remember the case's newest
// state, if so. Nothing else depends on it.
func (c *Case) Unremembered() error { return c.unkept }

// keepHead remembers the head of a commit, now or soon.
func (c *Case) keepHead(last bool) {
	if c.head.Generation <= c.kept || !last && time.Since(c.keptAt) < seenEvery {
		return
	}
	if h, known := c.engines.Seen.newest(c); known && h.Generation >= c.head.Generation {
		return // another process was faster
	}
	c.unkept = c.engines.Seen.keep(c, c.head)
	c.kept, c.keptAt = c.head.Generation, time.Now()
}
