//go:build !linux

package intake

import (
	"errors"
	"os"

	"vidimus"
)

// errSystem is why nothing is taken in here.
var errSystem = vidimus.WithHint(
	errors.New("this system takes no files in yet: reading them without changing their access times is written for Linux"),
	"add the files on a Linux machine; here the case can be opened, searched and checked")

// Tree is one argument of `add`.
type Tree struct{ Folder bool }

// Open refuses.
func Open(string, bool) (*Tree, error) { return nil, errSystem }

// Close lets go of nothing.
func (t *Tree) Close() error { return nil }

// Walk refuses.
func (t *Tree) Walk(func(Found) error) (Left, error) { return Left{}, errSystem }

// OpenFile refuses.
func (t *Tree) OpenFile(string) (*os.File, error) { return nil, errSystem }
