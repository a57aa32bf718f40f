//go:build linux

package main

import (
	"bytes"
	"fmt"
	"image/png"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/read/layout"
	"vidimus/read/ocr"
)

// The program is killed while Tesseract reads: the case opens, no engine is
// left behind, and the same command reads the rest.
func TestAKillDuringOCRLosesNothing(t *testing.T) {
	if _, err := ocr.Find(t.Context()); err != nil {
		casetest.Without(t, err)
	}
	dir, file, given := scansWithoutOCR(t, 6)
	before := statusOf(t, dir, file)
	if before.reason(vidimus.NeedsOCR) != 6 {
		t.Fatalf("without OCR: %+v", before)
	}
	random, rounds, met := rand.New(rand.NewPCG(4, 4)), 3, 0
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 40
	}
	for range rounds {
		if killedDuringOCR(t, dir, file, time.Duration(random.IntN(400))*time.Millisecond) {
			met++
		}
		s := statusOf(t, dir, file)
		if s.Seen != before.Seen || s.Seen != s.Read+s.Partly+s.Failed+s.Duplicates+s.Waiting || s.Waiting != 0 {
			t.Fatalf("after a kill: %+v", s)
		}
	}
	if met == 0 {
		t.Error("no kill met a running engine")
	}
	code, out := runVerb(t, "", "add", dir, given, "--identity", file, "--allow-swap")
	s := statusOf(t, dir, file)
	if code == exitFailed || s.reason(vidimus.NeedsOCR) != 0 || s.Seen != before.Seen || s.Waiting != 0 || s.Read < before.Read {
		t.Errorf("in the end: exit %d, %+v\n%s", code, s, out)
	}
	if code, out := runVerb(t, "", "audit", dir, "--identity", file); code != exitDone {
		t.Errorf("audit: exit %d\n%s", code, out)
	}
	if code, out := runVerb(t, "", "search", dir, "reservoir", "--identity", file, "--json"); code != exitDone || !strings.Contains(out, `{"total":6,`) {
		t.Errorf("search: exit %d\n%s", code, out)
	}
	t.Logf("%d of %d kills met a running engine", met, rounds)
}

// scansWithoutOCR makes a case of pictures of text that nobody has read.
func scansWithoutOCR(t *testing.T, n int) (dir, file, given string) {
	t.Helper()
	dir, file = caseWithIdentity(t)
	given = t.TempDir()
	for i := range n {
		sheet, err := layout.New().Lay(fmt.Sprintf("The reservoir rises, sheet %d.\n%s", i, strings.Repeat("Nobody was asked and nobody was told. ", 30)))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, sheet.Draw(200)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(given, fmt.Sprintf("scan-%d.png", i)), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, out := runVerb(t, "", "add", dir, given, "--ocr", "off", "--identity", file, "--allow-swap"); code != exitFailures {
		t.Fatalf("exit %d:\n%s", code, out)
	}
	return dir, file, given
}

// killedDuringOCR runs the program until its engine is at work and a moment
// longer, and tells whether the kill met one.
func killedDuringOCR(t *testing.T, dir, file string, after time.Duration) bool {
	t.Helper()
	cmd := exec.Command("vidimus", "ocr", dir, "--identity", file, "--allow-swap")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	engines := func() (all []int) {
		for _, pid := range descendants(cmd.Process.Pid) {
			line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
			if strings.HasPrefix(string(line), "/usr/bin/tesseract\x00stdin") {
				all = append(all, pid)
			}
		}
		return all
	}
	for len(engines()) == 0 {
		select {
		case <-ended:
			return false
		case <-time.After(2 * time.Millisecond):
		}
	}
	time.Sleep(after)
	met := engines()
	for range 1000 { // an engine reads a page, and there is a moment between two
		if len(met) > 0 {
			break
		}
		time.Sleep(time.Millisecond)
		met = engines()
	}
	cmd.Process.Signal(syscall.SIGKILL)
	<-ended
	for _, pid := range met {
		for n := 0; alive(pid); n++ {
			if n > 500 {
				t.Fatal("an engine goes on after its program was killed")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return len(met) > 0
}

func alive(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(b), ") ")
	return err == nil && !strings.HasPrefix(rest, "Z")
}

// descendants are a process's children and theirs.
func descendants(pid int) (all []int) {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, list := range lists {
		b, _ := os.ReadFile(list)
		for field := range strings.FieldsSeq(string(b)) {
			var child int
			if _, err := fmt.Sscan(field, &child); err == nil {
				all = append(append(all, child), descendants(child)...)
			}
		}
	}
	return all
}
