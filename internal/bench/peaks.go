package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"vidimus/internal/quiet"
)

// peaks are the most memory that processes held at once, in bytes.
type peaks struct {
	main, worker float64
	together     float64 // of a process and all below it at one moment, shared memory counted in each
}

// watchPeaks looks at a process and its children until the function that it
// gives is called. The kernel keeps each process's peak, so that looking now
// and then misses only what a process took in its last moments; what wait
// reports cannot be used, since it begins with the peak of whoever started
// the process.
func watchPeaks(pid int) (stop func() peaks) {
	quit, done := make(chan struct{}), make(chan peaks)
	quiet.Go(func() {
		var p peaks
		for tick := time.NewTicker(10 * time.Millisecond); ; {
			p.main = max(p.main, peakOf(pid))
			now := memoryOf(pid, "VmRSS")
			for _, child := range below(pid) {
				p.worker = max(p.worker, peakOf(child))
				now += memoryOf(child, "VmRSS")
			}
			p.together = max(p.together, now)
			select {
			case <-quit:
				tick.Stop()
				done <- p
				return
			case <-tick.C:
			}
		}
	})
	return func() peaks {
		close(quit)
		return <-done
	}
}

// peakOf gives a process's peak; 0 when it is gone.
func peakOf(pid int) float64 { return memoryOf(pid, "VmHWM") }

// memoryOf gives a line of what the kernel says of a process, in bytes.
func memoryOf(pid int, name string) float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(status, []byte("\n"+name+":"))
	fields := bytes.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kib, err := strconv.ParseFloat(string(fields[0]), 64)
	if err != nil {
		return 0
	}
	return kib * 1024
}

// below gives a process's children and theirs.
func below(pid int) (all []int) {
	for _, child := range children(pid) {
		all = append(append(all, child), below(child)...)
	}
	return all
}

// children gives those that any thread of a process started.
func children(pid int) (all []int) {
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		return nil
	}
	for _, list := range lists {
		b, err := os.ReadFile(list)
		if err != nil { // the thread is gone
			continue
		}
		for _, f := range bytes.Fields(b) {
			if child, err := strconv.Atoi(string(f)); err == nil {
				all = append(all, child)
			}
		}
	}
	return all
}
