package archive_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/casetest"
)

// The time between a commit and the head that names it is the only one in
// which a commit can be taken back unnoticed.
func TestTheWindowBetweenCommitAndHead(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	note(t, c)
	var took []time.Duration
	for range 200 {
		began := time.Now()
		if err := c.ReplaceHead(); err != nil {
			t.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	t.Logf("from commit to head, 200 times: median %v, longest %v", took[100], took[199])
}

// rowsOfFile is how many rows one file of the case below makes: itself, its
// original, its log entry's leaf and body, and two hashes.
const rowsOfFile = 6

func TestOpeningALargeCaseIsFast(t *testing.T) {
	rows := 30_000
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rows = 1_000_000
	}
	dir, keys := casetest.Make(t)
	fillRows(t, dir, keys, rows/rowsOfFile)
	info, err := os.Stat(filepath.Join(dir, "records.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rows, %d MB of records", rows, info.Size()>>20)
	for _, mode := range []archive.Mode{archive.ToRead, archive.ToWrite} {
		began := time.Now()
		c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), mode)
		took := time.Since(began)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("opened (to write: %v) in %v", mode, took)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	c := casetest.Open(t, dir, keys)
	note(t, c)
	began := time.Now()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("closed after one short write, with a new seal, in %v", time.Since(began))
	began = time.Now()
	a := archive.AuditFiles(dir, keys, walk)
	took := time.Since(began)
	t.Logf("its files audited in %v: %.2f GB/s", took, float64(info.Size())/1e9/took.Seconds())
	if len(a.Findings) > 0 {
		t.Errorf("%+v", a.Findings)
	}
}

func fillRows(t *testing.T, dir string, keys casetest.Keys, files int) {
	t.Helper()
	c := casetest.Open(t, dir, keys)
	const batch = 5000
	for from := 0; from < files; from += batch {
		err := c.Do(t.Context(), func(w *archive.Work) error {
			if from == 0 {
				if err := w.Files().AddSource(vidimus.Source{Number: 1}); err != nil {
					return err
				}
			}
			for i := from; i < min(from+batch, files); i++ {
				if err := fillRow(c, w, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

func fillRow(c *archive.Case, w *archive.Work, i int) error {
	content := fmt.Appendf(nil, "%0400d", i)
	o := archive.NewSmall(content, "")
	o.Blob = c.BlobName(o.Digest)
	if err := w.Originals().Put(o); err != nil {
		return err
	}
	item := vidimus.ItemID(fmt.Sprintf("item%012d", i))
	w.Register(custody.Entry{Kind: custody.Receive, Fields: map[string]any{"item": string(item), "source": 1}})
	return w.Files().Put(vidimus.File{Item: item, Source: 1, Path: fmt.Sprintf("folder/%d.txt", i),
		Bytes: int64(len(content)), Digest: o.Digest, State: vidimus.Read})
}
