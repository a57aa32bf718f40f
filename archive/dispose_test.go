package archive_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/casetest"
	"vidimus/internal/sealed"
	"vidimus/key"
)

// signedBy registers as many new signers and has them sign a disposal of the
// one item, or of what DoomedBy gives.
func signedBy(w *archive.Work, n int, d archive.Disposing) (archive.Disposing, error) {
	doomed, err := archive.DoomedBy(w.Tx, d.Item, d.Choice)
	if err != nil {
		return d, err
	}
	id, err := w.Settings().Get("case")
	for range n {
		s, err1 := key.NewSigner()
		note, err2 := s.Sign(archive.DisposalText(string(id), doomed.Items, d.Reason))
		err = errors.Join(err, err1, err2, w.RegisterSigner(s.Public(), ""))
		d.By = append(d.By, archive.Signature{Signer: s.Public().Name(), Note: note})
	}
	return d, err
}

// dispose has two people dispose of an item.
func dispose(ctx context.Context, c *archive.Case, d archive.Disposing) (done archive.Disposed, err error) {
	d.Reason = "somebody asked for it"
	err = c.DoAndErase(ctx, func(w *archive.Work) error {
		d, err := signedBy(w, 2, d)
		if err == nil {
			done, err = w.Dispose(d)
		}
		return err
	})
	return done, err
}

// disposeOn is the child that a test kills.
func disposeOn(ctx context.Context, args []string) error {
	c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), casetest.Engines(), archive.ToWrite)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = dispose(ctx, c, archive.Disposing{Item: vidimus.ItemID(args[2])})
	return err
}

// The words, the name and the bytes of a file that is disposed of, and of one
// that stays.
const (
	gone  = "lantern quarry 莎车 كاناراي"
	stays = "thimble meadow 喀什"
)

// worded takes a file in, small or large, with one reading, a passage, a
// mention and an official.
func worded(t *testing.T, c *archive.Case, item vidimus.ItemID, words string, more vidimus.File, large int) vidimus.File {
	t.Helper()
	content := []byte("bytes of " + words + strings.Repeat("\x00", large))
	f := more
	f.Item, f.Source, f.Bytes, f.Digest = item, 1, int64(len(content)), sha256.Sum256(content)
	if f.Path == "" {
		f.Path = "name of " + words
	}
	f.RawName, f.Language = "raw "+words, "zh"
	err := c.Do(t.Context(), func(w *archive.Work) (err error) {
		if sources, _ := w.Files().Sources(); len(sources) == 0 {
			err = w.Files().AddSource(vidimus.Source{Number: 1})
		}
		o := archive.NewSmall(content, c.BlobName(f.Digest))
		if large > 0 {
			o, err = c.Blobs.Put(t.Context(), bytes.NewReader(content), c.BlobName)
		}
		if f.State != vidimus.Duplicate {
			f.State = vidimus.Read
			err = errors.Join(err, w.Originals().Put(o))
		}
		err = errors.Join(err, c.Blobs.Sync(), w.Files().Put(f))
		w.Register(custody.Entry{Kind: custody.Receive, Fields: map[string]any{
			"item": string(f.Item), "digest": archive.Encode(f.Digest[:]), "path": archive.Encode([]byte(f.Path))}})
		if f.State == vidimus.Duplicate {
			return err
		}
		return errors.Join(err, read1(w, item, words))
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func read1(w *archive.Work, item vidimus.ItemID, words string) error {
	n, err := w.Readings().Begin(vidimus.Reading{Item: item, Kind: "text"})
	pages := []vidimus.Page{{Number: 1, Text: strings.Repeat(words+"\n", 500)}, {Number: 2, Text: "page two of " + words}}
	sum := archive.NewPagesDigest()
	for _, p := range pages {
		sum.Add(p)
	}
	err = errors.Join(err, w.Readings().AddPages(n, pages), w.Readings().Finish(n))
	d := sum.Sum()
	w.Register(custody.Entry{Kind: custody.Derive, Fields: map[string]any{"item": string(item), "reading": n, "digest": archive.Encode(d[:])}})
	at := vidimus.MentionID{Reading: n, Page: 1, End: 4, Kind: vidimus.MentionKinds[0]}
	_, err2 := w.Passages().Put(vidimus.Passage{Item: item, Reading: n, Page: 1, End: 3, Quote: words, Note: "a note on " + words})
	_, err3 := w.Mentions().AddOfficial(vidimus.Official{Name: "name " + words, Office: "office", Item: item, Reading: n, Page: 1, End: 4})
	return errors.Join(err, err2, err3,
		w.Mentions().Put(n, 1, vidimus.Producer{}, []vidimus.Mention{{End: 4, Kind: at.Kind, Value: words}}),
		w.Mentions().Rule(vidimus.Ruling{Mention: at, Verdict: vidimus.Corrected, Value: "ruled " + words}),
		w.Jobs().Put(vidimus.Job{Item: item, Stage: "read", State: vidimus.JobDone, Reason: vidimus.Reason(words)}))
}

// leftOf gives the files of a case folder in which words stand that are asked
// for, once what its keys open is opened.
func leftOf(t *testing.T, dir string, keys casetest.Keys, words ...string) (found []string) {
	t.Helper()
	for _, w := range strings.Fields(strings.Join(words, " ")) {
		if len(w) >= 6 { // a shorter piece of a random key is found anywhere
			words = append(words, w)
		}
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if k := keys.Records(); strings.HasSuffix(path, ".db") {
			b, err = sealed.TestOnlyPlain(path, k[:])
		}
		if strings.HasSuffix(path, "-wal") && len(b) > 0 {
			t.Errorf("a write-ahead log is left")
		}
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				found = append(found, fmt.Sprintf("%s: %q", filepath.Base(path), w))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestNothingOfADisposedFileIsLeft(t *testing.T) {
	for name, large := range map[string]int{"in the records": 0, "in a file of its own": 100_000} {
		t.Run(name, func(t *testing.T) {
			dir, keys := casetest.Make(t)
			c := casetest.Open(t, dir, keys)
			f := worded(t, c, "gone", gone, vidimus.File{}, large)
			worded(t, c, "stays", stays, vidimus.File{}, large)
			aside := filepath.Join(t.TempDir(), "blob")
			blob := filepath.Join(dir, "blobs", string(c.BlobName(f.Digest)[:2]), string(c.BlobName(f.Digest)))
			if large > 0 {
				if err := os.WriteFile(aside, read(t, blob), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var key []byte
			c.View(t.Context(), func(tx archive.Tx) error {
				o, err := tx.Originals().Get(f.Digest)
				key = o.Key[:]
				return err
			})
			c.Close()
			if len(leftOf(t, dir, keys, gone, stays)) == 0 {
				t.Fatal("the search finds nothing before")
			}
			if err := os.Mkdir(filepath.Join(dir, "before-format-1"), 0o700); err != nil {
				t.Fatal(err)
			}
			os.WriteFile(filepath.Join(dir, "before-format-1", "records.db"), read(t, filepath.Join(dir, "records.db")), 0o600)
			c = casetest.Open(t, dir, keys)
			done, err := dispose(t.Context(), c, archive.Disposing{Item: "gone"})
			if err != nil || len(done.Items) != 1 || done.Entries != 2 {
				t.Fatalf("%+v, %v", done, err)
			}
			words := []string{gone, string(f.Digest[:]), archive.Encode(f.Digest[:]), archive.Encode([]byte(f.Path))}
			if large > 0 { // a small original has no key
				words = append(words, string(key))
			}
			if left := leftOf(t, dir, keys, words...); left != nil {
				t.Errorf("left: %q", left)
			}
			if _, err := os.Stat(blob); err == nil {
				t.Error("the original's file is there")
			}
			if n := sound(t, dir, keys, casetest.Engines()); n != 2 {
				t.Errorf("%d files are counted", n)
			}
			c = casetest.Open(t, dir, keys)
			err = c.View(t.Context(), func(tx archive.Tx) error {
				n, err := tx.Files().Counts()
				row, err2 := tx.Files().Get("gone")
				want := vidimus.File{Item: "gone", Order: 1, Source: 1, State: vidimus.Disposed}
				if n.Disposed != 1 || n.Read != 1 || !n.True() || row != want {
					t.Errorf("counted %+v, the row is %+v", n, row)
				}
				if all, err := tx.Passages().List(0, 9); len(all) != 1 || err != nil {
					t.Errorf("%d passages, %v", len(all), err)
				}
				_, err3 := archive.DoomedBy(tx, "gone", "")
				if err3 == nil {
					t.Error("it can be disposed of again")
				}
				return errors.Join(err, err2, custody.Verify(tx.Log()))
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

func TestNobodyDisposesAloneOrAgainstAHold(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	worded(t, c, "box", gone, vidimus.File{}, 0)
	worded(t, c, "inside", stays, vidimus.File{Parent: "box", Path: "name of " + gone + "/a"}, 0)
	try := func(n int, item vidimus.ItemID) error {
		return c.DoAndErase(t.Context(), func(w *archive.Work) error {
			d, err := signedBy(w, n, archive.Disposing{Item: item})
			if err == nil {
				_, err = w.Dispose(d)
			}
			return err
		})
	}
	if err := try(1, "box"); !errors.Is(err, archive.ErrSigners) {
		t.Errorf("one signer: %v", err)
	}
	if err := try(2, "inside"); !errors.Is(err, archive.ErrInside) || !strings.Contains(vidimus.HintOf(err), "box") {
		t.Errorf("out of a container: %v", err)
	}
	for _, held := range []vidimus.ItemID{"inside", "box", ""} {
		err := c.Do(t.Context(), func(w *archive.Work) error { return w.Hold(held, "a court") })
		if err := errors.Join(err, try(2, "box")); !errors.Is(err, archive.ErrHeld) || vidimus.HintOf(err) == "" {
			t.Errorf("hold on %q: %v", held, err)
		}
		err = c.Do(t.Context(), func(w *archive.Work) error {
			s, err := key.NewSigner()
			id, err2 := w.Settings().Get("case")
			note, err3 := s.Sign(archive.LiftText(string(id), held, "over"))
			return errors.Join(err, err2, err3, w.RegisterSigner(s.Public(), ""), w.Lift(held, "over", archive.Signature{Signer: s.Public().Name(), Note: note}))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	reader, err := c.Reopen(t.Context(), archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	if err := try(2, "box"); err == nil || vidimus.HintOf(err) == "" {
		t.Errorf("beside a reader: %v", err)
	}
	reader.Close()
	if err := try(2, "box"); err != nil {
		t.Error(err)
	}
	if left := leftOf(t, dir, keys, gone, stays); left != nil {
		t.Errorf("left: %q", left)
	}
	sound(t, dir, keys, casetest.Engines())
}

// Of two files with the same bytes, one goes by itself only where that was
// chosen; the other is then read as the first was.
func TestDuplicatesAreKeptOrGoToo(t *testing.T) {
	make := func(t *testing.T) (string, casetest.Keys, *archive.Case) {
		dir, keys := casetest.Make(t)
		c := casetest.Open(t, dir, keys)
		worded(t, c, "first", stays, vidimus.File{Path: "name of " + gone}, 100_000)
		worded(t, c, "second", stays, vidimus.File{Path: "anchor", State: vidimus.Duplicate, DuplicateOf: "first"}, 100_000)
		worded(t, c, "third", stays, vidimus.File{Path: "biscuit", State: vidimus.Duplicate, DuplicateOf: "first"}, 100_000)
		return dir, keys, c
	}
	t.Run("undecided", func(t *testing.T) {
		_, _, c := make(t)
		for _, item := range []vidimus.ItemID{"first", "second"} {
			if _, err := dispose(t.Context(), c, archive.Disposing{Item: item}); !errors.Is(err, archive.ErrDuplicates) || vidimus.HintOf(err) == "" {
				t.Errorf("%s: %v", item, err)
			}
		}
	})
	t.Run("kept", func(t *testing.T) {
		dir, keys, c := make(t)
		if _, err := dispose(t.Context(), c, archive.Disposing{Item: "first", Choice: archive.KeepDuplicates}); err != nil {
			t.Fatal(err)
		}
		if left := leftOf(t, dir, keys, gone); left != nil {
			t.Errorf("left: %q", left)
		}
		sound(t, dir, keys, casetest.Engines())
		c = casetest.Open(t, dir, keys)
		err := c.View(t.Context(), func(tx archive.Tx) error {
			second, err := tx.Files().Get("second")
			third, err2 := tx.Files().Get("third")
			current, err3 := tx.Readings().Current("second")
			passages, err4 := tx.Passages().OfItem("second")
			if second.State != vidimus.Read || second.DuplicateOf != "" || third.DuplicateOf != "second" || len(current) != 1 || len(passages) != 1 {
				t.Errorf("%+v\n%+v\n%d readings, %d passages", second, third, len(current), len(passages))
			}
			o, err5 := tx.Originals().Get(second.Digest)
			r, err6 := c.OpenOriginal(o)
			if err6 == nil {
				r.Close()
			}
			return errors.Join(err, err2, err3, err4, err5, err6)
		})
		if err != nil {
			t.Error(err)
		}
	})
	for item, choice := range map[vidimus.ItemID]archive.Choice{"first": archive.WithDuplicates, "third": archive.WithDuplicates} {
		t.Run("all, by the "+string(item), func(t *testing.T) {
			dir, keys, c := make(t)
			done, err := dispose(t.Context(), c, archive.Disposing{Item: item, Choice: choice})
			if err != nil || len(done.Items) != 3 {
				t.Fatalf("%+v, %v", done, err)
			}
			if left := leftOf(t, dir, keys, gone, stays, "anchor", "biscuit"); left != nil {
				t.Errorf("left: %q", left)
			}
			sound(t, dir, keys, casetest.Engines())
		})
	}
}

// Killed at any instant, the file is there whole or gone without a trace.
func TestAKilledDisposalIsFinishedOrUndone(t *testing.T) {
	template, keys := casetest.Make(t)
	c := casetest.Open(t, template, keys)
	worded(t, c, "gone", gone, vidimus.File{}, 500_000)
	take(t, c, 1, 30)
	c.Close()
	copied := func() string {
		to := filepath.Join(t.TempDir(), "case")
		if err := os.CopyFS(to, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		return to
	}
	_, span := act(t, 0, "dispose", string(keys), copied(), "gone")
	undone, finished, between := 0, 0, 0
	for _, after := range instants(span) {
		dir := copied()
		ended, _ := act(t, after, "dispose", string(keys), dir, "gone")
		if _, err := os.Stat(filepath.Join(dir, "seal")); err != nil && !ended {
			between++
		}
		if n := sound(t, dir, keys, casetest.Engines()); n != 31 {
			t.Errorf("killed after %v: %d files", after, n)
		}
		c := casetest.Open(t, dir, keys)
		var f vidimus.File
		c.View(t.Context(), func(tx archive.Tx) (err error) { f, err = tx.Files().Get("gone"); return err })
		c.Close()
		left := leftOf(t, dir, keys, gone)
		if disposed := f.State == vidimus.Disposed; disposed && left != nil || !disposed && (ended || left == nil) {
			t.Errorf("killed after %v: ended %v, state %s, left %q", after, ended, f.State, left)
		} else if disposed {
			finished++
		} else {
			undone++
		}
		os.RemoveAll(dir)
	}
	t.Logf("%d kills within %v: %d undone, %d finished; %d in the midst of writing", undone+finished, span, undone, finished, between)
}

func TestAnAuditNoticesWhatWentWithoutAnAct(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	f := worded(t, c, "gone", gone, vidimus.File{}, 0)
	for what, row := range map[string]vidimus.File{
		"marked by hand": {Item: "gone", Source: 1, State: vidimus.Disposed},
		"as it was":      f,
	} {
		if err := c.Do(t.Context(), func(w *archive.Work) error { return w.Files().Put(row) }); err != nil {
			t.Fatal(err)
		}
		a, err := c.AuditContent(t.Context())
		if err != nil || (len(a.Findings) == 0) != (what == "as it was") {
			t.Errorf("%s: %v, %v", what, a.Findings, err)
		}
	}
	c.Do(t.Context(), func(w *archive.Work) error { return w.Files().Put(f) })
	if _, err := dispose(t.Context(), c, archive.Disposing{Item: "gone"}); err != nil {
		t.Fatal(err)
	}
	c = casetest.Open(t, dir, keys)
	if err := c.Do(t.Context(), func(w *archive.Work) error { return w.Files().Put(f) }); err != nil {
		t.Fatal(err)
	}
	if a, err := c.AuditContent(t.Context()); err != nil || len(a.Findings) == 0 {
		t.Errorf("put back: %v, %v", a.Findings, err)
	}
}

// A backup that is brought up to date forgets what the case has forgotten.
func TestABackupForgetsToo(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	worded(t, c, "gone", gone, vidimus.File{}, 100_000)
	worded(t, c, "stays", stays, vidimus.File{}, 100_000)
	to := filepath.Join(t.TempDir(), "backup")
	backup(t, c, to)
	if _, err := dispose(t.Context(), c, archive.Disposing{Item: "gone"}); err != nil {
		t.Fatal(err)
	}
	c = casetest.Open(t, dir, keys)
	backup(t, c, to)
	if left := leftOf(t, to, keys, gone); left != nil {
		t.Errorf("left: %q", left)
	}
	blobs, err := filepath.Glob(filepath.Join(to, "blobs", "??", "*"))
	if err != nil || len(blobs) != 1 {
		t.Errorf("%d originals in the backup, %v", len(blobs), err)
	}
	sound(t, to, keys, casetest.Engines())
}
