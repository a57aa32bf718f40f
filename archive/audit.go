package archive

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidimus"
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
	Checked  []Audited `json:"checked"`
	Findings []Finding `json:"findings"`
	// Notes are no alarm: what a stopped program or a derived file explains.
	Notes      []Finding `json:"notes"`
	NotChecked []string  `json:"not_checked"`
	// LeftOver counts files that no record knows: a killed program leaves
	// such, and the next one removes them.
	LeftOver int `json:"left_over"`
	// IndexDiffers tells that the index is sound, page by page, and not the
	// one that was there when the case was closed.
	IndexDiffers bool `json:"-"`
}

// Add takes over what another look has found.
func (a *Audit) Add(b Audit) {
	a.Checked = append(a.Checked, b.Checked...)
	a.Findings = append(a.Findings, b.Findings...)
	a.Notes = append(a.Notes, b.Notes...)
	a.NotChecked = append(a.NotChecked, b.NotChecked...)
	a.LeftOver += b.LeftOver
	a.IndexDiffers = a.IndexDiffers || b.IndexDiffers
}

// NotYetChecked is what an audit cannot tell, however well it looks.
var NotYetChecked = []string{
	"whether the whole folder was put back from an earlier day, unless this machine has seen a newer one or --against names a newer stub",
	"whether somebody who has the keys wrote the case anew: only a stub kept elsewhere tells",
}

// Walk reads every page of one encrypted database and calls bad for each that
// does not check; it gives how many pages there are.
type Walk func(path string, key [32]byte, bad func(page int64)) (int64, error)

// Report tells how far a long look is.
type Report func(part string, done, total int64)

type auditor struct {
	*Case
	Audit
	report Report
	bad    map[string]map[int64]bool // chunks of databases with pages that do not check
	moved  map[vidimus.ItemID]int64  // by item, the log entry that received it under another path
	// disposed has the items that went, with the log entry that says so.
	disposed map[vidimus.ItemID]int64
}

// maxFindings bounds an account: one torn table can spoil every row.
const maxFindings = 1000

func (a *auditor) find(file string, item vidimus.ItemID, what string, args ...any) {
	if len(a.Findings) == maxFindings {
		what, args, file, item = "more than %d things are not as they were written; the rest is not listed", []any{maxFindings}, ".", ""
	} else if len(a.Findings) > maxFindings {
		return
	}
	a.Findings = append(a.Findings, Finding{file, item, fmt.Sprintf(what, args...)})
}

func (a *auditor) note(file, what string, args ...any) {
	a.Notes = append(a.Notes, Finding{File: file, What: fmt.Sprintf(what, args...)})
}

func (a *auditor) count(part string, n int64) { a.Checked = append(a.Checked, Audited{part, n}) }

func (a *auditor) tell(part string, done, total int64) {
	if a.report != nil {
		a.report(part, done, total)
	}
}

// AuditFiles looks at a case that may not open: its folder, its head, its seal
// and the pages of its databases. Nobody may write to it meanwhile.
func AuditFiles(dir string, keys Keys, walk Walk) Audit {
	a := &auditor{Case: &Case{dir: dir, keys: keys}}
	a.folder()
	a.files(walk)
	return a.Audit
}

// AuditInTurn is AuditFiles for a case that others may be using: it waits for
// nobody, and leaves out what cannot be looked at while they write. What a
// killed writer left in a write-ahead log is brought home by opening and
// closing the case and its index before.
func AuditInTurn(dir string, keys Keys, walk Walk, report Report) Audit {
	a := &auditor{Case: &Case{dir: dir, keys: keys}, report: report}
	a.folder()
	l, err := openLock(dir)
	if err == nil { // otherwise nobody can write
		defer l.Close()
	}
	if err == nil && !l.alone(byteSession) {
		a.NotChecked = append(a.NotChecked, "the pages of the databases and the seal: the case is being written to; audit it again when that has ended")
		return a.Audit
	}
	if unfinished(dir) {
		a.NotChecked = append(a.NotChecked, "the pages of the databases: commits still stand in a write-ahead log, because somebody reads or the folder cannot be written")
		return a.Audit
	}
	a.files(walk)
	return a.Audit
}

func (a *auditor) files(walk Walk) {
	if _, err := ReadFormat(a.dir); err != nil {
		a.find(formatFile, "", "%v", err)
	}
	head, err := readHead(a.dir, a.keys.Head())
	if err != nil {
		a.find(headFile, "", "%v", err)
	}
	for _, db := range []struct {
		name string
		key  [32]byte
	}{{recordsFile, a.keys.Records()}, {indexFile, a.keys.Index()}} {
		if db.name == indexFile && head.Seal == ([32]byte{}) && empty(filepath.Join(a.dir, indexFile)) {
			a.note(indexFile, "was being made when the program was stopped; the next search makes it")
			continue
		}
		a.walk(db.name, db.key, walk)
	}
	a.seal(head)
}

func empty(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Size() == 0
}

// expected are the names at the top of a case folder.
var expected = []string{formatFile, headFile, lockFile, sealFile, keysFolder, blobsFolder,
	recordsFile, recordsFile + "-wal", recordsFile + "-shm", indexFile, indexFile + "-wal", indexFile + "-shm",
	rotatingFolder, rotatedFolder, vaultFolder}

// folder names what is in the case's folder and does not belong there.
func (a *auditor) folder() {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		a.find(".", "", "cannot be listed")
	}
	for i, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, newPrefix), name == recordsFile+"-journal", name == indexFile+"-journal":
			a.LeftOver++
		case e.IsDir() && strings.HasPrefix(name, beforeFormat), slices.Contains(expected, name):
		default:
			a.find(".", "", "entry %d of the folder, in the order of names, does not belong to a case", i+1)
		}
	}
	if _, err := os.Lstat(filepath.Join(a.dir, lockFile)); err != nil {
		a.find(lockFile, "", "is gone; it is made again at the next opening")
	}
	a.keysFolder()
}

func (a *auditor) keysFolder() {
	keys, err := os.ReadDir(filepath.Join(a.dir, keysFolder))
	if err != nil || len(keys) == 0 {
		a.find(keysFolder, "", "holds no way into the case")
	}
	for i, k := range keys {
		switch {
		case strings.HasPrefix(k.Name(), newPrefix):
			a.LeftOver++
		case !strings.HasSuffix(k.Name(), keySuffix) || !k.Type().IsRegular():
			a.find(keysFolder, "", "entry %d, in the order of names, is no key file", i+1)
		}
	}
}
