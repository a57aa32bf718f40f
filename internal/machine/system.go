// Package machine looks at the computer around a case: what would write its
// memory or its names to a disk in clear, what would carry its folder
// elsewhere, and what would change a medium that was handed over.
//
// It reads what the kernel and the desktop lay open under /proc, /sys and
// /etc, changes nothing and sends nothing.
package machine

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// System is the computer that is looked at.
type System struct {
	root string // "" is this computer; a made-up tree in tests
	// statfs names a file system that is remote or breaks locks.
	statfs func(path string) (name string, remote bool)
	parent int // the process that started us, whose limits are the session's
}

// Here is this computer.
func Here() System { return System{statfs: fileSystem, parent: os.Getppid()} }

// FileSystem tells, of the nearest folder that exists, whether it lies on a
// network or on a file system that breaks locks or loses file modes; name is
// empty when it does neither.
func FileSystem(path string) (name string, remote bool) { return fileSystem(path) }

// PlainSwap names the swap areas that are not encrypted. Memory is written
// there, and with it what was read.
func PlainSwap() ([]string, error) { return Here().plainSwap() }

func (s System) at(path string) string { return filepath.Join(s.root, path) }

// text is a file's content without the white space around it, "" when there is
// none.
func (s System) text(path string) string {
	b, _ := os.ReadFile(s.at(path))
	return strings.TrimSpace(string(b))
}

func (s System) exists(path string) bool { return exists(s.at(path)) }

// names lists a folder.
func (s System) names(path string) []string {
	entries, _ := os.ReadDir(s.at(path))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// processes tells which of these programs run, by their short names.
func (s System) processes(known ...string) []string {
	running := map[string]bool{}
	for _, name := range s.names("/proc") {
		if _, err := strconv.Atoi(name); err == nil {
			running[s.text("/proc/"+name+"/comm")] = true
		}
	}
	var found []string
	for _, k := range known {
		if running[k] {
			found = append(found, k)
		}
	}
	return found
}

// linux reports whether the trees that are read here can be there at all.
func (s System) linux() bool { return s.root != "" || runtime.GOOS == "linux" }
