//go:build !linux

package machine

import "golang.org/x/sys/unix"

// Undumpable keeps the memory of this process out of core files. That other
// processes of the same user cannot read it is done on Linux only.
func Undumpable() { unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }

// fileSystem does not know the file systems of this system.
func fileSystem(string) (name string, remote bool) { return "", false }
