package intake_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
	"vidimus/internal/casetest"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func tree(t *testing.T, path string) *intake.Tree {
	t.Helper()
	tr, err := intake.Open(path, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tr.Close() })
	return tr
}

// take takes all of a tree and gives the outcomes.
func take(t *testing.T, c *archive.Case, tr *intake.Tree) []intake.Outcome {
	t.Helper()
	s, err := intake.Recognise(t.Context(), c, tr)
	if errors.Is(err, archive.ErrNotFound) {
		err = c.Do(t.Context(), func(w *archive.Work) error {
			known, err := w.Files().Sources()
			s = vidimus.Source{Number: len(known) + 1, Folder: tr.Folder}
			return errors.Join(err, w.Files().AddSource(s))
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	var all []intake.Outcome
	k := intake.NewTaker(intake.NewStore(c), tr, s, vidimus.Producer{Stage: intake.Stage, Version: 1}, func(o intake.Outcome) { all = append(all, o) })
	if _, err := tr.Walk(func(f intake.Found) error { return k.Take(t.Context(), f) }); err != nil {
		t.Fatal(err)
	}
	if err := k.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	return all
}

func tally(all []intake.Outcome) map[intake.Taken]int {
	n := map[intake.Taken]int{}
	for _, o := range all {
		n[o.Taken]++
	}
	return n
}

func TestLinksAndSpecialFilesAreLeftAndCounted(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "sub", "a"), "a")
	write(t, filepath.Join(dir, "b\xff\n"), "b")
	os.Symlink("/etc/passwd", filepath.Join(dir, "link"))
	os.Symlink("/etc", filepath.Join(dir, "linked"))
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	var paths []string
	left, err := tree(t, dir).Walk(func(f intake.Found) error {
		paths = append(paths, f.Path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"b\xff\n", "sub/a"}; !slices.Equal(paths, want) {
		t.Errorf("found %q, want %q", paths, want)
	}
	if want := (intake.Left{Folders: 1, Links: 2, Special: 1}); left != want {
		t.Errorf("left %+v, want %+v", left, want)
	}
}

func TestALinkPutInAFoldersPlaceIsNotFollowed(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "sub", "passwd"), "ours")
	tr := tree(t, dir)
	if err := os.RemoveAll(filepath.Join(dir, "sub")); err != nil {
		t.Fatal(err)
	}
	os.Symlink("/etc", filepath.Join(dir, "sub"))
	if f, err := tr.OpenFile("sub/passwd"); err == nil {
		f.Close()
		t.Error("the link was followed")
	}
}

func TestALinkGivenIsRefused(t *testing.T) {
	dir := t.TempDir()
	os.Symlink("/etc", filepath.Join(dir, "link"))
	if _, err := intake.Open(filepath.Join(dir, "link"), false); err == nil || vidimus.HintOf(err) == "" {
		t.Errorf("got %v", err)
	}
}

func TestAccessTimesStayAsTheyWere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "sub", "a")
	write(t, file, "content")
	long := time.Unix(1_000_000_000, 0)
	for _, p := range []string{file, filepath.Dir(file), dir} {
		if err := os.Chtimes(p, long, long); err != nil {
			t.Fatal(err)
		}
	}
	take(t, casetest.New(t), tree(t, dir))
	for _, p := range []string{file, filepath.Dir(file), dir} {
		var s unix.Stat_t
		if err := unix.Stat(p, &s); err != nil {
			t.Fatal(err)
		}
		if s.Atim.Sec != long.Unix() {
			t.Errorf("an access time changed to %d", s.Atim.Sec)
		}
	}
}

func TestTheSameFolderAgainIsTheSameSource(t *testing.T) {
	c, dir := casetest.New(t), t.TempDir()
	for _, n := range []string{"a", "b", "c", "d"} {
		write(t, filepath.Join(dir, n), "content of "+n)
	}
	if n := tally(take(t, c, tree(t, dir))); n[intake.New] != 4 {
		t.Fatalf("first: %v", n)
	}
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.CopyFS(moved, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(moved, "a"), "another content")
	write(t, filepath.Join(moved, "e"), "one more")
	if n := tally(take(t, c, tree(t, moved))); n[intake.Known] != 3 || n[intake.New] != 2 {
		t.Errorf("again, with one changed and one more: %v", n)
	}
	write(t, filepath.Join(moved, "a"), "content of a")
	if n := tally(take(t, c, tree(t, moved))); n[intake.Copy] != 1 || n[intake.Known] != 4 {
		t.Errorf("changed back: %v", n)
	}
	counts(t, c, 7, 1, 6)
}

func counts(t *testing.T, c *archive.Case, seen, duplicates, waiting int) {
	t.Helper()
	err := c.View(t.Context(), func(tx archive.Tx) error {
		n, err := tx.Files().Counts()
		if n.Seen != seen || n.Duplicates != duplicates || n.Waiting != waiting || !n.True() {
			t.Errorf("counts %+v", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnotherFolderWithTheSameFilesIsAnotherSource(t *testing.T) {
	c, one, two := casetest.New(t), t.TempDir(), t.TempDir()
	write(t, filepath.Join(one, "a"), "same")
	write(t, filepath.Join(two, "other name"), "same")
	take(t, c, tree(t, one))
	if n := tally(take(t, c, tree(t, two))); n[intake.Copy] != 1 {
		t.Errorf("%v", n)
	}
	counts(t, c, 2, 1, 1)
}

func TestAFileThatCannotBeOpenedIsListedAndTriedAgain(t *testing.T) {
	c, dir := casetest.New(t), t.TempDir()
	write(t, filepath.Join(dir, "a"), "a")
	write(t, filepath.Join(dir, "b"), "b")
	tr := tree(t, dir)
	s := vidimus.Source{Number: 1, Folder: true}
	if err := c.Do(t.Context(), func(w *archive.Work) error { return w.Files().AddSource(s) }); err != nil {
		t.Fatal(err)
	}
	run := func(found ...intake.Found) (all []intake.Outcome) {
		k := intake.NewTaker(intake.NewStore(c), tr, s, vidimus.Producer{}, func(o intake.Outcome) { all = append(all, o) })
		for _, f := range found {
			if err := k.Take(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		if err := k.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		return all
	}
	first := run(intake.Found{Path: "a", Err: os.ErrPermission}, intake.Found{Path: "gone"}, intake.Found{Path: "b"})
	if n := tally(first); n[intake.Unread] != 2 || n[intake.New] != 1 || first[0].File.Reason != vidimus.CannotOpen {
		t.Fatalf("%v", first)
	}
	again := run(intake.Found{Path: "a"})
	if n := tally(again); n[intake.New] != 1 || again[0].File.Item != first[0].File.Item {
		t.Errorf("tried again: %v", again)
	}
	counts(t, c, 3, 0, 2)
}

func TestAnOriginalWhoseRecordWasNeverWrittenIsStoredAgain(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	given := t.TempDir()
	write(t, filepath.Join(given, "a"), strings.Repeat("content", archive.SmallBytes))
	tr := tree(t, given)
	s := vidimus.Source{Number: 1, Folder: true}
	// A kill between the storing of the original and its record.
	k := intake.NewTaker(intake.NewStore(c), tr, s, vidimus.Producer{}, func(intake.Outcome) {})
	if err := k.Take(t.Context(), intake.Found{Path: "a"}); err != nil {
		t.Fatal(err)
	}
	if err := c.Blobs.Sync(); err != nil {
		t.Fatal(err)
	}
	c.Close()
	c = casetest.Open(t, dir, keys)
	if n := tally(take(t, c, tree(t, given))); n[intake.New] != 1 {
		t.Fatalf("%v", n)
	}
	a, err := c.AuditContent(t.Context())
	if err != nil || len(a.Findings) > 0 || a.LeftOver > 0 {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestAPracticeCaseTakesNoForeignFile(t *testing.T) {
	c, dir := casetest.New(t), t.TempDir()
	write(t, filepath.Join(dir, "a"), strings.Repeat("foreign", archive.SmallBytes))
	k := intake.NewTaker(intake.NewStore(c), tree(t, dir), vidimus.Source{Number: 1}, vidimus.Producer{}, func(intake.Outcome) {})
	k.Accept = func(vidimus.Digest) bool { return false }
	if err := k.Take(t.Context(), intake.Found{Path: "a"}); !errors.Is(err, intake.ErrForeign) {
		t.Errorf("got %v", err)
	}
	blobs := 0
	c.Blobs.List(func(archive.BlobName, int64) error { blobs++; return nil })
	if blobs != 0 {
		t.Errorf("%d originals were stored", blobs)
	}
}
