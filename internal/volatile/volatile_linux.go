package volatile

import (
	"os"

	"golang.org/x/sys/unix"
)

// inMemory reports whether path lies on a tmpfs or ramfs.
func inMemory(path string) bool {
	var fs unix.Statfs_t
	if unix.Statfs(path, &fs) != nil {
		return false
	}
	return fs.Type == unix.TMPFS_MAGIC || fs.Type == unix.RAMFS_MAGIC
}

// mine reports whether path is a folder of this user, and no link.
func mine(path string) bool {
	var st unix.Stat_t
	return unix.Lstat(path, &st) == nil && st.Mode&unix.S_IFMT == unix.S_IFDIR && int(st.Uid) == os.Geteuid()
}

func takeLock(path string) (*os.File, error) {
	return lockFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL)
}

func retakeLock(path string) (*os.File, error) {
	return lockFile(path, os.O_RDWR|unix.O_NOFOLLOW)
}

func lockFile(path string, flags int) (*os.File, error) {
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
