//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"filippo.io/age"

	"vidimus/internal/casetest"
)

// keyed is a case with two ways in, of which one is to be removed.
type keyed struct {
	t              *testing.T
	root           string
	stays, removed string // identity files
	recipients     [2]string
	way            string // id of the way to remove
}

func newKeyed(t *testing.T) *keyed {
	t.Helper()
	k := &keyed{t: t, root: t.TempDir()}
	for i, at := range []*string{&k.stays, &k.removed} {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		*at = filepath.Join(k.root, id.Recipient().String()[:12])
		if err := os.WriteFile(*at, []byte(id.String()+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		k.recipients[i] = id.Recipient().String()
	}
	if err := os.WriteFile(filepath.Join(k.root, "note.txt"), []byte(strings.Repeat("The reservoir rises again. ", 40)), 0o600); err != nil {
		t.Fatal(err)
	}
	k.must("init", k.dir("first"), "--recipient", k.recipients[0], "--allow-swap")
	k.must("add", k.dir("first"), filepath.Join(k.root, "note.txt"), "--allow-swap")
	var added struct{ Way string }
	out := k.must("key", "add", k.dir("first"), "--recipient", k.recipients[1], "--json")
	if err := json.Unmarshal([]byte(out), &added); err != nil {
		t.Fatal(err)
	}
	k.way = added.Way
	k.must("search", k.dir("first"), "reservoir")
	return k
}

func (k *keyed) dir(name string) string { return filepath.Join(k.root, name) }

// command is one of the program, by the way that stays unless args name another.
func (k *keyed) command(args ...string) *exec.Cmd {
	c := exec.Command("vidimus", args...)
	cache, err := os.UserCacheDir()
	if err != nil {
		k.t.Fatal(err)
	}
	c.Env = append(os.Environ(), "VIDIMUS_IDENTITY_FILE="+k.stays, "XDG_CACHE_HOME="+cache, "XDG_STATE_HOME="+k.dir("state"))
	return c
}

func (k *keyed) must(args ...string) string {
	k.t.Helper()
	out, err := k.command(args...).CombinedOutput()
	if err != nil {
		k.t.Fatalf("%s %s: %v\n%s", args[0], args[len(args)-1], err, out)
	}
	return string(out)
}

// opens tells whether an identity opens the case.
func (k *keyed) opens(dir, identity string) bool {
	k.t.Helper()
	out, err := k.command("status", dir, "--identity", identity).CombinedOutput()
	if err != nil && !strings.Contains(string(out), "no key file opens with this identity") {
		k.t.Fatalf("neither opened nor refused: %s", out)
	}
	return err == nil
}

// copy makes a case of its own of the first, on a machine that has seen none.
func (k *keyed) copy(to string) string {
	k.t.Helper()
	if out, err := exec.Command("cp", "-a", k.dir("first"), to).CombinedOutput(); err != nil {
		k.t.Fatalf("%v: %s", err, out)
	}
	if err := os.RemoveAll(k.dir("state")); err != nil {
		k.t.Fatal(err)
	}
	return to
}

// sound checks that nothing is lost and nothing is left lying about.
func (k *keyed) sound(dir string) {
	k.t.Helper()
	if !k.opens(dir, k.stays) {
		k.t.Error("the way that stays does not open")
	}
	if out := k.must("search", dir, "reservoir", "--json"); !strings.Contains(out, `"total":1`) {
		k.t.Errorf("the page is not found: %s", out)
	}
	if out := k.must("audit", dir, "--json"); !strings.Contains(out, `"ok":true`) {
		k.t.Errorf("the audit found: %s", out)
	}
	for _, name := range []string{"rotating", "rotated"} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			k.t.Errorf("%s is left", name)
		}
	}
}

// A kill at any instant leaves the case with all its ways, or with exactly
// those that stay; nothing is lost, and the rerun ends the same.
func TestAKeyIsRemovedWholeOrNotAtAll(t *testing.T) {
	kills := 10
	if os.Getenv("VIDIMUS_STRESS") == "1" {
		kills = 100
	} else if testing.Short() {
		kills = 2
	}
	k := newKeyed(t)
	began := time.Now()
	k.must("key", "remove", k.copy(k.dir("whole")), k.way)
	whole := time.Since(began)
	if k.opens(k.dir("whole"), k.removed) {
		t.Fatal("the way that was removed opens")
	}
	k.sound(k.dir("whole"))
	random := rand.New(rand.NewPCG(7, 11))
	var before, between, after int
	for range kills {
		dir := k.copy(k.dir("killed"))
		c := k.command("key", "remove", dir, k.way)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(3 * whole / 2))))
		c.Process.Kill()
		ended := c.Wait() == nil
		if _, err := os.Lstat(filepath.Join(dir, "rotated")); err == nil {
			between++
		}
		if k.opens(dir, k.removed) {
			if before++; ended {
				t.Error("it said that the way was removed, and it opens")
			}
			k.sound(dir)
			k.must("key", "remove", dir, k.way)
		} else {
			after++
		}
		if k.opens(dir, k.removed) {
			t.Error("the way that was removed opens")
		}
		k.sound(dir)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills within %v: %d before the commit, %d after, of these %d before the moves were done", kills, whole.Round(time.Millisecond), before, after, between)
}

// A disk that fills up at any point of the change leaves the case as it was.
func TestAFullDiskLeavesTheOldKeys(t *testing.T) {
	if os.Getuid() != 0 {
		casetest.Without(t, "only root makes a disk of a chosen size")
	}
	sizes := 6
	if os.Getenv("VIDIMUS_STRESS") == "1" {
		sizes = 40
	} else if testing.Short() {
		sizes = 2
	}
	k := newKeyed(t)
	disk := k.dir("disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	bytes := 0
	filepath.Walk(k.dir("first"), func(_ string, info os.FileInfo, _ error) error {
		bytes += int(info.Size()+4095) &^ 4095
		return nil
	})
	refused := 0
	for i := range sizes {
		room := bytes + 48<<10 + i*2*bytes/sizes
		if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprintf("size=%d", room)); err != nil {
			casetest.Without(t, "this machine lets nobody mount")
		}
		t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
		out, err := k.command("key", "remove", k.copy(disk+"/case"), k.way).CombinedOutput()
		dir := k.dir(fmt.Sprintf("after %d", i))
		if said, err := exec.Command("cp", "-a", disk+"/case", dir).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		if err != nil {
			refused++
			if !strings.Contains(string(out), "hint: ") || !strings.Contains(string(out), "disk") {
				t.Errorf("it did not say what to do: %s", out)
			}
		}
		if opens := k.opens(dir, k.removed); opens != (err != nil) {
			t.Errorf("with room for %d bytes: ended with %v, and the removed way opens: %v\n%s", room, err, opens, out)
		}
		k.sound(dir)
		syscall.Unmount(disk, syscall.MNT_DETACH)
	}
	t.Logf("%d of %d disks were too small for a case of %d bytes", refused, sizes, bytes)
	if refused == 0 || refused == sizes {
		t.Error("the disks were all too small, or none was")
	}
}
