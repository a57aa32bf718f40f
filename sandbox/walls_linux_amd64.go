package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"

	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// restrain is what can be done before the reader loads: nothing is written
// when the worker crashes, nobody of the same user looks into it, and it has
// few descriptors.
func restrain() error {
	if err := setLimit(unix.RLIMIT_CORE, 0); err != nil {
		return err
	}
	if err := setLimit(unix.RLIMIT_NOFILE, 16); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("make the worker not dumpable: %w", err)
	}
	return nil
}

func setLimit(what int, n uint64) error {
	if err := unix.Setrlimit(what, &unix.Rlimit{Cur: n, Max: n}); err != nil {
		return fmt.Errorf("set resource limit %d: %w", what, err)
	}
	return nil
}

// lock puts up the walls, in this order: each makes the next ones' work
// impossible. Those that do not stand end the start, unless s is lenient.
func lock(s settings) (weak []string, err error) {
	walls := []struct {
		name string
		up   func() error
		skip bool
	}{
		{wallMemory, func() error { return boundMemory(s.limits.Memory) }, false},
		{wallFiles, closeFiles, s.without&testOnlyNoFiles != 0},
		{wallCalls, closeCalls, s.without&testOnlyNoCalls != 0},
	}
	for _, wall := range walls {
		if wall.skip {
			continue
		}
		if err := wall.up(); err != nil {
			weak = append(weak, wall.name+": "+err.Error())
			if !s.lenient {
				return nil, errors.New(weak[0])
			}
		}
	}
	return weak, nil
}

// boundMemory lets the address space grow by so much and no more, and no file
// grow at all. An absolute limit could not start Go, which reserves more than
// a gigabyte; RLIMIT_DATA does not count what Go maps over its reservation.
func boundMemory(memory int64) error {
	if err := setLimit(unix.RLIMIT_FSIZE, 0); err != nil {
		return err
	}
	if raceEnabled {
		return nil // the detector maps shadow memory as it goes
	}
	debug.FreeOSMemory()
	resting, err := addressSpace()
	if err != nil {
		return err
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetMemoryLimit(int64(m.Sys-m.HeapReleased) + memory/4*3)
	return setLimit(unix.RLIMIT_AS, uint64(resting+memory))
}

// addressSpace is the size of this process's memory map, in bytes.
func addressSpace() (int64, error) {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	first, _, _ := bytes.Cut(b, []byte(" "))
	pages, err := strconv.ParseInt(string(first), 10, 64)
	return pages * int64(os.Getpagesize()), err
}

// closeFiles takes away the file system, and with newer kernels TCP and
// signals too, and looks whether it is gone.
func closeFiles() error {
	if err := landlock.V7.BestEffort().Restrict(); err != nil {
		return err
	}
	fd, err := unix.Open("/", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err == nil {
		unix.Close(fd)
		return errors.New("this kernel has no Landlock, or it was not enabled at boot")
	}
	if err != unix.EACCES {
		return fmt.Errorf("try to open a folder: %w", err)
	}
	return nil
}
