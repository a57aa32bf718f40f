package intake

import (
	"errors"

	"vidimus"
)

// Left counts what was met and not taken in, by what it is.
type Left struct{ Folders, Links, Special int }

// Found is one file of a tree.
type Found struct {
	Path  string // relative to the argument, raw bytes; the name itself for a file
	Bytes int64
	Err   error // the folder or file could not be opened
}

// ErrTouch is returned where reading would change access times.
var ErrTouch = vidimus.WithHint(errors.New("reading here would change the files' access times"),
	"mount the medium read-only, or go on knowingly with --touch-times")
