package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/search"
)

// maxBatch is how many bytes a list of queries can have.
const maxBatch = 16 << 20

// batch is a list of queries and where their answers go.
type batch struct {
	leaving
	file   string
	since  int64
	csv    bool
	output string
}

func (b *batch) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&b.file, "batch", "", "ask every query of this CSV `FILE`, the first column of each line; - reads standard input")
	cmd.Flags().Int64Var(&b.since, "new-since", 0, "only pages read after reading `N`, the as_of of an earlier batch")
	cmd.Flags().BoolVar(&b.csv, "csv", false, "give a batch's hits as CSV")
	cmd.Flags().StringVar(&b.output, "output", "", "write a batch's answers to a new `FILE` instead of standard output")
	b.leaving.flags(cmd)
}

// asking is one line of a batch.
type asking struct {
	line    int
	typed   string
	carried []string
}

// answer is what one line of a batch gives; docs/json.md.
type answer struct {
	Line      int      `json:"line"`
	Query     string   `json:"query"`
	Columns   []string `json:"columns"`
	AsOf      int64    `json:"as_of"`
	Total     int      `json:"total"`
	Exact     int      `json:"total_exact"`
	Expanded  int      `json:"total_expanded"`
	NotLooked int      `json:"not_looked"`
	Hits      []hit    `json:"hits"`
	Error     string   `json:"error"`
	Hint      string   `json:"hint"`
	At        int      `json:"at"` // character of the query that the error is at, from 1; 0 for none
}

func (b *batch) run(ctx context.Context, c *console, u *unlocking, dir string, i inquiry) error {
	lines, err := b.lines(c)
	if err != nil {
		return err
	}
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.withIndex(ctx, c, archive.ToRead); err != nil {
		return err
	}
	bad := 0
	fill := func(w io.Writer) error {
		bad, err = b.answers(ctx, c, d, w, lines, i)
		return err
	}
	s := sheet{what: "search results"}
	if b.output != "" {
		err = b.toFile(ctx, c, d, s, b.output, false, fill)
	} else {
		err = b.toOutput(ctx, c, d, s, true, fill)
	}
	if err == nil && bad > 0 {
		c.say("%d of %d queries could not be answered; each says why in its line", bad, len(lines))
		return errFailures
	}
	return err
}

// lines reads the queries.
func (b *batch) lines(c *console) ([]asking, error) {
	in := c.in
	if b.file != "-" {
		f, err := os.Open(b.file)
		if err != nil {
			return nil, errors.New("the file of queries cannot be opened")
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxBatch+1))
	if err != nil {
		return nil, errors.New("the queries cannot be read")
	}
	if len(text) > maxBatch {
		return nil, vidimus.WithHint(errors.New("the list of queries is longer than 16 MiB"), "ask it in parts")
	}
	return parseBatch(string(text)), nil
}

// parseBatch reads one query a line. A line that is no CSV is a query as it
// stands: quotation marks in queries need no doubling then.
func parseBatch(text string) (all []asking) {
	text = strings.TrimPrefix(text, "\uFEFF")
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if strings.TrimSpace(line) == "" {
			continue
		}
		a := asking{line: n + 1, typed: line, carried: []string{}}
		if record, err := csv.NewReader(strings.NewReader(line)).Read(); err == nil && len(record) > 0 {
			a.typed, a.carried = record[0], record[1:]
		}
		all = append(all, a)
	}
	return all
}

// answers asks every query and writes what it gives. It counts those that
// cannot be answered.
func (b *batch) answers(ctx context.Context, c *console, d *desk, w io.Writer, lines []asking, i inquiry) (bad int, err error) {
	asOf, err := newestReading(ctx, d)
	if err != nil {
		return 0, err
	}
	out := b.writer(w, carriedMost(lines))
	i.since = b.since
	for _, a := range lines {
		one := answer{Line: a.line, Query: a.typed, Columns: a.carried, AsOf: asOf, Hits: []hit{}}
		_, found, err := i.ask(ctx, c, d, a.typed)
		at, wrong := search.AtCharacter(err)
		switch {
		case wrong:
			one.Error, one.Hint, one.At = err.Error(), vidimus.HintOf(err), at+1
			bad++
		case err != nil:
			return bad, err
		default:
			r := resultsOf(found)
			one.Total, one.Exact, one.Expanded, one.NotLooked, one.Hits = r.Total, r.Exact, r.Expanded, r.NotLooked, r.Hits
		}
		if err := out.put(one); err != nil {
			return bad, err
		}
	}
	return bad, out.flush()
}

// carriedMost gives how many further columns the longest line has.
func carriedMost(lines []asking) (most int) {
	for _, a := range lines {
		most = max(most, len(a.carried))
	}
	return most
}

// newestReading gives the number of the newest reading of the case.
func newestReading(ctx context.Context, d *desk) (newest int64, err error) {
	err = d.View(ctx, func(tx archive.Tx) error {
		for {
			some, err := tx.Readings().All(newest, 5000)
			if err != nil || len(some) == 0 {
				return err
			}
			newest = some[len(some)-1].Number
		}
	})
	return newest, err
}

// answerWriter writes answers in one form.
type answerWriter struct {
	put   func(answer) error
	flush func() error
}

func (b *batch) writer(w io.Writer, carried int) answerWriter {
	if !b.csv {
		buffered := bufio.NewWriter(w)
		encoder := json.NewEncoder(buffered)
		encoder.SetEscapeHTML(false)
		return answerWriter{func(a answer) error { return encoder.Encode(a) }, buffered.Flush}
	}
	rows := csv.NewWriter(w)
	header := []string{"line", "query", "total", "total_exact", "total_expanded", "error", "at", "hit", "item", "path", "reading", "page", "snippet", "as_of", "not_looked"}
	for n := range carried {
		header = append(header, "column "+strconv.Itoa(n+2))
	}
	first := true
	return answerWriter{func(a answer) error {
		if first {
			first = false
			if err := rows.Write(header); err != nil {
				return err
			}
		}
		return errors.Join(rows.WriteAll(rowsOf(a, carried)), rows.Error())
	}, func() error { rows.Flush(); return rows.Error() }}
}

// rowsOf gives a row for each hit of an answer, or one without a hit.
func rowsOf(a answer, carried int) (rows [][]string) {
	row := func(hit ...string) {
		r := []string{strconv.Itoa(a.Line), a.Query, strconv.Itoa(a.Total), strconv.Itoa(a.Exact), strconv.Itoa(a.Expanded), a.Error, strconv.Itoa(a.At)}
		r = append(append(r, hit...), strconv.FormatInt(a.AsOf, 10), strconv.Itoa(a.NotLooked))
		r = append(append(r, a.Columns...), make([]string, carried-len(a.Columns))...)
		for i := range r {
			r[i] = unformulaic(r[i])
		}
		rows = append(rows, r)
	}
	for i, h := range a.Hits {
		row(strconv.Itoa(i+1), string(h.Item), h.Path, strconv.FormatInt(h.Reading, 10), strconv.Itoa(h.Page), h.Snippet)
	}
	if len(a.Hits) == 0 {
		row("", "", "", "", "", "")
	}
	return rows
}

// unformulaic puts an apostrophe before what a spreadsheet would work out
// instead of showing.
func unformulaic(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}
