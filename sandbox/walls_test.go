//go:build linux && amd64

package sandbox

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vidimus"
)

func TestTheWallsStand(t *testing.T) {
	begun := time.Now()
	r := Probe(t.Context())
	t.Logf("probe: %v", time.Since(begun))
	if missing := r.Missing(); missing != nil {
		t.Errorf("missing: %q", missing)
	}
	if len(r.Walls) != 4+len(attempts) {
		t.Errorf("only %d walls were looked at", len(r.Walls))
	}
}

func TestTheProbeSeesAWallThatIsMissing(t *testing.T) {
	for name, c := range map[string]struct {
		without int64
		want    []string
	}{
		"without seccomp":  {testOnlyNoCalls, []string{"have executable memory", "open a socket", "execute a program", "start a process", "trace a process", "send a signal"}},
		"without Landlock": {testOnlyNoFiles, nil}, // seccomp stops the same
		"without both":     {testOnlyNoCalls | testOnlyNoFiles, []string{"open a file", "have executable memory", "open a socket", "execute a program", "start a process", "trace a process", "send a signal"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := probe(t.Context(), Options{WithoutWalls: true, testOnlyWithout: c.without})
			var got []string
			for _, missing := range r.Missing() {
				wall, _, _ := strings.Cut(strings.TrimPrefix(missing, "cannot "), ":")
				got = append(got, wall)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", r.Missing(), c.want)
			}
		})
	}
}

// TestAnOrdinaryUsersWallsStand runs this package's short tests once more as
// a user without rights.
func TestAnOrdinaryUsersWallsStand(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("this is an ordinary user already")
	}
	self, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		t.Fatal(err)
	}
	// The test's own folder is closed to others.
	folder, err := os.MkdirTemp("/tmp", "sandbox")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := errors.Join(os.Chmod(folder, 0o755), os.WriteFile(folder+"/sandbox.test", self, 0o755)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(folder+"/sandbox.test", "-test.short", "-test.v")
	cmd.Dir = folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestTheWallsStand") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestNobodyOutlivesTheTimeLimit(t *testing.T) {
	w := startTest(t, "test", Options{Limits: Limits{Wall: 2 * time.Second}})
	openTest(t, w, "", "")
	_, err := askTest(t, w, "spin", int64(time.Minute))
	wantDeath(t, w, err, Death{Reason: vidimus.TimeLimit})
	w = startTest(t, "test", Options{Limits: Limits{Wall: 2 * time.Second}})
	wantDeath(t, w, w.Open(t.Context(), strings.NewReader(""), 0, "slow"), Death{Reason: vidimus.TimeLimit})
}

func TestNobodyOutlivesTheMemoryLimit(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector's memory cannot be bounded")
	}
	w := startTest(t, "test", Options{})
	openTest(t, w, "", "")
	if _, err := askTest(t, w, "hog", 256<<20); err != nil {
		t.Fatalf("half of what is allowed: %v", err)
	}
	_, err := askTest(t, w, "hog", 4<<30)
	wantDeath(t, w, err, Death{Reason: vidimus.MemoryLimit})
}

func TestAPanicIsTheReadersDeath(t *testing.T) {
	w := startTest(t, "test", Options{})
	openTest(t, w, "", "a name that nobody is to see")
	_, err := askTest(t, w, "panic")
	wantDeath(t, w, err, Death{Reason: vidimus.ReaderDied})
}

func wantDeath(t *testing.T, w *Worker, err error, want Death) {
	t.Helper()
	if got, ok := errors.AsType[*Death](err); !ok || *got != want {
		t.Errorf("got %v, want %v", err, &want)
	}
	if err := syscall.Kill(w.Pid(), 0); err == nil {
		t.Error("the worker lives")
	}
}

func TestAWorkerKilledFromOutsideGivesTheFileBack(t *testing.T) {
	for range 20 {
		w := startTest(t, "test", Options{})
		openTest(t, w, "content", "")
		go func() {
			time.Sleep(rand.N(20 * time.Millisecond))
			_ = syscall.Kill(w.Pid(), syscall.SIGKILL)
		}()
		var err error
		for err == nil {
			_, err = askTest(t, w, "echo")
		}
		wantDeath(t, w, err, Death{Reason: vidimus.ReaderDied, Outside: true})
	}
}

func TestAWorkerKilledBeforeItIsReadyIsNoticedAtOnce(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := Start(ctx, "doomed", Options{})
	if d, ok := errors.AsType[*Death](err); !ok || !d.Outside {
		t.Errorf("got %v, want a death from outside", err)
	}
}

func TestAWorkerMindsNoSignalButTheLast(t *testing.T) {
	w := startTest(t, "test", Options{})
	openTest(t, w, "", "")
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if err := syscall.Kill(w.Pid(), s); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := askTest(t, w, "ping"); err != nil {
		t.Error(err)
	}
}

// TestABusyWorkerOutlivesTheRuntimesChores keeps a worker at work for so long
// that the runtime does what it does seldom.
func TestABusyWorkerOutlivesTheRuntimesChores(t *testing.T) {
	busy := 31 * time.Second
	if testing.Short() {
		busy = 3 * time.Second
	}
	t.Parallel()
	w := startTest(t, "test", Options{})
	openTest(t, w, "", "")
	if _, err := askTest(t, w, "spin", int64(busy)); err != nil {
		t.Error(err)
	}
}

const parentRole = "be the parent that is killed"

// beParent starts a worker, keeps it busy and tells its number.
func beParent() {
	w, err := start(context.Background(), "test", Options{})
	if err == nil {
		err = w.Open(context.Background(), strings.NewReader(""), 0, "")
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(w.Pid())
	_ = w.Ask(context.Background(), Question{"spin", []int64{int64(time.Minute)}}, nil)
	os.Exit(1)
}

func TestAWorkerDiesWithItsParent(t *testing.T) {
	cmd := exec.Command("/proc/self/exe", parentRole)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var worker int
	if _, err := fmt.Fscan(out, &worker); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(worker, 0); err != nil {
		t.Fatal("the worker is gone before its parent:", err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	for range 1500 {
		if ended(worker) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the worker lives")
}

// ended also takes for gone what waits only for somebody to collect it.
func ended(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ")
}

// TestAParentThatCannotBeDumpedStartsWorkers: of such a process an ordinary
// user does not own what lies in /proc, a user namespace's map among it.
func TestAParentThatCannotBeDumpedStartsWorkers(t *testing.T) {
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		t.Fatal(err)
	}
	defer unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0)
	if w := startTest(t, "test", Options{}); w.weak != nil {
		t.Errorf("walls that do not stand: %q", w.weak)
	}
}
