package fts

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"path"

	"github.com/ncruces/go-sqlite3"

	"vidimus/search"
)

// registerFunctions brings to a connection what SQL cannot say.
func registerFunctions(c *sqlite3.Conn) error {
	return errors.Join(
		c.CreateFunction("dated", 3, sqlite3.DETERMINISTIC, dated),
		c.CreateWindowFunction("tally", 3, 0, func() sqlite3.AggregateFunction {
			return &tally{map[[2]int64]int{}, map[string]int{}}
		}),
		c.CreateWindowFunction("best", 3, 0, func() sqlite3.AggregateFunction { return new(best) }),
	)
}

// dated(dates, first, last) tells whether any of the dates is an answer.
func dated(ctx sqlite3.Context, arg ...sqlite3.Value) {
	first, last := arg[1].Int(), arg[2].Int()
	for _, d := range decodeDates(arg[0].RawBlob()) {
		if d.Within(first, last) {
			ctx.ResultBool(true)
			return
		}
	}
	ctx.ResultBool(false)
}

// tally(file, form, dates) counts pages by file and form, and by their dates.
type tally struct {
	cells map[[2]int64]int
	dates map[string]int // by their code
}

func (t *tally) Step(_ sqlite3.Context, arg ...sqlite3.Value) {
	t.cells[[2]int64{arg[0].Int64(), arg[1].Int64()}]++
	if dates := arg[2].RawBlob(); len(dates) > 0 {
		t.dates[string(dates)]++
	}
}

// Value writes how many cells there are, each as file, form and pages, and then
// the dates, each as pages, length and code.
func (t *tally) Value(ctx sqlite3.Context) {
	b := binary.AppendUvarint(nil, uint64(len(t.cells)))
	for cell, n := range t.cells {
		for _, v := range []int64{cell[0], cell[1], int64(n)} {
			b = binary.AppendUvarint(b, uint64(v))
		}
	}
	for dates, n := range t.dates {
		b = binary.AppendUvarint(b, uint64(n))
		b = binary.AppendUvarint(b, uint64(len(dates)))
		b = append(b, dates...)
	}
	ctx.ResultBlob(b)
}

// numbers reads what Value writes.
type numbers struct {
	rest []byte
	bad  bool
}

func (n *numbers) next() int64 {
	v, size := binary.Uvarint(n.rest)
	if size <= 0 {
		n.rest, n.bad = nil, true
		return 0
	}
	n.rest = n.rest[size:]
	return int64(v)
}

// facets tells what a tally has counted.
func (x *Index) facets(ctx context.Context, tx *sql.Tx, counts []byte) (search.Facets, error) {
	files, forms, err := x.known(ctx, tx)
	if err != nil {
		return nil, err
	}
	all := search.NewTally()
	n := numbers{rest: counts}
	for range n.next() {
		f, form, pages := files[n.next()], forms[n.next()], int(n.next())
		all.AddFile(f.mediaType, f.state, f.folders, pages)
		all.AddForm(form, pages)
	}
	for len(n.rest) > 0 {
		pages, length := int(n.next()), n.next()
		if length > int64(len(n.rest)) {
			n.bad = true
			break
		}
		all.AddDates(decodeDates(n.rest[:length]), pages)
		n.rest = n.rest[length:]
	}
	if n.bad {
		return nil, errors.New("the tally cannot be read")
	}
	return all.Facets(), nil
}

// knownFile is what facets need of a file.
type knownFile struct {
	mediaType, state string
	folders          []search.FolderName
}

// knownFiles keeps what was read of files and forms, until the index changes.
type knownFiles struct {
	position int64
	files    map[int64]knownFile
	forms    map[int64]search.Facts
}

func (x *Index) known(ctx context.Context, tx *sql.Tx) (map[int64]knownFile, map[int64]search.Facts, error) {
	var position int64
	if err := tx.QueryRowContext(ctx, `SELECT position FROM state`).Scan(&position); err != nil {
		return nil, nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.told.files != nil && x.told.position == position {
		return x.told.files, x.told.forms, nil
	}
	k := knownFiles{position, map[int64]knownFile{}, map[int64]search.Facts{}}
	folders := map[string][]search.FolderName{} // of files of one folder, once
	_, err := collect(ctx, tx, `SELECT file, path, type, state FROM files`, nil, func(rows *sql.Rows) (none struct{}, err error) {
		var file int64
		var f knownFile
		var name string
		err = rows.Scan(&file, &name, &f.mediaType, &f.state)
		dir := path.Dir(name)
		if _, done := folders[dir]; !done {
			folders[dir] = search.FolderNames(name)
		}
		f.folders = folders[dir]
		k.files[file] = f
		return none, err
	})
	if err != nil {
		return nil, nil, err
	}
	if k.forms, err = formsOf(ctx, tx); err != nil {
		return nil, nil, err
	}
	x.told = k
	return k.files, k.forms, nil
}

func formsOf(ctx context.Context, tx *sql.Tx) (map[int64]search.Facts, error) {
	forms := map[int64]search.Facts{}
	_, err := collect(ctx, tx, `SELECT form, reading, language FROM forms`, nil, func(rows *sql.Rows) (none struct{}, err error) {
		var form int64
		var f search.Facts
		err = rows.Scan(&form, &f.Reading, &f.Language)
		forms[form] = f
		return none, err
	})
	return forms, err
}

// encodeDates writes dates as numbers: the first day, twice how much later the
// last is written, and whether it is a span.
func encodeDates(dates []search.Days) []byte {
	var b []byte
	for _, d := range dates {
		b = binary.AppendUvarint(b, uint64(d.First))
		span := uint64(d.Last-d.First) << 1
		if d.Whole {
			span |= 1
		}
		b = binary.AppendUvarint(b, span)
	}
	return b
}

func decodeDates(b []byte) (dates []search.Days) {
	for len(b) > 0 {
		first, n := binary.Uvarint(b)
		span, m := binary.Uvarint(b[max(n, 0):])
		if n <= 0 || m <= 0 {
			return dates
		}
		b = b[n+m:]
		dates = append(dates, search.Days{First: int(first), Last: int(first + span>>1), Whole: span&1 > 0})
	}
	return dates
}
