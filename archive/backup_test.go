package archive_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/casetest"
)

// take takes n files in, half of them too large for the records.
func take(t *testing.T, c *archive.Case, seed uint64, n int) {
	t.Helper()
	random := rand.NewChaCha8([32]byte{byte(seed)})
	err := c.Do(t.Context(), func(w *archive.Work) error {
		sources, err := w.Files().Sources()
		err = errors.Join(err, w.Files().AddSource(vidimus.Source{Number: len(sources) + 1}))
		for i := range n {
			content := make([]byte, 1000+i%2*100_000)
			random.Read(content)
			o := archive.NewSmall(content, c.BlobName(sha256.Sum256(content)))
			var err2 error
			if len(content) > archive.SmallBytes {
				o, err2 = c.Blobs.Put(t.Context(), bytes.NewReader(content), c.BlobName)
			}
			f := vidimus.File{Item: vidimus.ItemID(fmt.Sprintf("item%d-%d", seed, i)), Source: len(sources) + 1,
				Bytes: int64(len(content)), Digest: o.Digest, State: vidimus.Read}
			err = errors.Join(err, err2, w.Originals().Put(o), w.Files().Put(f))
			w.Register(custody.Entry{Kind: custody.Receive, Fields: map[string]any{
				"item": string(f.Item), "digest": archive.Encode(f.Digest[:]), "path": archive.Encode([]byte(f.Path))}})
		}
		return errors.Join(err, c.Blobs.Sync())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// held makes a case that holds n files, closed.
func held(t *testing.T, n int) (dir string, keys casetest.Keys) {
	t.Helper()
	dir, keys = casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	take(t, c, 1, n)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, keys
}

// sound wants a case without findings and gives how many files it holds.
func sound(t *testing.T, dir string, keys archive.Keys, e archive.Engines) int {
	t.Helper()
	if err := archive.Settle(dir); err != nil {
		t.Fatal(err)
	}
	if a := archive.AuditFiles(dir, keys, walk); len(a.Findings) > 0 {
		t.Errorf("the files: %v", a.Findings)
	}
	c, err := archive.Open(t.Context(), dir, keys, e, archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	a, err := c.AuditContent(t.Context())
	if err != nil || len(a.Findings) > 0 {
		t.Errorf("the content: %v, %v", a.Findings, err)
	}
	var n vidimus.Counts
	err = c.View(t.Context(), func(tx archive.Tx) (err error) {
		n, err = tx.Files().Counts()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n.Seen
}

func backup(t *testing.T, c *archive.Case, to string) archive.Copied {
	t.Helper()
	done, err := c.Backup(t.Context(), to, silent)
	if err != nil {
		t.Fatalf("%v (%s)", err, vidimus.HintOf(err))
	}
	return done
}

func TestABackupIsACaseByItself(t *testing.T) {
	dir, keys := held(t, 10)
	c, to := casetest.Open(t, dir, keys), filepath.Join(t.TempDir(), "backup")
	done := backup(t, c, to)
	if done.Originals != 5 || done.Fresh != 5 || len(done.LeftOut) != 0 || done.Bytes < 5*100_000 {
		t.Errorf("copied %+v", done)
	}
	if n := sound(t, to, keys, casetest.Engines()); n != 10 {
		t.Errorf("it holds %d files", n)
	}
	b := casetest.Open(t, to, keys)
	if r, err := archive.Compare(t.Context(), b, c); r != archive.Same || err != nil {
		t.Errorf("the backup is %q, %v", r, err)
	}
	if all := kinds(t, b); all[len(all)-1] != custody.Backup {
		t.Errorf("the log of the backup does not have it: %v", all)
	}
	filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
		info, _ := d.Info()
		if want := map[bool]fs.FileMode{true: 0o700, false: 0o600}[d.IsDir()]; info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err := c.VerifyBackup(t.Context(), to, walk); err != nil {
		t.Error(err)
	}
}

func TestTheNextBackupCopiesOnlyWhatIsNew(t *testing.T) {
	dir, keys := held(t, 10)
	c, to := casetest.Open(t, dir, keys), filepath.Join(t.TempDir(), "backup")
	backup(t, c, to)
	take(t, c, 2, 4)
	if done := backup(t, c, to); done.Originals != 7 || done.Fresh != 2 {
		t.Errorf("copied %+v", done)
	}
	if n := sound(t, to, keys, casetest.Engines()); n != 14 {
		t.Errorf("it holds %d files", n)
	}
}

func TestABackupReplacesOnlyAnOlderStateOfItsCase(t *testing.T) {
	dir, keys := held(t, 2)
	c := casetest.Open(t, dir, keys)
	for name, make := range map[string]func(t *testing.T, to string){
		"another case": func(t *testing.T, to string) { casetest.Lay(t, to, keys) },
		"something else": func(t *testing.T, to string) {
			os.Mkdir(to, 0o700)
			write(t, filepath.Join(to, "letter"), nil)
		},
		"a backup that went on": func(t *testing.T, to string) {
			backup(t, c, to)
			note(t, casetest.Open(t, to, keys))
		},
		"the case itself": func(t *testing.T, to string) { os.Symlink(dir, to) },
		"a backup under other keys": func(t *testing.T, to string) {
			backup(t, c, to)
			flip(t, filepath.Join(to, "head"), 50)
		},
	} {
		t.Run(name, func(t *testing.T) {
			to := filepath.Join(t.TempDir(), "to")
			make(t, to)
			size := len(kinds(t, c))
			_, err := c.Backup(t.Context(), to, silent)
			if err == nil || vidimus.HintOf(err) == "" {
				t.Fatalf("got %v", err)
			}
			if len(kinds(t, c)) != size {
				t.Error("a backup that never began is in the log")
			}
		})
	}
}

func TestADamagedOriginalIsLeftOutAndASoundOneOfBeforeStays(t *testing.T) {
	dir, keys := held(t, 6)
	c, first, second := casetest.Open(t, dir, keys), filepath.Join(t.TempDir(), "1"), filepath.Join(t.TempDir(), "2")
	backup(t, c, first)
	blobs, err := filepath.Glob(filepath.Join(dir, "blobs", "??", "*"))
	if err != nil || len(blobs) != 3 {
		t.Fatal(blobs, err)
	}
	flip(t, blobs[0], 70_000)
	os.Remove(blobs[1])
	if done := backup(t, c, second); len(done.LeftOut) != 2 || done.Fresh != 1 || done.LeftOut[0] == "" {
		t.Errorf("copied %+v", done)
	}
	if done := backup(t, c, first); len(done.LeftOut) != 0 {
		t.Errorf("copied %+v", done)
	}
	if sound(t, first, keys, casetest.Engines()) != 6 {
		t.Error("files are missing")
	}
}

func TestBackupsOfACaseInUse(t *testing.T) {
	dir, keys := held(t, 4)
	c, writer := casetest.Open(t, dir, keys), casetest.Open(t, dir, keys)
	stop, done := make(chan bool), make(chan int)
	go func() {
		for i := uint64(2); ; i++ {
			select {
			case <-stop:
				done <- int(i-2)*2 + 4
				return
			case <-time.After(50 * time.Millisecond):
				take(t, writer, i, 2)
			}
		}
	}()
	to := filepath.Join(t.TempDir(), "to")
	for range 3 {
		backup(t, c, to)
		if n := sound(t, to, keys, casetest.Engines()); n%2 != 0 || n < 4 {
			t.Errorf("half a unit of work is in the backup: %d files", n)
		}
	}
	close(stop)
	if n := <-done; sound(t, dir, keys, casetest.Engines()) != n {
		t.Error("files were lost")
	}
}

func TestTwoCopiesThatBothWentOnAreForked(t *testing.T) {
	dir, keys := held(t, 2)
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	a, b := casetest.Open(t, dir, keys), casetest.Open(t, to, keys)
	for _, step := range []struct {
		does []*archive.Case
		want archive.Relation
	}{{nil, archive.Same}, {[]*archive.Case{a}, archive.Newer}, {[]*archive.Case{b}, archive.Forked},
		{[]*archive.Case{a, a}, archive.Forked}, {[]*archive.Case{b, b, b}, archive.Forked}} {
		for _, c := range step.does {
			note(t, c)
		}
		if r, err := archive.Compare(t.Context(), a, b); r != step.want || err != nil {
			t.Errorf("after %d units: %q, want %q, %v", len(step.does), r, step.want, err)
		}
	}
	if _, err := archive.Compare(t.Context(), a, casetest.New(t)); !errors.Is(err, archive.ErrOtherCase) {
		t.Errorf("two cases: %v", err)
	}
}

func restore(t *testing.T, from, dir string, keys archive.Keys) error {
	t.Helper()
	_, err := archive.RestoreCase(t.Context(), from, dir, keys, casetest.Engines(), walk, silent)
	return err
}

func TestARestoredCaseSaysThatItWasPutBack(t *testing.T) {
	dir, keys := held(t, 6)
	at := t.TempDir()
	to, again := filepath.Join(at, "backup"), filepath.Join(at, "again")
	backup(t, casetest.Open(t, dir, keys), to)
	before := tree(t, to)
	if err := restore(t, to, again, keys); err != nil {
		t.Fatal(err)
	}
	if sound(t, again, keys, casetest.Engines()) != 6 {
		t.Error("files are missing")
	}
	if all := kinds(t, casetest.Open(t, again, keys)); all[len(all)-1] != custody.Restore {
		t.Errorf("the log has %v", all)
	}
	if after := tree(t, to); !slices.Equal(before, after) {
		t.Error("the backup was changed")
	}
	if err := restore(t, to, again, keys); err == nil || !strings.Contains(err.Error(), "older state") {
		t.Errorf("onto a case: %v", err)
	}
	note(t, casetest.Open(t, to, keys))
	if err := restore(t, to, again, keys); err == nil || !strings.Contains(err.Error(), "forked") {
		t.Errorf("onto a case that forked: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(at, "*.restoring")); left != nil {
		t.Errorf("left over: %v", left)
	}
}

// tree gives names and bytes of a folder.
func tree(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			all = append(all, path+"\x00"+string(read(t, filepath.Join(dir, path))))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestADamagedBackupIsNotPutBack(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, to string){
		"a bit of the records": func(t *testing.T, to string) { flip(t, filepath.Join(to, "records.db"), 9000) },
		"a bit of an original": func(t *testing.T, to string) {
			blobs, _ := filepath.Glob(filepath.Join(to, "blobs", "??", "*"))
			flip(t, blobs[0], 100)
		},
		"an original missing": func(t *testing.T, to string) {
			blobs, _ := filepath.Glob(filepath.Join(to, "blobs", "??", "*"))
			os.Remove(blobs[0])
		},
		"records cut short": func(t *testing.T, to string) { os.Truncate(filepath.Join(to, "records.db"), 5*4096) },
		"no head":           func(t *testing.T, to string) { os.Remove(filepath.Join(to, "head")) },
		"no case":           func(t *testing.T, to string) { os.Remove(filepath.Join(to, "format")) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, keys := held(t, 4)
			to, again := filepath.Join(t.TempDir(), "backup"), filepath.Join(t.TempDir(), "again")
			backup(t, casetest.Open(t, dir, keys), to)
			spoil(t, to)
			if err := restore(t, to, again, keys); err == nil || vidimus.HintOf(err) == "" {
				t.Errorf("got %v", err)
			}
			if _, err := os.Stat(again); !errors.Is(err, os.ErrNotExist) {
				t.Error("there is a case")
			}
		})
	}
}

func TestABackupOfTheFirstFormatIsPutBackInTheNewest(t *testing.T) {
	from, keys := openFirst(t)
	before := tree(t, from)
	to := filepath.Join(t.TempDir(), "case")
	if err := restore(t, from, to, keys); err != nil {
		t.Fatal(err)
	}
	if n := sound(t, to, keys, casetest.Engines()); n != 4 {
		t.Errorf("it holds %d files", n)
	}
	if f, err := archive.ReadFormat(to); err != nil || f.Version != archive.Version {
		t.Errorf("format %v, %v", f, err)
	}
	if !slices.Equal(before, tree(t, from)) {
		t.Error("the backup was changed")
	}
}

func TestAFolderPutBackByHandIsAcceptedKnowingly(t *testing.T) {
	dir, keys := held(t, 2)
	seen := casetest.Engines()
	seen.Seen = archive.Seen{Dir: filepath.Join(t.TempDir(), "seen")}
	old := filepath.Join(t.TempDir(), "old")
	if err := os.CopyFS(old, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	c, err := archive.Open(t.Context(), dir, keys, seen, archive.ToWrite)
	if err != nil {
		t.Fatal(err)
	}
	note(t, c)
	c.Close()
	if _, err := archive.Open(t.Context(), old, keys, seen, archive.ToRead); !errors.Is(err, archive.ErrOlder) {
		t.Fatalf("an older folder: %v", err)
	}
	if err := archive.AcceptOlder(t.Context(), old, keys, seen); err != nil {
		t.Fatal(err)
	}
	if c, err = archive.Open(t.Context(), old, keys, seen, archive.ToRead); err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if all := kinds(t, c); all[len(all)-1] != custody.Restore {
		t.Errorf("the log has %v", all)
	}
	if _, err := archive.Open(t.Context(), dir, keys, seen, archive.ToRead); err == nil {
		t.Error("the folder that was left behind opens unnoticed")
	}
}
