package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"vidimus/read/pdf"
)

// heading says when, where and with what the tables were made.
func heading(rounds int) string {
	return fmt.Sprintf(`# What it costs

Made by `+"`make bench`"+` on %s, %d rounds, each measure once a round and the two sides of a
ratio in turn. Figures are medians with the least and the greatest of the rounds; nothing is
asserted, and a shared machine is noisy: read ratios, not seconds. CPU is user and system time,
children included.

Machine: %s, %d cores, Linux %s, load %s at the end.
With: %s, %s, poppler %s, age %s.

`, time.Now().UTC().Format("2006-01-02 15:04 UTC"), rounds,
		processor(), runtime.NumCPU(), kernel(), load(),
		runtime.Version(), pdf.Engine, popplerVersion(), moduleVersion("filippo.io/age"))
}

// notes say what the tables cannot: why a goal is missed.
const notes = `
Profiled on a report of 192 pages, some 85 % of our side is inside pdfium, half of that in FPDFText_LoadPage and
a third in FPDF_LoadPage, no single function standing out; our own code around it has the rest.
What misses the goal is pdfium as WebAssembly against poppler as native code. Where every glyph is
a drawing (Type 3), pdfium draws a glyph to measure it, which poppler does not do.
`

func processor() string {
	b, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	_, rest, _ := strings.Cut(string(b), "model name")
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimLeft(line, "\t :")
}

func kernel() string {
	var u unix.Utsname
	if unix.Uname(&u) != nil {
		return "of unknown version"
	}
	return unix.ByteSliceToString(u.Release[:])
}

func load() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	one, _, _ := strings.Cut(string(b), " ")
	return one
}

func popplerVersion() string {
	// Its version goes to standard error.
	out, err := exec.Command("pdftotext", "-v").CombinedOutput()
	if err != nil {
		return "of unknown version"
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimPrefix(first, "pdftotext version ")
}

func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "of unknown version"
}
