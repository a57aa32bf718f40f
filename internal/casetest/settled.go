package casetest

import (
	"strings"
	"time"
)

// Settled does in a browser what it refuses while a page takes another's
// place: what was found in the old one is gone, and nothing has been done.
func Settled(act func() error) (err error) {
	for range 100 {
		if err = act(); err == nil || !strings.Contains(err.Error(), "Could not find node with given id") &&
			!strings.Contains(err.Error(), "Cannot find context with specified id") {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}
