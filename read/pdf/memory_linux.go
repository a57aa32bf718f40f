package pdf

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"unsafe"

	"github.com/tetratelabs/wazero/experimental"
	"golang.org/x/sys/unix"
)

// wasmPage is the unit in which the engine's memory grows.
const wasmPage = 64 << 10

// memoryCap is the most that the engine can hold.
const memoryCap = 384 << 20

// memory is the engine's linear memory: one reservation that never moves, so
// that growing copies nothing. Once an image is kept, restore drops whatever
// was written after it: every file begins with the same bytes, without the
// price of starting the engine again.
type memory struct {
	all   []byte
	grown int // bytes that may be touched
	image int // bytes of the kept image
}

func newMemory() (*memory, error) {
	all, err := unix.Mmap(-1, 0, memoryCap, unix.PROT_NONE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	if err != nil {
		return nil, fmt.Errorf("reserve the engine's memory: %w", err)
	}
	return &memory{all: all}, nil
}

// Allocate hands the reservation to wazero.
func (m *memory) Allocate(_, _ uint64) experimental.LinearMemory { return m }

// Reallocate makes more of the reservation usable; nil refuses, which the
// engine sees as a failed malloc.
func (m *memory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	if n := int(size); n > m.grown {
		if unix.Mprotect(m.all[m.grown:n], unix.PROT_READ|unix.PROT_WRITE) != nil {
			return nil
		}
		m.grown = n
	}
	return m.all[:size]
}

// Free gives the reservation back.
func (m *memory) Free() {
	unix.Munmap(m.all)
	m.all = nil
}

// keep makes what is in memory now the image that restore returns to. The
// image lies in a nameless file of memory, mapped privately. It ends with the
// last page that is not zero: what lies behind is a tenfold of it, and comes
// back as zeros by itself.
func (m *memory) keep() error {
	fd, err := unix.MemfdCreate("pdfium", unix.MFD_CLOEXEC)
	if err != nil {
		return fmt.Errorf("keep the engine's image: %w", err)
	}
	f := os.NewFile(uintptr(fd), "pdfium")
	defer f.Close()
	zeros := make([]byte, wasmPage)
	m.image = m.grown
	for m.image > 0 && bytes.Equal(m.all[m.image-wasmPage:m.image], zeros) {
		m.image -= wasmPage
	}
	if _, err := f.Write(m.all[:m.image]); err != nil {
		return fmt.Errorf("keep the engine's image: %w", err)
	}
	_, err = unix.MmapPtr(fd, 0, unsafe.Pointer(&m.all[0]), uintptr(m.image),
		unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_FIXED)
	if err != nil {
		return fmt.Errorf("map the engine's image: %w", err)
	}
	// Fewer and larger faults while a file is read. A kernel without huge
	// pages refuses, and nothing is lost.
	_ = unix.Madvise(m.all[m.image:], unix.MADV_HUGEPAGE)
	return nil
}

func (m *memory) restore() error {
	if err := unix.Madvise(m.all[:m.grown], unix.MADV_DONTNEED); err != nil {
		return fmt.Errorf("return to the engine's image: %w", err)
	}
	return nil
}

func ownedByUs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
