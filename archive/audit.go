package archive

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidimus"
	"vidimus/custody"
)

// Finding is something in a case that is not as it was written.
type Finding struct {
	File string         `json:"file"`           // of the case folder, relative
	Item vidimus.ItemID `json:"item,omitempty"` // whose content it concerns
	What string         `json:"what"`
}

// Audited counts what was looked at.
type Audited struct {
	Part  string `json:"part"`
	Count int64  `json:"count"`
}

// Audit is the account of one look over a whole case.
type Audit struct {
	Checked    []Audited `json:"checked"`
	Findings   []Finding `json:"findings"`
	NotChecked []string  `json:"not_checked"`
	// LeftOver counts originals that no record knows: a killed add leaves
	// such, and the next one removes them.
	LeftOver int `json:"left_over"`
}

// NotYetChecked is what an audit of this version does not look at.
var NotYetChecked = []string{
	"whether the whole folder was put back from an earlier day: nothing inside it can tell",
	"key files that were put back from an earlier day",
	"settings, jobs and the outbox, beyond their pages being whole",
}

// Walk reads every page of one encrypted database and calls bad for each that
// does not check; it gives how many pages there are.
type Walk func(path string, key [32]byte, bad func(page int64)) (int64, error)

type auditor struct {
	*Case
	Audit
}

func (a *auditor) find(file string, item vidimus.ItemID, what string, args ...any) {
	a.Findings = append(a.Findings, Finding{file, item, fmt.Sprintf(what, args...)})
}

func (a *auditor) count(part string, n int64) { a.Checked = append(a.Checked, Audited{part, n}) }

// AuditFiles looks at a case that may not open: its folder, its head and the
// pages of its databases.
func AuditFiles(dir string, keys Keys, walk Walk) Audit {
	a := &auditor{Case: &Case{dir: dir, keys: keys}}
	if _, err := ReadFormat(dir); err != nil {
		a.find(formatFile, "", "%v", err)
	}
	if _, err := readHead(dir, keys.Head()); err != nil {
		a.find(headFile, "", "%v", err)
	}
	a.folder()
	for _, db := range []struct {
		name string
		key  [32]byte
	}{{recordsFile, keys.Records()}, {indexFile, keys.Index()}} {
		a.walk(db.name, db.key, walk)
	}
	return a.Audit
}

func (a *auditor) walk(name string, key [32]byte, walk Walk) {
	pages, err := walk(filepath.Join(a.dir, name), key, func(page int64) {
		a.find(name, "", "page %d does not check", page)
	})
	if errors.Is(err, fs.ErrNotExist) && name == indexFile {
		return // derived: it is built again at the next opening
	} else if err != nil {
		a.find(name, "", "cannot be read as a database: %v", err)
	}
	a.count("pages of "+name, pages)
}

// expected are the names at the top of a case folder.
var expected = []string{formatFile, headFile, lockFile, keysFolder, blobsFolder,
	recordsFile, recordsFile + "-wal", recordsFile + "-shm", indexFile, indexFile + "-wal", indexFile + "-shm"}

// folder names what is in the case's folder and does not belong there.
func (a *auditor) folder() {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		a.find(".", "", "cannot be listed")
	}
	for i, e := range entries {
		if old := e.IsDir() && strings.HasPrefix(e.Name(), beforeFormat); !old && !slices.Contains(expected, e.Name()) {
			a.find(".", "", "entry %d of the folder, in the order of names, does not belong to a case", i+1)
		}
	}
	keys, err := os.ReadDir(filepath.Join(a.dir, keysFolder))
	if err != nil || len(keys) == 0 {
		a.find(keysFolder, "", "holds no way into the case")
	}
	for i, k := range keys {
		if !strings.HasSuffix(k.Name(), ".age") || !k.Type().IsRegular() {
			a.find(keysFolder, "", "entry %d, in the order of names, is no key file", i+1)
		}
	}
}

// AuditContent looks at an open case: log, records, originals.
func (c *Case) AuditContent(ctx context.Context) (Audit, error) {
	a := &auditor{Case: c}
	a.NotChecked = NotYetChecked
	items := map[vidimus.Digest]vidimus.ItemID{}
	err := c.View(ctx, func(tx Tx) error {
		if err := a.log(tx); err != nil {
			return err
		}
		return a.items(tx, items)
	})
	if err != nil {
		return a.Audit, err
	}
	return a.Audit, a.originals(ctx, items)
}

// log verifies the tree and holds the bodies against the rows they fix.
func (a *auditor) log(tx Tx) error {
	if err := custody.Verify(tx.Log()); err != nil {
		a.find(recordsFile, "", "the custody log does not verify: %v", err)
	}
	if err := a.against(tx, a.head); err != nil {
		a.find(recordsFile, "", "%v", err)
	}
	size, err := tx.Log().Size()
	if err != nil {
		return err
	}
	for i := range size {
		e, err := custody.ReadBody(tx.Log(), i)
		if errors.Is(err, ErrNotFound) {
			continue // disposed of; the leaf stays
		} else if err != nil {
			a.find(recordsFile, "", "log entry %d: %v", i, err)
			continue
		}
		a.entry(tx, i, e)
	}
	a.count("log entries", size)
	return nil
}

// entry checks what one log body says against the rows of today.
func (a *auditor) entry(tx Tx, i int64, e custody.Entry) {
	item := vidimus.ItemID(text(e, "item"))
	switch e.Kind {
	case custody.Receive:
		if item == "" {
			a.arrival(tx, i, e)
			return
		}
		f, err := tx.Files().Get(item)
		if err != nil {
			a.find(recordsFile, item, "log entry %d received an item that is not in the records", i)
			return
		}
		if text(e, "reason") == "" && (text(e, "digest") != Encode(f.Digest[:]) || text(e, "path") != Encode([]byte(f.Path))) {
			a.find(recordsFile, item, "the item's path or digest is not what was received (log entry %d)", i)
		}
	case custody.Derive:
		a.derived(tx, i, item, e)
	}
}

// arrival checks that what was said of a source is about one that is there.
func (a *auditor) arrival(tx Tx, i int64, e custody.Entry) {
	number, _ := e.Fields["source"].(int64)
	sources, err := tx.Files().Sources()
	if err != nil || number < 1 || number > int64(len(sources)) {
		a.find(recordsFile, "", "log entry %d received a source that is not in the records", i)
	}
}

func (a *auditor) derived(tx Tx, i int64, item vidimus.ItemID, e custody.Entry) {
	number, _ := e.Fields["reading"].(int64)
	r, err := tx.Readings().Get(number)
	if err != nil || r.Item != item {
		a.find(recordsFile, item, "log entry %d names a reading that is not in the records", i)
		return
	}
	sum, err := digestOf(tx, number)
	if err != nil || text(e, "digest") != Encode(sum[:]) {
		a.find(recordsFile, item, "the pages of reading %d are not those that were read (log entry %d)", number, i)
	}
}

// Encode is how raw bytes (paths, digests) stand in a log entry.
func Encode(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

func text(e custody.Entry, field string) string {
	s, _ := e.Fields[field].(string)
	return s
}

func digestOf(tx Tx, reading int64) ([32]byte, error) {
	d, after := NewPagesDigest(), 0
	for {
		some, err := tx.Readings().Pages(reading, after, 200)
		if err != nil {
			return [32]byte{}, err
		}
		if len(some) == 0 {
			return d.Sum(), nil
		}
		for _, p := range some {
			after = p.Number
			whole, err := tx.Readings().Page(reading, p.Number)
			if err != nil {
				return [32]byte{}, err
			}
			d.Add(whole)
		}
	}
}

// items checks that every item's content has an original, and that the
// arithmetic holds.
func (a *auditor) items(tx Tx, items map[vidimus.Digest]vidimus.ItemID) error {
	var after, n int64
	for {
		some, err := tx.Files().List(after, 500)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			break
		}
		for _, f := range some {
			after, n = f.Order, n+1
			if f.Digest == (vidimus.Digest{}) {
				continue
			}
			if _, known := items[f.Digest]; !known {
				items[f.Digest] = f.Item
			}
			if _, err := tx.Originals().Get(f.Digest); err != nil {
				a.find(recordsFile, f.Item, "the item has no original")
			}
		}
	}
	counts, err := tx.Files().Counts()
	if err == nil && (!counts.True() || int64(counts.Seen) != n) {
		a.find(recordsFile, "", "the arithmetic of the files does not hold")
	}
	a.count("items", n)
	return err
}

// originals reads every blob whole and compares its digest.
func (a *auditor) originals(ctx context.Context, items map[vidimus.Digest]vidimus.ItemID) error {
	known := map[BlobName]bool{}
	var n int64
	for after := BlobName(""); ; {
		var some []Original
		err := a.View(ctx, func(tx Tx) (err error) {
			some, err = tx.Originals().List(after, 500)
			return err
		})
		if err != nil {
			return err
		}
		if len(some) == 0 {
			break
		}
		for _, o := range some {
			if err := ctx.Err(); err != nil {
				return err
			}
			after, n, known[o.Blob] = o.Blob, n+1, true
			if err := a.original(ctx, o); err != nil {
				a.find(fileOf(o), items[o.Digest], "%v", err)
			}
		}
	}
	a.count("originals", n)
	return a.Blobs.List(func(name BlobName, _ int64) error {
		if !known[name] {
			a.LeftOver++
		}
		return nil
	})
}

// fileOf is the file of the case folder that holds an original.
func fileOf(o Original) string {
	if o.Format == InRecords {
		return recordsFile
	}
	return blobsFolder + "/" + string(o.Blob)
}

func (a *auditor) original(ctx context.Context, o Original) error {
	if o.Format == InRecords {
		err := a.View(ctx, func(tx Tx) (err error) {
			o, err = tx.Originals().Get(o.Digest)
			return err
		})
		if err != nil {
			return err
		}
	}
	r, err := a.OpenOriginal(o)
	if err != nil {
		return err
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(r, 0, r.Size())); err != nil {
		return err
	}
	if vidimus.Digest(h.Sum(nil)) != o.Digest {
		return errors.New("the content is not what was taken in")
	}
	return nil
}
