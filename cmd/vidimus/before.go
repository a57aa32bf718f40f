package main

import (
	"context"
	"path/filepath"
	"time"

	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/machine"
)

// warn names what is not as it should be, before work begins. What stops has
// stopped already, or was allowed knowingly.
func warn(c *console, checks []machine.Check) {
	n := 0
	for _, k := range checks {
		if k.State != machine.OK {
			c.say("look: %s: %s", k.Name, k.Found)
			n++
		}
	}
	if n > 0 {
		c.hint("`vidimus doctor CASE|PATH` says why and what to do")
	}
}

// beforeFirst says before the first add what is worth knowing then, and before
// every one that the clock goes backwards.
func beforeFirst(ctx context.Context, c *console, d *desk, paths []string) error {
	var first bool
	var last string
	err := d.View(ctx, func(tx archive.Tx) error {
		sources, err := tx.Files().Sources()
		if err != nil {
			return err
		}
		first = len(sources) == 0
		size, err := tx.Log().Size()
		if err != nil || size == 0 {
			return err
		}
		e, err := custody.ReadBody(tx.Log(), size-1)
		if err == nil {
			last = e.Time
		}
		return nil // an entry that was disposed of has no day
	})
	if err != nil {
		return err
	}
	if today := time.Now().UTC().Format(time.DateOnly); len(last) >= len(today) && last[:len(today)] > today {
		c.say("the clock says a day before the last entry of the custody log: what is written now will look older than what is there")
		c.hint("set the clock by hand, from a watch, and begin again; `vidimus doctor` looks at it")
	}
	if !first || d.Practice {
		return nil
	}
	checks := machine.Here().Case(whole(d.Dir()))
	for _, p := range paths {
		checks = append(checks, machine.Here().Medium(whole(p))...)
	}
	warn(c, once(checks))
	c.hint("`vidimus help first-day` says what to do with the medium, the passphrase and the colleagues")
	return nil
}

// once leaves out what was said already.
func once(checks []machine.Check) (kept []machine.Check) {
	said := map[string]bool{}
	for _, k := range checks {
		if key := k.Name + k.Found; !said[key] {
			said[key] = true
			kept = append(kept, k)
		}
	}
	return kept
}

// whole gives the absolute path without links, as the kernel lists it.
func whole(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		return filepath.Join(real, filepath.Base(abs))
	}
	return abs
}
