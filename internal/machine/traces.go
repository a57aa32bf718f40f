package machine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// cores looks at whether a crash of some program would be kept as a file.
func (s System) cores() Check {
	c := Check{Name: "core dumps", State: OK, Found: "a crash leaves no memory behind",
		Why: "vidimus never leaves its memory behind; the browser that shows you pages may, when it crashes"}
	pattern := s.text("/proc/sys/kernel/core_pattern")
	mend := "`ulimit -c 0` before you start, or Storage=none in /etc/systemd/coredump.conf"
	switch {
	case strings.HasPrefix(pattern, "|") && !strings.Contains(s.text("/etc/systemd/coredump.conf"), "\nStorage=none"):
		c.State, c.Found, c.Mend = Look, "a program of the system keeps the memory of what crashes", mend
	case !strings.HasPrefix(pattern, "|") && s.sessionDumps():
		c.State, c.Found, c.Mend = Look, "what crashes leaves its memory in a file", mend
	}
	return c
}

// sessionDumps reads the limit of the process that started us: our own is 0.
func (s System) sessionDumps() bool {
	for _, line := range strings.Split(s.text(fmt.Sprintf("/proc/%d/limits", s.parent)), "\n") {
		if rest, ok := strings.CutPrefix(line, "Max core file size"); ok {
			fields := strings.Fields(rest)
			return len(fields) > 0 && fields[0] != "0"
		}
	}
	return false
}

// indexers looks for programs that note names and words of files.
func (s System) indexers(path string) Check {
	c := Check{Name: "indexers", State: OK, Found: "no program that we know lists files or their words",
		Why: "an index of the medium keeps names and words of the documents outside the case"}
	if running := s.processes("tracker-miner-f", "tracker-extract", "localsearch-3", "localsearch-ext", "baloo_file", "baloo_file_extr", "recollindex", "zeitgeist-daemo"); len(running) > 0 {
		c.State, c.Found = Look, "an indexer is at work: "+strings.Join(running, ", ")
		c.Mend = "switch the desktop's file search off before the medium goes in"
	} else if s.listed(path) {
		c.State, c.Found = Look, "updatedb lists the names of all files there every night"
		c.Mend = "add the folder to PRUNEPATHS in /etc/updatedb.conf"
	}
	return c
}

// listed reports that the nightly list of file names covers a path.
func (s System) listed(path string) bool {
	if !s.exists("/usr/bin/updatedb") && !s.exists("/usr/sbin/updatedb") && !s.exists("/usr/bin/updatedb.plocate") && !s.exists("/usr/sbin/updatedb.plocate") {
		return false
	}
	for _, line := range strings.Split(s.text("/etc/updatedb.conf"), "\n") {
		name, value, _ := strings.Cut(line, "=")
		if strings.TrimSpace(name) != "PRUNEPATHS" {
			continue
		}
		for _, pruned := range strings.Fields(strings.Trim(strings.TrimSpace(value), `"'`)) {
			if within(path, filepath.Clean(pruned)) {
				return false
			}
		}
	}
	return true
}

// thumbnailers draw small pictures of what a folder shows, and keep them.
func (s System) thumbnailers() Check {
	c := Check{Name: "thumbnailers", State: OK, Found: "no program that we know draws previews",
		Why: "a preview is a picture of a document outside the case, and its maker opens hostile files without walls"}
	drawing := s.processes("tumblerd", "thumbnail.so")
	for _, name := range s.names("/usr/share/thumbnailers") {
		if strings.HasSuffix(name, ".thumbnailer") {
			drawing = append(drawing, strings.TrimSuffix(name, ".thumbnailer"))
		}
	}
	if len(drawing) > 0 {
		c.State, c.Found = Look, fmt.Sprintf("the desktop draws previews of files (%d program(s))", len(drawing))
		c.Mend = "never open the medium's folder in a file manager; switch previews off in its settings"
	}
	return c
}

// network looks at which ways out are up. Nothing is sent.
func (s System) network() Check {
	c := Check{Name: "network", State: OK, Found: "no network is up", Why: "a machine that reaches nobody tells nobody, whatever a document or a browser would do"}
	up := 0
	for _, name := range s.names("/sys/class/net") {
		if name != "lo" && s.text("/sys/class/net/"+name+"/carrier") == "1" {
			up++
		}
	}
	if up > 0 {
		c.State, c.Found = Look, fmt.Sprintf("%d network interface(s) are up", up)
		c.Mend = "pull the cable and switch the radio off while you work on the case"
	}
	return c
}

// earliest is a day before which this program did not exist.
var earliest = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// clock looks at whether today can be right.
func (s System) clock(path string) Check { return s.clockAt(path, time.Now()) }

func (s System) clockAt(path string, now time.Time) Check {
	c := Check{Name: "clock", State: OK, Found: "today is plausible", Why: "the custody log bears dates: a wrong clock makes honest entries look forged"}
	const mend = "set the clock by hand, from a watch; the program never asks a server"
	if now.Before(earliest) || now.Year() > earliest.Year()+30 {
		c.State, c.Found, c.Mend = Look, "the year cannot be right", mend
	} else if head, err := os.Stat(filepath.Join(s.at(path), "head")); err == nil && head.ModTime().After(now.Add(time.Hour)) {
		c.State, c.Found, c.Mend = Look, "the case was last written after now", mend
	}
	return c
}
