package pipeline_test

import (
	"bytes"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
)

// abandoned is a case whose writer ended without closing it, at a random
// moment or at the end of its work.
func abandoned(t *testing.T, after time.Duration) (dir string, keys casetest.Keys) {
	t.Helper()
	dir, keys = filepath.Join(t.TempDir(), "case"), casetest.Keys("killed")
	casetest.Lay(t, dir, keys)
	cmd := exec.Command("/proc/self/exe", "add-until-killed", dir, texts(t, 60))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		time.AfterFunc(after, func() { cmd.Process.Signal(syscall.SIGKILL) })
	}
	cmd.Wait()
	return dir, keys
}

// entries is how long the log is, -1 when the case does not open.
func entries(t *testing.T, dir string, keys casetest.Keys) (n int64, why error) {
	t.Helper()
	c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead)
	if err != nil {
		return -1, err
	}
	defer c.Close()
	err = c.View(t.Context(), func(tx archive.Tx) (err error) {
		n, err = tx.Log().Size()
		return err
	})
	return n, err
}

// A bit of the write-ahead log that a killed add left is flipped: either
// nothing that the head names is missing, or both the audit and the next
// opening say so.
func TestNoFlipInALeftWriteAheadLogLosesRowsUnnoticed(t *testing.T) {
	rounds := 60
	if stress() {
		rounds = 1000
	}
	dir, keys := abandoned(t, 0)
	left := snap(t, dir)
	wal := left["records.db-wal"]
	if len(wal) < 10000 {
		t.Fatalf("a write-ahead log of %d bytes was left", len(wal))
	}
	want, err := entries(t, dir, keys)
	if err != nil {
		t.Fatal(err)
	}
	random := mathrand.New(mathrand.NewPCG(6, 1))
	harmless, refused := 0, 0
	for range rounds {
		b, at := bytes.Clone(wal), random.IntN(len(wal)*8)
		b[at/8] ^= 1 << (at % 8)
		spoiled := snapshot{}
		for name, was := range left {
			spoiled[name] = was
		}
		spoiled["records.db-wal"] = b
		delete(spoiled, "records.db-shm") // as after the machine was off
		spoiled.lay(t, dir)
		a := audit(t, dir, keys, look(""))
		audited := len(a.Findings) > 0
		spoiled.lay(t, dir)
		switch n, err := entries(t, dir, keys); {
		case err == nil && n >= want && !audited:
			harmless++
		case err != nil && vidimus.HintOf(err) != "" && audited:
			refused++
		default:
			t.Errorf("bit %d: %d of %d entries, %v; audit: %+v", at, n, want, err, a.Findings)
		}
	}
	t.Logf("of %d flips in %d bytes, %d lost nothing and %d were named by audit and opening", rounds, len(wal), harmless, refused)
	if refused == 0 {
		t.Error("no flip did anything: the test looks at the wrong bytes")
	}
}

// What a killed add leaves is no alarm by itself.
func TestACaseOfAKilledAddAuditsClean(t *testing.T) {
	rounds := 3
	if stress() {
		rounds = 30
	}
	for i := range rounds {
		dir, keys := abandoned(t, time.Duration(30+i*90)*time.Millisecond)
		a := audit(t, dir, keys, look(""))
		if len(a.Findings) > 0 {
			t.Errorf("%+v", a.Findings)
		}
		_, err := os.Lstat(filepath.Join(dir, "seal")) // there when it was killed before it wrote
		if err != nil && !strings.Contains(strings.Join(a.NotChecked, " "), "no seal") {
			t.Errorf("the missing seal is not said: %v", a.NotChecked)
		}
	}
}

// The write-ahead log itself is taken away, or an older one is put beside the
// records.
func TestAMissingWriteAheadLogIsNoticed(t *testing.T) {
	dir, keys := abandoned(t, 0)
	left := snap(t, dir)
	delete(left, "records.db-wal")
	delete(left, "records.db-shm")
	left.lay(t, dir)
	if _, err := entries(t, dir, keys); err == nil || vidimus.HintOf(err) == "" {
		t.Errorf("opened: %v", err)
	}
	if a := audit(t, dir, keys, look("")); len(a.Findings) == 0 {
		t.Error("the audit said nothing")
	}
}
