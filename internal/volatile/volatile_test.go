package volatile

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestFolderIsOwnerOnlyAndGoesAway(t *testing.T) {
	dir := newDir(t)
	st, err := os.Stat(dir.Path)
	if err != nil {
		t.Fatal(err)
	}
	if st.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, want 0700", st.Mode().Perm())
	}
	if err := dir.Remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir.Path); !os.IsNotExist(err) {
		t.Errorf("still there after Remove: %v", err)
	}
}

func TestSweepRemovesWhatTheDeadLeftAndNothingElse(t *testing.T) {
	alive, dead := newDir(t), newDir(t)
	if err := os.WriteFile(filepath.Join(dead.Path, "history"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	dead.lock.Close() // as the system does when a process is killed
	if err := Sweep("test"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dead.Path); !os.IsNotExist(err) {
		t.Errorf("what the dead left is still there: %v", err)
	}
	if _, err := os.Stat(alive.Path); err != nil {
		t.Errorf("the living one's folder is gone: %v", err)
	}
	if err := alive.Remove(); err != nil {
		t.Error(err)
	}
}

func TestSweepFinishesARemovalThatWasCutShort(t *testing.T) {
	rest := newDir(t)
	if err := os.Remove(filepath.Join(rest.Path, lockName)); err != nil {
		t.Fatal(err)
	}
	if err := Sweep("test"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(rest.Path); err != nil {
		t.Fatalf("a folder that is being made is gone: %v", err)
	}
	old := time.Now().Add(-2 * making)
	if err := os.Chtimes(rest.Path, old, old); err != nil {
		t.Fatal(err)
	}
	if err := Sweep("test"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(rest.Path); !os.IsNotExist(err) {
		t.Errorf("the rest is still there: %v", err)
	}
}

func TestAFolderOnDiskIsNotMemory(t *testing.T) {
	if inMemory("/proc") {
		t.Error("/proc taken for a tmpfs")
	}
}

func newDir(t *testing.T) *Dir {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("folders in memory are told on Linux only")
	}
	dir, err := New("test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir.Path) })
	return dir
}
