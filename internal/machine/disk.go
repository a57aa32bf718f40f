package machine

import (
	"os"
	"path/filepath"
	"strings"
)

// seal says what lies below a path.
type seal int

const (
	unknown seal = iota
	sealed       // encrypted by the device mapper, or in memory only
	inClear      // a disk in clear
)

// mount is one line of /proc/self/mountinfo.
type mount struct {
	device  string // major:minor
	point   string
	options string // of the mount
	kind    string
	source  string
}

// mountOf gives the mount that a path lies on.
func (s System) mountOf(path string) (best mount) {
	for _, line := range strings.Split(s.text("/proc/self/mountinfo"), "\n") {
		before, after, ok := strings.Cut(line, " - ")
		left, right := strings.Fields(before), strings.Fields(after)
		if !ok || len(left) < 6 || len(right) < 2 {
			continue
		}
		m := mount{device: left[2], point: unescape(left[4]), options: left[5], kind: right[0], source: unescape(right[1])}
		if within(path, m.point) && len(m.point) >= len(best.point) {
			best = m
		}
	}
	return best
}

// unescape undoes the kernel's writing of white space in a path.
func unescape(s string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(s)
}

func within(path, folder string) bool {
	return path == folder || folder == "/" || strings.HasPrefix(path, folder+"/")
}

func (s System) encrypted(path string) seal {
	m := s.mountOf(path)
	if m.kind == "tmpfs" || m.kind == "ramfs" {
		return sealed
	}
	if target := s.link("/sys/dev/block/" + m.device); target != "" {
		return s.device(filepath.Base(target))
	}
	// Some file systems have no device number of their own: the source has.
	if name, ok := strings.CutPrefix(m.source, "/dev/"); ok {
		if real, err := filepath.EvalSymlinks(s.at("/dev/" + name)); err == nil {
			name = real
		}
		return s.device(filepath.Base(name))
	}
	return unknown
}

// device looks at a block device and all that it is made of.
func (s System) device(name string) seal {
	at := "/sys/class/block/" + name
	if name == "" || name == "." || !s.exists(at) {
		return unknown
	}
	if strings.HasPrefix(s.text(at+"/dm/uuid"), "CRYPT-") {
		return sealed
	}
	below := s.names(at + "/slaves")
	for _, b := range below {
		if found := s.device(b); found != sealed {
			return found
		}
	}
	if len(below) > 0 {
		return sealed
	}
	return inClear
}

// link gives what a link of /sys points to, "" when there is none.
func (s System) link(path string) string {
	target, err := os.Readlink(s.at(path))
	if err != nil {
		return ""
	}
	return target
}

func (s System) disk(path string) Check {
	c := Check{Name: "disk", State: OK, Found: "the disk below it is encrypted",
		Why: "a case is encrypted by itself; what other programs leave beside it (lists of files, previews, printed pages) is not"}
	switch s.encrypted(path) {
	case inClear:
		c.State, c.Found, c.Mend = Look, "the disk below it is not encrypted", "work on a machine installed with disk encryption (LUKS)"
	case unknown:
		c.State, c.Found, c.Mend = Look, "the system does not say whether the disk below it is encrypted", "find out with `lsblk`: a line of type crypt must stand above it"
	}
	return c
}

// removable reports a medium that is meant to be taken out: by itself, or
// because it hangs on USB.
func (s System) removable(path string) bool {
	target := s.link("/sys/dev/block/" + s.mountOf(path).device)
	if target == "" {
		return false
	}
	for dir := s.at("/sys/class/block/" + filepath.Base(target)); ; {
		real, err := filepath.EvalSymlinks(dir)
		if err != nil {
			return false
		}
		if b, err := os.ReadFile(filepath.Join(real, "removable")); err == nil {
			return strings.TrimSpace(string(b)) == "1" || strings.Contains(real, "/usb")
		}
		if dir = filepath.Dir(real); strings.HasSuffix(dir, "/block") || dir == "/" {
			return strings.Contains(real, "/usb")
		}
	}
}

// medium looks at where documents are to be taken from.
func (s System) medium(path string) Check {
	c := Check{Name: "medium", State: OK, Found: "the medium cannot be written to, or is no removable one",
		Why: "evidence that this machine may have changed is easier to dispute; a system writes to a medium by just showing it"}
	m := s.mountOf(path)
	writable := !strings.HasPrefix(m.options+",", "ro,")
	if s.removable(path) && writable {
		c.State, c.Found = Look, "the medium is mounted so that it can be written to"
		c.Mend = "unmount it, set its switch if it has one, and mount it with `mount -o ro`"
	}
	return c
}
