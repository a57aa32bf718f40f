//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// watcher keeps what every process below this one shows of itself to others:
// its arguments and its environment.
type watcher struct {
	mu     sync.Mutex
	shown  map[string]string // guarded by mu: what it shows → whose
	living map[int]process   // guarded by mu: those of the last look
}

type process struct {
	parent int
	args   string
}

// watch looks every few milliseconds until the test ends.
func watch(t *testing.T) *watcher {
	w := &watcher{shown: map[string]string{}}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for tick := time.NewTicker(15 * time.Millisecond); ; {
			w.look()
			select {
			case <-stop:
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	}()
	t.Cleanup(func() { close(stop); <-stopped })
	return w
}

func (w *watcher) look() {
	living := map[int]process{os.Getpid(): {}}
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return
	}
	parents := map[int]int{}
	for _, e := range entries {
		if pid, err := strconv.Atoi(e.Name()); err == nil {
			parents[pid] = parentOf(pid)
		}
	}
	for pid := range parents {
		if below(pid, parents) {
			living[pid] = process{parents[pid], w.note(pid)}
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.living = living
}

// parentOf reads the fourth field of stat; the second, a name in brackets, may
// hold blanks.
func parentOf(pid int) int {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
	if len(fields) < 2 {
		return 0
	}
	parent, _ := strconv.Atoi(string(fields[1]))
	return parent
}

func below(pid int, parents map[int]int) bool {
	for range 20 {
		if pid = parents[pid]; pid == os.Getpid() {
			return true
		}
	}
	return false
}

// note keeps what a process shows. Its environment is shown to root, and to
// its own user unless it is not dumpable.
func (w *watcher) note(pid int) string {
	args, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	env, _ := os.ReadFile(fmt.Sprintf("/proc/%d/environ", pid))
	name, _, _ := strings.Cut(string(args), "\x00")
	w.mu.Lock()
	defer w.mu.Unlock()
	w.shown[string(args)] = "arguments of " + filepath.Base(name)
	w.shown[string(env)] = "environment of " + filepath.Base(name)
	return string(args)
}

// has reports whether a process has a living child with this argument 0.
func (w *watcher) has(parent int, name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.living {
		if p.parent == parent && strings.HasPrefix(p.args, name) {
			return true
		}
	}
	return false
}

// saw reports whether any process had this argument 0.
func (w *watcher) saw(name string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for args := range w.shown {
		if strings.HasPrefix(args, name+"\x00") {
			return true
		}
	}
	return false
}

// in gives the canaries that processes showed.
func (w *watcher) in(h *hunter) (found []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for text, whose := range w.shown {
		for _, what := range h.in([]byte(text)) {
			found = append(found, what+" in the "+whose)
		}
	}
	slices.Sort(found)
	return found
}

// touched hears of everything that is made, renamed into or written in
// folders, also when it is gone again at once.
type touched struct {
	t    *testing.T
	fd   int
	name map[int32]string
}

func watchFolders(t *testing.T, root string, folders []string) *touched {
	t.Helper()
	fd, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unix.Close(fd) })
	w := &touched{t, fd, map[int32]string{}}
	for _, name := range folders {
		at, err := unix.InotifyAddWatch(fd, filepath.Join(root, name), unix.IN_CREATE|unix.IN_MOVED_TO|unix.IN_MODIFY)
		if err != nil {
			t.Fatal(err)
		}
		w.name[int32(at)] = name
	}
	return w
}

// since gives what was touched since the last question.
func (w *touched) since() (all []string) {
	w.t.Helper()
	buffer := make([]byte, 64<<10)
	for {
		n, err := unix.Read(w.fd, buffer)
		if err == unix.EAGAIN {
			return all
		} else if err != nil {
			w.t.Fatal(err)
		}
		for rest := buffer[:n]; len(rest) >= unix.SizeofInotifyEvent; {
			event := (*unix.InotifyEvent)(unsafe.Pointer(&rest[0]))
			end := unix.SizeofInotifyEvent + int(event.Len)
			name := strings.TrimRight(string(rest[unix.SizeofInotifyEvent:end]), "\x00")
			all = append(all, w.name[event.Wd]+"/"+name)
			rest = rest[end:]
		}
	}
}
