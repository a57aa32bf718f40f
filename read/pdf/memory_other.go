//go:build !linux

package pdf

import (
	"errors"
	"io/fs"

	"github.com/tetratelabs/wazero/experimental"
)

// memoryCap is the most that the engine could hold.
const memoryCap = 384 << 20

// memory is not to be had here: PDFs are read on Linux, where the walls are.
type memory struct{}

func newMemory() (*memory, error) { return nil, errors.New("read PDFs: only on Linux") }

func (*memory) Allocate(_, _ uint64) experimental.LinearMemory { return nil }
func (*memory) Free()                                          {}
func (*memory) keep() error                                    { return nil }
func (*memory) restore() error                                 { return nil }

func ownedByUs(fs.FileInfo) bool { return false }
