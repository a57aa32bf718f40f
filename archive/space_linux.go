package archive

import "golang.org/x/sys/unix"

// freeSpace is how many bytes can still be written to the folder's disk.
func freeSpace(dir string) (bytes int64, known bool) {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}
