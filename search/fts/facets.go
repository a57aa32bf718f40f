package fts

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"

	"github.com/ncruces/go-sqlite3"

	"vidimus/search"
)

// registerFunctions brings to a connection what SQL cannot say of dates.
func registerFunctions(c *sqlite3.Conn) error {
	return errors.Join(
		c.CreateFunction("dated", 3, sqlite3.DETERMINISTIC, dated),
		c.CreateWindowFunction("tally", 3, 0, func() sqlite3.AggregateFunction {
			return &tally{Cells: map[[2]int64]int{}, dates: map[string]int{}}
		}),
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
	Cells map[[2]int64]int
	dates map[string]int // by their code
}

func (t *tally) Step(_ sqlite3.Context, arg ...sqlite3.Value) {
	t.Cells[[2]int64{arg[0].Int64(), arg[1].Int64()}]++
	if dates := arg[2].RawBlob(); len(dates) > 0 {
		t.dates[string(dates)]++
	}
}

// counted is a tally on its way out of SQL.
type counted struct {
	Cells [][3]int64 // file, form, pages
	Dates []dateCount
}

type dateCount struct {
	Dates []byte
	Pages int
}

func (t *tally) Value(ctx sqlite3.Context) {
	var c counted
	for cell, n := range t.Cells {
		c.Cells = append(c.Cells, [3]int64{cell[0], cell[1], int64(n)})
	}
	for dates, n := range t.dates {
		c.Dates = append(c.Dates, dateCount{[]byte(dates), n})
	}
	b, err := json.Marshal(c)
	if err != nil {
		ctx.ResultError(errors.New("the tally cannot be written"))
		return
	}
	ctx.ResultBlob(b)
}

// facets counts all pages that match.
func (p plan) facets(ctx context.Context, tx *sql.Tx) (search.Facets, error) {
	query, args := p.statement(`tally(about.file, about.form, about.dates)`, facts, ``)
	var b []byte
	var c counted
	if err := tx.QueryRowContext(ctx, query, args...).Scan(&b); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &c); err != nil {
		return nil, errors.New("the tally cannot be read")
	}
	forms, err := formsOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	all := search.NewTally()
	if err := addFiles(ctx, tx, all, c.Cells, forms); err != nil {
		return nil, err
	}
	for _, d := range c.Dates {
		all.AddDates(decodeDates(d.Dates), d.Pages)
	}
	return all.Facets(), nil
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

// addFiles adds the cells with what their files are.
func addFiles(ctx context.Context, tx *sql.Tx, all search.Tally, cells [][3]int64, forms map[int64]search.Facts) error {
	get, err := tx.PrepareContext(ctx, `SELECT path, type, state FROM files WHERE file = ?`)
	if err != nil {
		return err
	}
	defer get.Close()
	for _, c := range cells {
		f := forms[c[1]]
		err := get.QueryRowContext(ctx, c[0]).Scan(&f.Path, &f.Type, &f.State)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		all.Add(f, int(c[2]))
	}
	return nil
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
