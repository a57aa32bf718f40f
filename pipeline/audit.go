package pipeline

import (
	"context"
	"errors"

	"vidimus/archive"
	"vidimus/search"
)

// ErrNoIndex is returned for an index that is not there, not finished, or of
// an earlier version of the text analysis: it is built at the next search.
var ErrNoIndex = errors.New("the index must be built")

// SoundIndex is an index that can look for damage inside itself.
type SoundIndex interface {
	search.Index
	Check(ctx context.Context) error
}

// Look is how a whole case is audited.
type Look struct {
	Engines archive.Engines
	Walk    archive.Walk
	// Index opens the case's index to read, or gives ErrNoIndex.
	Index  func(*archive.Case) (SoundIndex, error)
	Stub   string // of the log, kept elsewhere; empty when there is none
	Report archive.Report
}

// Audit looks at everything in the case in dir: its files, its content, its
// index, and whether it continues the stub.
func Audit(ctx context.Context, dir string, keys archive.Keys, l Look) (archive.Audit, error) {
	bringHome(ctx, dir, keys, l)
	a := archive.AuditInTurn(dir, keys, l.Walk, l.Report)
	c, err := archive.Open(ctx, dir, keys, l.Engines, archive.ToRead)
	if err != nil {
		a.Findings = append(a.Findings, archive.Finding{File: fileAtFault(err), What: "the case does not open: " + err.Error()})
		return a, ctx.Err()
	}
	defer c.Close()
	content, err := c.AuditReporting(ctx, l.Report)
	if err != nil {
		return a, err
	}
	a.Add(content)
	if err := auditIndex(ctx, c, l, &a); err != nil || l.Stub == "" {
		return a, err
	}
	against, err := c.Against(ctx, l.Stub)
	a.Add(against)
	return a, err
}

// bringHome opens and closes the databases: the last to leave takes what a
// killed writer left in a write-ahead log into the files. What fails here is
// named when it is opened again.
func bringHome(ctx context.Context, dir string, keys archive.Keys, l Look) {
	e := l.Engines
	e.Seen = archive.Seen{}
	c, err := archive.Open(ctx, dir, keys, e, archive.ToRead)
	if err != nil {
		return
	}
	if index, err := l.Index(c); err == nil {
		index.Close()
	}
	c.Close()
}

// fileAtFault is the file of the folder that keeps a case from opening.
func fileAtFault(err error) string {
	if errors.Is(err, archive.ErrOlder) || errors.Is(err, archive.ErrForked) {
		return "."
	}
	return "records.db"
}

// auditIndex tells whether the index belongs to the records. It is derived: an
// older one is named and mended, a damaged one alarms.
func auditIndex(ctx context.Context, c *archive.Case, l Look, a *archive.Audit) error {
	const file = "index.db"
	alarm := func(what string) { a.Findings = append(a.Findings, archive.Finding{File: file, What: what}) }
	index, err := l.Index(c)
	if errors.Is(err, ErrNoIndex) {
		a.Notes = append(a.Notes, archive.Finding{File: file, What: "there is no finished index of this version; the next search builds it"})
		return ctx.Err()
	} else if err != nil {
		alarm("the index does not open: " + err.Error())
		return ctx.Err()
	}
	defer index.Close()
	behind, err := Behind(ctx, c, index)
	if err == nil {
		err = index.Check(ctx)
	}
	switch {
	case err != nil:
		alarm("the index is damaged inside; `vidimus index rebuild CASE` makes it anew")
	case behind != 0:
		a.Notes = append(a.Notes, archive.Finding{File: file, What: "the index is older than the records; the next search brings it up to date"})
	case a.IndexDiffers:
		alarm("the index is not the one that was there when the case was closed; `vidimus index rebuild CASE` makes it anew")
	}
	a.Checked = append(a.Checked, archive.Audited{Part: "index", Count: 1})
	return ctx.Err()
}
