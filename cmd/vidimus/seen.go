package main

import (
	"os"
	"path/filepath"

	"vidimus/archive"
)

// seen is where this machine remembers the newest head of each case, unless
// the person wants no trace of it.
func (u *unlocking) seen() archive.Seen {
	if u.noState {
		return archive.Seen{}
	}
	dir := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(dir) { // as the XDG specification says
		home, err := os.UserHomeDir()
		if err != nil {
			return archive.Seen{}
		}
		dir = filepath.Join(home, ".local", "state")
	}
	return archive.Seen{Dir: filepath.Join(dir, "vidimus", "heads")}
}

// engines are those of the program, with this machine's memory.
func (u *unlocking) engines() archive.Engines {
	e := engines()
	e.Seen = u.seen()
	return e
}
