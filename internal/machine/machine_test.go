package machine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tree is a made-up computer: files with their content, and links ("-> target").
type tree map[string]string

func (files tree) system(t *testing.T) System {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(content), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return System{root: root, parent: 7, statfs: func(string) (string, bool) { return "", false }}
}

// with gives the tree and more.
func (files tree) with(more tree) tree {
	all := tree{}
	for _, part := range []tree{files, more} {
		for name, content := range part {
			all[name] = content
		}
	}
	return all
}

// laptop has an encrypted root (dm-0 on sda2) and a stick (sdb1).
var laptop = tree{
	"/proc/self/mountinfo": "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/mapper/root rw\n" +
		"30 22 8:17 / /media/my\\040stick rw,nosuid - exfat /dev/sdb1 rw\n" +
		"31 22 8:18 / /media/locked ro,nosuid - exfat /dev/sdb2 rw\n" +
		"32 22 8:1 / /clear rw - ext4 /dev/sda1 rw\n" +
		"33 22 0:50 / /many rw - btrfs /dev/sda1 rw\n" +
		"34 22 0:51 / /memory rw - tmpfs tmpfs rw\n" +
		"35 22 0:52 / /odd rw - overlay overlay rw\n",
	"/sys/dev/block/254:0":                                "-> ../../devices/virtual/block/dm-0",
	"/sys/dev/block/8:1":                                  "-> ../../devices/pci0/ata1/block/sda/sda1",
	"/sys/dev/block/8:17":                                 "-> ../../devices/pci0/usb1/1-1/block/sdb/sdb1",
	"/sys/dev/block/8:18":                                 "-> ../../devices/pci0/usb1/1-1/block/sdb/sdb2",
	"/sys/class/block/dm-0":                               "-> ../../devices/virtual/block/dm-0",
	"/sys/class/block/sda1":                               "-> ../../devices/pci0/ata1/block/sda/sda1",
	"/sys/class/block/sdb1":                               "-> ../../devices/pci0/usb1/1-1/block/sdb/sdb1",
	"/sys/class/block/sdb2":                               "-> ../../devices/pci0/usb1/1-1/block/sdb/sdb2",
	"/sys/devices/virtual/block/dm-0/dm/uuid":             "CRYPT-LUKS2-0123-root\n",
	"/sys/devices/pci0/ata1/block/sda/removable":          "0\n",
	"/sys/devices/pci0/ata1/block/sda/sda1/partition":     "1\n",
	"/sys/devices/pci0/usb1/1-1/block/sdb/removable":      "0\n", // a disk in a case, not a stick
	"/sys/devices/pci0/usb1/1-1/block/sdb/sdb1/partition": "1\n",
	"/sys/devices/pci0/usb1/1-1/block/sdb/sdb2/partition": "2\n",
	"/proc/swaps":                                         "Filename Type Size Used Priority\n/dev/dm-0 partition 1 0 -2\n",
	"/proc/sys/kernel/core_pattern":                       "core\n",
	"/proc/7/limits":                                      "Limit Soft Hard Units\nMax core file size        0      unlimited  bytes\n",
	"/sys/class/net/lo/carrier":                           "1\n",
	"/sys/class/net/eth0/carrier":                         "0\n",
}

// lvm is a volume (dm-1) on the encrypted dm-0, and one (dm-2) half on a disk in clear.
var lvm = tree{
	"/proc/self/mountinfo":                        "22 1 254:1 / / rw - ext4 /dev/dm-1 rw\n23 22 254:2 / /half rw - ext4 /dev/dm-2 rw\n",
	"/sys/dev/block/254:1":                        "-> ../../devices/virtual/block/dm-1",
	"/sys/dev/block/254:2":                        "-> ../../devices/virtual/block/dm-2",
	"/sys/class/block/dm-1":                       "-> ../../devices/virtual/block/dm-1",
	"/sys/class/block/dm-2":                       "-> ../../devices/virtual/block/dm-2",
	"/sys/devices/virtual/block/dm-1/dm/uuid":     "LVM-abc",
	"/sys/devices/virtual/block/dm-1/slaves/dm-0": "",
	"/sys/devices/virtual/block/dm-2/slaves/dm-0": "",
	"/sys/devices/virtual/block/dm-2/slaves/sda1": "",
}

func TestTheMachineIsSeenAsItIs(t *testing.T) {
	for name, test := range map[string]struct {
		files tree
		check func(System) Check
		state State
		found string
	}{
		"a case on an encrypted disk":             {laptop, func(s System) Check { return s.disk("/home/x") }, OK, "is encrypted"},
		"a case on a disk in clear":               {laptop, func(s System) Check { return s.disk("/clear/x") }, Look, "not encrypted"},
		"a case on btrfs, known by its source":    {laptop, func(s System) Check { return s.disk("/many") }, Look, "not encrypted"},
		"a case in memory":                        {laptop, func(s System) Check { return s.disk("/memory/x") }, OK, ""},
		"a case on what nobody can tell":          {laptop, func(s System) Check { return s.disk("/odd/x") }, Look, "does not say"},
		"a folder whose name begins like a mount": {laptop, func(s System) Check { return s.disk("/clearing") }, OK, ""},
		"a volume on an encrypted disk":           {laptop.with(lvm), func(s System) Check { return s.disk("/home") }, OK, ""},
		"a volume half on a disk in clear":        {laptop.with(lvm), func(s System) Check { return s.disk("/half") }, Look, "not encrypted"},

		"a medium that can be written to":    {laptop, func(s System) Check { return s.medium("/media/my stick/leak") }, Look, "written to"},
		"a medium mounted read-only":         {laptop, func(s System) Check { return s.medium("/media/locked") }, OK, ""},
		"documents on the disk of the house": {laptop, func(s System) Check { return s.medium("/home/leak") }, OK, ""},

		"swap on an encrypted disk":     {laptop, System.swapping, OK, ""},
		"swap in clear":                 {laptop.with(tree{"/proc/swaps": "F\n/dev/sda1 partition 1 0 -2\n"}), System.swapping, Stop, "in clear"},
		"a swap file in clear":          {laptop.with(tree{"/proc/swaps": "F\n/clear/swap file 1 0 -2\n"}), System.swapping, Stop, "in clear"},
		"a swap file on encrypted disk": {laptop.with(tree{"/proc/swaps": "F\n/swap file 1 0 -2\n"}), System.swapping, OK, ""},
		"swap compressed in memory":     {laptop.with(tree{"/proc/swaps": "F\n/dev/zram0 partition 1 0 -2\n", "/sys/block/zram0/backing_dev": "none\n"}), System.swapping, OK, ""},
		"compressed, with a disk":       {laptop.with(tree{"/proc/swaps": "F\n/dev/zram0 partition 1 0 -2\n", "/sys/block/zram0/backing_dev": "/dev/sda1\n"}), System.swapping, Stop, ""},

		"sleep to a disk in clear":     {laptop.with(tree{"/sys/power/state": "freeze mem disk", "/sys/power/disk": "[platform]", "/sys/power/resume": "8:1"}), System.hibernation, Look, "hibernate"},
		"sleep to an encrypted disk":   {laptop.with(tree{"/sys/power/state": "freeze mem disk", "/sys/power/disk": "[platform]", "/sys/power/resume": "254:0"}), System.hibernation, OK, ""},
		"sleep to disk with no target": {laptop.with(tree{"/sys/power/state": "freeze mem disk", "/sys/power/resume": "0:0"}), System.hibernation, OK, ""},

		"no core files":                     {laptop, System.cores, OK, ""},
		"core files of the session":         {laptop.with(tree{"/proc/7/limits": "Max core file size   unlimited  unlimited bytes\n"}), System.cores, Look, "in a file"},
		"a collector of crashes":            {laptop.with(tree{"/proc/sys/kernel/core_pattern": "|/lib/systemd/systemd-coredump %P"}), System.cores, Look, "a program"},
		"a collector that is told not to":   {laptop.with(tree{"/proc/sys/kernel/core_pattern": "|/lib/systemd/systemd-coredump %P", "/etc/systemd/coredump.conf": "[Coredump]\nStorage=none\n"}), System.cores, OK, ""},
		"an indexer at work":                {laptop.with(tree{"/proc/31/comm": "baloo_file\n"}), func(s System) Check { return s.indexers("/home") }, Look, "baloo_file"},
		"nightly lists that cover the path": {laptop.with(tree{"/usr/bin/updatedb": "", "/etc/updatedb.conf": `PRUNEPATHS="/tmp /media"`}), func(s System) Check { return s.indexers("/home") }, Look, "updatedb"},
		"nightly lists that leave it out":   {laptop.with(tree{"/usr/bin/updatedb": "", "/etc/updatedb.conf": `PRUNEPATHS="/tmp /media"`}), func(s System) Check { return s.indexers("/media/my stick") }, OK, ""},
		"previews":                          {laptop.with(tree{"/usr/share/thumbnailers/pdf.thumbnailer": ""}), System.thumbnailers, Look, "1 program"},
		"no network":                        {laptop, System.network, OK, ""},
		"a network":                         {laptop.with(tree{"/sys/class/net/eth0/carrier": "1"}), System.network, Look, "1 network"},

		"a clock of 1970":   {laptop, func(s System) Check { return s.clockAt("/home", time.Unix(0, 0)) }, Look, "year"},
		"a clock gone back": {laptop.with(tree{"/case/head": ""}), func(s System) Check { return s.clockAt("/case", time.Now().Add(-48*time.Hour)) }, Look, "after now"},
		"a good clock":      {laptop.with(tree{"/case/head": ""}), func(s System) Check { return s.clockAt("/case", time.Now()) }, OK, ""},
		"a file system without locks": {laptop, func(s System) Check {
			s.statfs = func(string) (string, bool) { return "exFAT", false }
			return s.fileSystem("/media")
		}, Stop, "exFAT"},
		"a share": {laptop, func(s System) Check {
			s.statfs = func(string) (string, bool) { return "NFS", true }
			return s.fileSystem("/mnt")
		}, Stop, "network"},
		"a git tree": {laptop.with(tree{"/home/.git/HEAD": ""}), func(s System) Check { return s.elsewhere("/home/case") }, Look, "git tree"},
	} {
		t.Run(name, func(t *testing.T) {
			c := test.check(test.files.system(t))
			if c.State != test.state || !strings.Contains(c.Found, test.found) {
				t.Errorf("%s: %s", c.State, c.Found)
			}
			if c.Name == "" || c.Why == "" || (c.Mend == "") != (c.State == OK) {
				t.Errorf("the line is not whole: %+v", c)
			}
		})
	}
}

func TestAMachineThatSaysNothingIsNotCalledGood(t *testing.T) {
	s := tree{"/proc/version": "none"}.system(t)
	if c := s.disk("/home"); c.State != Look {
		t.Errorf("the disk is %s", c.State)
	}
	if n := len(s.Case("/home")); n != 9 {
		t.Errorf("%d checks", n)
	}
}
