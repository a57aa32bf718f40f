// Package machine looks at the computer around a case: swap, file systems,
// and folders whose content goes elsewhere.
package machine

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// Undumpable keeps the memory of this process out of core files and away from
// other processes of the same user.
func Undumpable() {
	unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
	unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
}

// PlainSwap names the swap areas that are not encrypted. Memory is written
// there, and with it what was read.
func PlainSwap() ([]string, error) {
	b, err := os.ReadFile("/proc/swaps")
	if os.IsNotExist(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var plain []string
	for i, line := range strings.Split(string(b), "\n") {
		fields := strings.Fields(line)
		if i == 0 || len(fields) < 2 || encryptedDevice(fields[0]) {
			continue
		}
		plain = append(plain, fields[0])
	}
	return plain, nil
}

// encryptedDevice reports a device-mapper crypt device, or memory compressed
// in memory without a disk behind it.
func encryptedDevice(path string) bool {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	name := filepath.Base(path)
	uuid, _ := os.ReadFile("/sys/block/" + name + "/dm/uuid")
	if strings.HasPrefix(string(uuid), "CRYPT-") {
		return true
	}
	if strings.HasPrefix(name, "zram") {
		back, err := os.ReadFile("/sys/block/" + name + "/backing_dev")
		return err != nil || strings.TrimSpace(string(back)) == "none"
	}
	return false
}

// File systems by their magic numbers (statfs(2), linux/magic.h).
var (
	network = map[int64]string{
		0x6969: "NFS", 0x517b: "SMB", 0xff534d42: "CIFS", 0xfe534d42: "SMB2",
		0x01021997: "9P", 0x5346414f: "AFS", 0x6b414653: "AFS", 0x00c36400: "Ceph",
		0x0bd00bd0: "Lustre", 0x65735546: "FUSE",
	}
	lockless = map[int64]string{0x2011bab0: "exFAT", 0x4d44: "FAT"}
)

// FileSystem tells, of the nearest folder that exists, whether it lies on a
// network or on a file system that breaks locks or loses file modes; name is
// empty when it does neither.
func FileSystem(path string) (name string, remote bool) {
	var s unix.Statfs_t
	for unix.Statfs(path, &s) != nil {
		up := filepath.Dir(path)
		if up == path {
			return "", false
		}
		path = up
	}
	if name, ok := network[int64(uint32(s.Type))]; ok {
		return name, true
	}
	return lockless[int64(uint32(s.Type))], false
}

// Tmpfs reports a folder that lives in memory.
func Tmpfs(path string) bool {
	var s unix.Statfs_t
	return unix.Statfs(path, &s) == nil && int64(s.Type) == unix.TMPFS_MAGIC
}
