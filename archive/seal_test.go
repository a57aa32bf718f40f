package archive_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus/archive"
	"vidimus/internal/casetest"
)

func isSealed(dir string) bool {
	_, err := os.Lstat(filepath.Join(dir, "seal"))
	return err == nil
}

func TestACaseIsSealedWhileNobodyWritesToIt(t *testing.T) {
	dir, keys := casetest.Make(t)
	if !isSealed(dir) {
		t.Fatal("a new case is not sealed")
	}
	a := casetest.Open(t, dir, keys)
	if !isSealed(dir) {
		t.Error("opening alone broke the seal")
	}
	note(t, a)
	b := casetest.Open(t, dir, keys)
	note(t, b)
	if isSealed(dir) {
		t.Error("it is sealed while two write")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if isSealed(dir) {
		t.Error("the first of two to close sealed it")
	}
	note(t, b)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if !isSealed(dir) {
		t.Error("the last to close did not seal it")
	}
	if f := archive.AuditFiles(dir, keys, walk).Findings; len(f) > 0 {
		t.Errorf("%+v", f)
	}
}

// A page put back from earlier is whole in itself: only the seal tells.
func TestAnOlderPageIsNamedWithItsRange(t *testing.T) {
	dir, keys := casetest.Make(t)
	path := filepath.Join(dir, "records.db")
	before := read(t, path)
	c := casetest.Open(t, dir, keys)
	note(t, c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	after := read(t, path)
	const page = 4096
	tried := 0
	for at := page; at+page <= min(len(before), len(after)); at += page {
		if bytes.Equal(before[at:at+page], after[at:at+page]) {
			continue
		}
		tried++
		mixed := bytes.Clone(after)
		copy(mixed[at:], before[at:at+page])
		write(t, path, mixed)
		a := archive.AuditFiles(dir, keys, walk)
		if len(a.Findings) != 1 || a.Findings[0].File != "records.db" || !strings.Contains(a.Findings[0].What, "pages 1 to ") {
			t.Errorf("page %d: %+v", at/page+1, a.Findings)
		}
	}
	if tried == 0 {
		t.Error("no page differs: the test looks at nothing")
	}
}

func TestAnOldSealMeansNothing(t *testing.T) {
	dir, keys := casetest.Make(t)
	old, head := read(t, filepath.Join(dir, "seal")), read(t, filepath.Join(dir, "head"))
	c := casetest.Open(t, dir, keys)
	note(t, c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "seal"), old)
	if a := archive.AuditFiles(dir, keys, walk); len(a.Findings) != 1 || a.Findings[0].File != "seal" {
		t.Errorf("an older seal: %+v", a.Findings)
	}
	write(t, filepath.Join(dir, "head"), head)
	if a := archive.AuditFiles(dir, keys, walk); len(a.Findings) == 0 {
		t.Error("an older seal with its head, under newer records, is not noticed")
	}
}

func TestAMachineRemembersAndTellsNothing(t *testing.T) {
	dir, keys := casetest.Make(t)
	old := map[string][]byte{}
	for _, name := range []string{"head", "seal", "records.db"} {
		old[name] = read(t, filepath.Join(dir, name))
	}
	e, place := casetest.Engines(), filepath.Join(t.TempDir(), "state", "heads")
	e.Seen = archive.Seen{Dir: place}
	c, err := archive.Open(t.Context(), dir, keys, e, archive.ToWrite)
	if err != nil {
		t.Fatal(err)
	}
	note(t, c)
	id := c.Format.ID
	if err := errors.Join(c.Close(), c.Unremembered()); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(place)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	kept := read(t, filepath.Join(place, entries[0].Name()))
	if len(kept) != 1052 || bytes.Contains(kept, []byte(id)) || strings.Contains(entries[0].Name(), id) || bytes.Contains(kept, []byte("log/")) {
		t.Error("what is kept tells of the case")
	}
	for name, b := range old {
		write(t, filepath.Join(dir, name), b)
	}
	if _, err := archive.Open(t.Context(), dir, keys, e, archive.ToRead); !errors.Is(err, archive.ErrOlder) {
		t.Errorf("the older folder: %v", err)
	}
	if err := open(t, dir, keys); err != nil {
		t.Errorf("a machine without a memory: %v", err)
	}
}

func TestAMachineThatCannotRememberSaysSoAndGoesOn(t *testing.T) {
	dir, keys := casetest.Make(t)
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, nil)
	e := casetest.Engines()
	e.Seen = archive.Seen{Dir: filepath.Join(file, "heads")}
	c, err := archive.Open(t.Context(), dir, keys, e, archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.Unremembered() == nil {
		t.Error("nothing is said")
	}
}
