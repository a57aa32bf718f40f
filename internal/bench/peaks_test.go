package main

import (
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

func TestThePeaksOfAProcessAndItsChildrenAreSeen(t *testing.T) {
	// dd holds a block of 64 MB; the shell that waits for it holds little.
	cmd := exec.Command("sh", "-c", "dd if=/dev/zero of=/dev/null bs=64M count=8 2>/dev/null; true")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := watchPeaks(cmd.Process.Pid)
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	got := stop()
	if got.worker < 60<<20 || got.main > 30<<20 || got.main == 0 {
		t.Errorf("main %.0f bytes, child %.0f bytes", got.main, got.worker)
	}
}

func TestAProcessThatIsGoneHasNoPeak(t *testing.T) {
	const beyond = 1 << 30 // more than the kernel numbers
	if got := peakOf(beyond); got != 0 {
		t.Errorf("got %f", got)
	}
	if peakOf(os.Getpid()) == 0 {
		t.Error("this process has none")
	}
}

func TestChildrenAreThoseOfAnyThread(t *testing.T) {
	cmd := exec.Command("sleep", strconv.Itoa(int(time.Minute.Seconds())))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	for _, pid := range children(os.Getpid()) {
		if pid == cmd.Process.Pid {
			return
		}
	}
	t.Error("a child was not found")
}
