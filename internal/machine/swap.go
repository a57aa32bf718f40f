package machine

import (
	"os"
	"path/filepath"
	"strings"
)

func (s System) plainSwap() ([]string, error) {
	b, err := os.ReadFile(s.at("/proc/swaps"))
	if os.IsNotExist(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	var plain []string
	for i, line := range strings.Split(string(b), "\n") {
		fields := strings.Fields(line)
		if i == 0 || len(fields) < 2 || s.sealedSwap(fields[0], fields[1]) {
			continue
		}
		plain = append(plain, fields[0])
	}
	return plain, nil
}

// sealedSwap reports a device-mapper crypt device, a file on one, or memory
// compressed in memory without a disk behind it.
func (s System) sealedSwap(path, kind string) bool {
	if kind == "file" {
		return s.encrypted(path) == sealed
	}
	if real, err := filepath.EvalSymlinks(s.at(path)); err == nil {
		path = real
	}
	name := filepath.Base(path)
	if strings.HasPrefix(name, "zram") {
		back, err := os.ReadFile(s.at("/sys/block/" + name + "/backing_dev"))
		return err != nil || strings.TrimSpace(string(back)) == "none"
	}
	return s.device(name) == sealed
}

func (s System) swapping() Check {
	c := Check{Name: "swap", State: OK, Found: "memory is not written to a disk in clear",
		Why: "what is read and typed would stand on the disk for years"}
	plain, err := s.plainSwap()
	if err != nil {
		c.State, c.Found, c.Mend = Look, "the system does not say whether memory is swapped", "run `swapon --show`"
	} else if len(plain) > 0 {
		c.State, c.Found = Stop, "memory is swapped to a disk in clear"
		c.Mend = "`sudo swapoff -a` now, and an encrypted swap area for good; --allow-swap goes on knowingly"
	}
	return c
}

// hibernation writes all memory to the swap area, keys included.
func (s System) hibernation() Check {
	c := Check{Name: "hibernation", State: OK, Found: "the machine has nowhere to hibernate to, or what it has is encrypted",
		Why: "hibernating writes all memory to the disk, the keys of open cases included"}
	can := strings.Contains(" "+s.text("/sys/power/state")+" ", " disk ") && !strings.Contains(s.text("/sys/power/disk"), "[disabled]")
	target := s.text("/sys/power/resume")
	if !can || target == "" || target == "0:0" {
		return c
	}
	if s.device(filepath.Base(s.link("/sys/dev/block/"+target))) != sealed {
		c.State, c.Found = Look, "the machine can hibernate to a disk in clear"
		c.Mend = "`sudo systemctl mask hibernate.target hybrid-sleep.target`, and close the case before you leave"
	}
	return c
}
