// Package volatile gives owner-only folders that live in memory (tmpfs), for
// what must never reach a disk: the way into the room, and a browser's
// profile. A folder is locked while its maker lives; what a killed process
// left behind is removed by Sweep at the next start.
package volatile

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"vidimus"
)

// ErrNoMemory is returned where no folder in memory can be had.
var ErrNoMemory = vidimus.WithHint(errors.New("find a folder in memory: none of the usual places is a tmpfs"),
	"set XDG_RUNTIME_DIR to a tmpfs that only you can read, or mount /dev/shm")

const prefix = "vidimus-"

// lockName is the file that says, by a lock on it, that the maker lives.
const lockName = ".lock"

// Dir is one folder in memory.
type Dir struct {
	Path string
	lock *os.File
}

// New makes an owner-only folder in memory for one purpose, a short word.
func New(purpose string) (*Dir, error) {
	for _, root := range roots() {
		if !inMemory(root) {
			continue
		}
		path, err := os.MkdirTemp(root, prefix+purpose+"-")
		if err != nil {
			continue
		}
		lock, err := takeLock(filepath.Join(path, lockName))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("lock a folder in memory: %w", err), os.RemoveAll(path))
		}
		return &Dir{Path: path, lock: lock}, nil
	}
	return nil, ErrNoMemory
}

// Remove removes the folder with all that is in it.
func (d *Dir) Remove() error {
	err := os.RemoveAll(d.Path)
	return errors.Join(err, d.lock.Close())
}

// Sweep removes the folders of this purpose whose makers are gone.
func Sweep(purpose string) error {
	var all error
	for _, root := range roots() {
		if !inMemory(root) {
			continue
		}
		entries, err := os.ReadDir(root)
		if err != nil {
			continue
		}
		for _, e := range entries {
			path := filepath.Join(root, e.Name())
			if e.IsDir() && strings.HasPrefix(e.Name(), prefix+purpose+"-") && mine(path) {
				all = errors.Join(all, removeIfLeft(path))
			}
		}
	}
	return all
}

// making is how long a folder may be without its lock while it is being made.
const making = time.Minute

// removeIfLeft removes path unless its maker still holds the lock. A folder
// without a lock file is being made just now, or is the rest of a removal
// that was cut short.
func removeIfLeft(path string) error {
	lock, err := retakeLock(filepath.Join(path, lockName))
	if os.IsNotExist(err) {
		if st, err := os.Stat(path); err == nil && time.Since(st.ModTime()) > making {
			return os.RemoveAll(path)
		}
		return nil
	}
	if err != nil {
		return nil
	}
	return errors.Join(os.RemoveAll(path), lock.Close())
}

// roots are the places to try, the most private first.
func roots() []string {
	var list []string
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		list = append(list, dir)
	}
	return append(list, "/dev/shm")
}
