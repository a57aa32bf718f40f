package archive

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"

	"vidimus"
)

// Checking is what records can do that can look at their own structure: that
// rows, their indexes and what they refer to belong together.
type Checking interface {
	Check(ctx context.Context) error
}

// AuditContent looks at an open case: log, records, originals. What cannot be
// read is a finding; only the end of ctx is an error.
func (c *Case) AuditContent(ctx context.Context) (Audit, error) {
	return c.AuditReporting(ctx, nil)
}

// AuditReporting is AuditContent that tells how far it is.
func (c *Case) AuditReporting(ctx context.Context, report Report) (Audit, error) {
	a := &auditor{Case: c, report: report}
	a.NotChecked = NotYetChecked
	items := map[vidimus.Digest]vidimus.ItemID{}
	if records, ok := c.records.(Checking); ok {
		a.tell("the structure of the records", 0, 1)
		a.part(ctx, records.Check(ctx))
	}
	a.part(ctx, c.View(ctx, a.log))
	a.part(ctx, c.View(ctx, func(tx Tx) error { return a.items(tx, items) }))
	a.part(ctx, a.originals(ctx, items))
	return a.Audit, ctx.Err()
}

// part takes down what ended a part of the look before its end.
func (a *auditor) part(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		a.find(recordsFile, "", "%v", err)
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
			if _, said := a.disposed[f.Item]; f.State == vidimus.Disposed && !said {
				a.find(recordsFile, f.Item, "the item is marked as disposed of, and nobody has disposed of it")
			}
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
	total := 0
	if err := a.View(ctx, func(tx Tx) (err error) {
		total, err = tx.Originals().Count()
		return err
	}); err != nil {
		return err
	}
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
			a.tell("originals", n, int64(total))
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
	return blobsFolder + "/" + string(o.Blob[:min(2, len(o.Blob))]) + "/" + string(o.Blob)
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
	if errors.Is(err, ErrNotFound) {
		return errors.New("is gone")
	} else if err != nil {
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
