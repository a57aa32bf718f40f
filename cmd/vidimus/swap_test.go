//go:build linux

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"vidimus/internal/casetest"
)

// TestSwapInClearStopsTheWork shows the program a system that swaps, in a
// namespace of its own.
func TestSwapInClearStopsTheWork(t *testing.T) {
	w := newWorld(t)
	swaps := filepath.Join(w.outside, "swaps")
	write(t, swaps, []byte("Filename Type Size Used Priority\n/dev/vdz9 partition 1048576 0 -2\n"))
	inside := func(args ...string) (string, int) {
		script := `mount --bind "$0" /proc/swaps && exec vidimus "$@"`
		cmd := exec.Command("unshare", append([]string{"-rm", "sh", "-c", script, swaps}, args...)...)
		cmd.Env = w.environ()
		out, _ := cmd.CombinedOutput()
		return string(out), cmd.ProcessState.ExitCode()
	}
	if out, err := exec.Command("unshare", "-rm", "mount", "--bind", swaps, "/proc/swaps").CombinedOutput(); err != nil {
		casetest.Without(t, "this system gives no namespace to try it in: "+string(out))
	}
	init := []string{"init", w.dir(), "--recipient", w.identity.Recipient().String()}
	out, code := inside(init...)
	if code != exitFailed || !strings.Contains(out, "swapped to a disk in clear (1 area(s))") || !strings.Contains(out, "swapoff -a") {
		t.Errorf("init: exit code %d: %s", code, out)
	}
	if _, err := os.Lstat(w.dir()); err == nil {
		t.Error("a case was made all the same")
	}
	if out, code = inside(append(init, "--allow-swap")...); code != exitDone || !strings.Contains(out, "look: swap: memory is swapped") {
		t.Errorf("init --allow-swap: exit code %d: %s", code, out)
	}
	if out, code = inside("add", w.dir(), w.outside); code != exitFailed || !strings.Contains(out, "--allow-swap goes on knowingly") {
		t.Errorf("add: exit code %d: %s", code, out)
	}
	if out, code = inside("doctor", w.dir()); code != exitFailed || !strings.Contains(out, "stop\tswap: ") {
		t.Errorf("doctor: exit code %d: %s", code, out)
	}
}
