// Package vidimus holds the words of the project: what a file, a page, a
// place, a reading, a job and a fault are. It imports the standard library
// only; every other package speaks in these words.
//
// A File is what was handed over or found inside another file: the evidentiary
// copy. Reading a file gives Pages (which the source has) or Sections (which we
// make where the source has none). A Reading says who read: one producer, one
// version. A Place ties a stretch of a page's text to a Box on its picture.
package vidimus

import (
	"crypto/rand"
	"encoding/base32"
	"errors"
	"strings"
)

// ItemID names a file of a case: random, printable, stable, and not derived
// from the file's content or name.
type ItemID string

var itemEncoding = base32.NewEncoding("abcdefghjkmnpqrstuvwxyz023456789").WithPadding(base32.NoPadding)

// NewItemID makes a fresh id of 80 random bits.
func NewItemID() ItemID {
	var b [10]byte
	rand.Read(b[:])
	return ItemID(itemEncoding.EncodeToString(b[:]))
}

// ErrItemID is returned for a word that cannot be an item's id.
var ErrItemID = errors.New("not an item id: these are sixteen letters and digits, as `vidimus list` prints them")

// ParseItemID accepts an id as a person types it.
func ParseItemID(s string) (ItemID, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if b, err := itemEncoding.DecodeString(s); err != nil || len(b) != 10 {
		return "", ErrItemID
	}
	return ItemID(s), nil
}

// Digest is the SHA-256 of a file's bytes. It is kept in the sealed records
// only: outside it would tell whoever holds the same copy that it is here.
type Digest [32]byte

// Source is one argument of `add`: a folder or a file, known by its number.
// Where it lay, on which medium and under which name is not kept.
type Source struct {
	Number int
	Folder bool // a folder was given; otherwise a single file
	Added  string
}

// File is one item of a case.
type File struct {
	Item        ItemID
	Order       int64  // position in the order of intake, from 1
	Source      int    // number of the Source
	Path        string // relative to the source; raw bytes as the file system gave them
	Parent      ItemID // the container it was found in; empty at the top
	Type        string // media type; empty until it was typed
	Bytes       int64
	Digest      Digest
	State       State
	Reason      Reason // why it is not State Read; empty otherwise
	DuplicateOf ItemID
	Pages       int    // pages that the source has
	Sections    int    // sections that we made
	Blank       int    // pages without words and without ink
	Language    string // BCP 47, or "und"
	// RawName is the name as the file's container writes it, where that is
	// not the name's own UTF-8; empty otherwise.
	RawName string
	// NameCharset is the charset of the names in this container, where a
	// reader chose it; empty: guessed.
	NameCharset string
}

// State says how far a file has come. A file is in exactly one.
type State string

// The states; see docs/terms.md.
const (
	Waiting   State = "waiting"
	Read      State = "read"
	Partly    State = "partly"
	Failed    State = "failed"
	Duplicate State = "duplicate"
	// Disposed is a file that was destroyed: its row counts it, and knows
	// neither its name nor its content.
	Disposed State = "disposed"
)

// States lists all states in the order in which the arithmetic is printed.
var States = []State{Read, Partly, Failed, Duplicate, Disposed, Waiting}

// Counts is the arithmetic of a case:
// Seen = Read + Partly + Failed + Duplicates + Disposed + Waiting.
type Counts struct {
	Seen, Read, Partly, Failed, Duplicates, Disposed, Waiting int

	Pages, Sections, Blank int
	Bytes                  int64
	Reasons                map[Reason]int
	// Types counts the files of each media type by their states. The type of a
	// duplicate, and of what could not be looked at, is empty.
	Types map[string]map[State]int
}

// AddType counts n files of a type in a state.
func (c *Counts) AddType(mediaType string, s State, n int) {
	if c.Types == nil {
		c.Types = map[string]map[State]int{}
	}
	if c.Types[mediaType] == nil {
		c.Types[mediaType] = map[State]int{}
	}
	c.Types[mediaType][s] += n
}

// True reports whether the arithmetic holds.
func (c Counts) True() bool {
	return c.Seen == c.Read+c.Partly+c.Failed+c.Duplicates+c.Disposed+c.Waiting
}
