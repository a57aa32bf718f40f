package web

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vidimus/read"
)

// grid is a section of a sheet, cell by cell: what it shows, what it holds,
// and what the source does not show.
type grid struct {
	Sheet   line
	Columns []string
	Rows    []gridRow
	Hidden  bool // all of it is hidden in the source
	Cut     bool // there are more hidden parts than were looked at
}

type gridRow struct {
	Number int
	Hidden bool // only cells that the source does not show
	Cells  []gridCell
}

// gridCell is a cell; an empty one has no address.
type gridCell struct {
	At      string
	Shown   line
	Raw     line // what it holds, where that is not what it shows
	Formula line
	Hidden  bool
}

// cellAt is how readers begin a cell, and formula how they give what computes
// one; both follow the sheet's name where the source does not show them.
var (
	cellAt  = regexp.MustCompile(`^([A-Z]{1,3})([0-9]{1,7}): ?`)
	formula = regexp.MustCompile(`^([A-Z]{1,3})([0-9]{1,7}) =`)
	rowAt   = regexp.MustCompile(`^row ([0-9]{1,9}):$`)
)

// Bounds of a grid: a hostile sheet may name any cell.
const (
	maxColumns = 200
	maxCells   = 20_000
)

// tabular reports a file whose sections are rows of cells.
func tabular(mediaType string) bool {
	return slices.Contains([]string{read.TypeXlsx, read.TypeOds, read.TypeCSV, read.TypeTSV}, mediaType)
}

// cell is a cell as the words of a section give it.
type cell struct {
	row, column    int
	start, end     int // of its words in the text
	rawFrom, rawTo int // of these, what it holds; equal where nothing else
}

// cells reads the words of a section of a sheet. They must come in the order of
// rows and columns: what does not is a part of the cell before, as are further
// lines of a cell.
func cells(text string) (all []cell, name string) {
	start := 0
	for l := range strings.Lines(text) {
		at := start
		start += len(l)
		for i, field := range strings.Split(strings.TrimSuffix(l, "\n"), "\t") {
			if m := rowAt.FindStringSubmatch(field); m != nil && i == 0 {
				all = append(all, tableRow(text, at+len(field), at+len(strings.TrimSuffix(l, "\n")), m[1])...)
				break
			}
			m := cellAt.FindStringSubmatch(field)
			switch c := addressed(m); {
			case m != nil && (len(all) == 0 || after(c, all[len(all)-1])):
				c.start, c.end = at+len(m[0]), at+len(field)
				all = append(all, c)
			case len(all) > 0:
				all[len(all)-1].end = at + len(field)
			case name == "":
				name = field
			}
			at += len(field) + 1
		}
		if len(all) > maxCells {
			return nil, ""
		}
	}
	for i := range all {
		all[i].split(text)
	}
	return all, name
}

// tableRow is a row of a table in text, whose values have no addresses.
func tableRow(text string, start, end int, number string) (all []cell) {
	row, _ := strconv.Atoi(number)
	for column := 1; start < end; column++ {
		start++ // the tab
		value, _, _ := strings.Cut(text[start:end], "\t")
		if value != "" {
			all = append(all, cell{row: row, column: column, start: start, end: start + len(value)})
		}
		start += len(value)
	}
	return all
}

func addressed(m []string) (c cell) {
	if m == nil {
		return c
	}
	for _, letter := range m[1] {
		c.column = c.column*26 + int(letter-'A') + 1
	}
	c.row, _ = strconv.Atoi(m[2])
	return c
}

func after(a, b cell) bool { return a.row > b.row || a.row == b.row && a.column > b.column }

// split finds what the cell holds: a number in brackets after what it shows.
func (c *cell) split(text string) {
	words := text[c.start:c.end]
	open := strings.LastIndex(words, " [")
	if open < 0 || !strings.HasSuffix(words, "]") {
		return
	}
	if _, err := strconv.ParseFloat(words[open+2:len(words)-1], 64); err == nil {
		c.rawFrom, c.rawTo = c.start+open+2, c.end-1
		c.end = c.start + open
	}
}

// gridOf lays out the cells of a section; nil where its words are no cells.
func gridOf(text string, lit []Range) *grid {
	all, name := cells(text)
	if len(all) == 0 {
		return nil
	}
	g := &grid{Sheet: plainLine(name)}
	for _, c := range all {
		to := g.at(c.row, c.column)
		if to == nil {
			return nil
		}
		to.Shown = cellLine(text, c.start, c.end, lit)
		if c.rawTo > c.rawFrom {
			to.Raw = cellLine(text, c.rawFrom, c.rawTo, lit)
		}
	}
	return g
}

// cellLine is what stands in a cell; a cell may have several lines.
func cellLine(text string, start, end int, lit []Range) line {
	l := line{Dir: direction(text[start:end])}
	for i, one := range lines(text[start:end], within(lit, start, end)) {
		if i > 0 {
			l.Parts = append(l.Parts, part{Text: "\n"})
		}
		l.Parts = append(l.Parts, one.Parts...)
	}
	return l
}

// within gives the ranges that touch [start, end), counted from start.
func within(lit []Range, start, end int) (some []Range) {
	for _, r := range lit {
		if r.Start < end && r.End > start {
			some = append(some, Range{max(r.Start, start) - start, min(r.End, end) - start})
		}
	}
	return some
}

// at gives a cell, making its row and the cells before it; nil for one too far
// out to be shown.
func (g *grid) at(row, column int) *gridCell {
	if column < 1 || column > maxColumns {
		return nil
	}
	i, found := slices.BinarySearchFunc(g.Rows, row, func(r gridRow, n int) int { return r.Number - n })
	if !found {
		g.Rows = slices.Insert(g.Rows, i, gridRow{Number: row})
	}
	r := &g.Rows[i]
	for len(r.Cells) < column {
		r.Cells = append(r.Cells, gridCell{})
	}
	c := &r.Cells[column-1]
	c.At = columnName(column) + strconv.Itoa(row)
	return c
}

// addHidden adds the lines of a hidden reading that are about this sheet and
// lie between its rows.
func (g *grid) addHidden(text string, name string, from, to int) {
	for l := range strings.Lines(text) {
		rest, ours := strings.CutPrefix(strings.TrimSuffix(l, "\n"), name+" ")
		if !ours {
			continue
		}
		if m := formula.FindStringSubmatch(rest); m != nil {
			if c := addressed(m); c.row >= from && c.row <= to {
				if shown := g.at(c.row, c.column); shown != nil {
					shown.Formula = plainLine(rest[len(m[0])-1:])
				}
			}
			continue
		}
		all, _ := cells(rest)
		for _, c := range all {
			if c.row < from || c.row > to {
				continue
			}
			if shown := g.at(c.row, c.column); shown != nil {
				shown.Shown, shown.Hidden = cellLine(rest, c.start, c.end, nil), true
				if c.rawTo > c.rawFrom {
					shown.Raw = cellLine(rest, c.rawFrom, c.rawTo, nil)
				}
			}
		}
	}
}

// finish makes all rows equally long and names the columns.
func (g *grid) finish() {
	widest := 0
	for _, r := range g.Rows {
		widest = max(widest, len(r.Cells))
	}
	for i := range g.Rows {
		r := &g.Rows[i]
		for len(r.Cells) < widest {
			r.Cells = append(r.Cells, gridCell{})
		}
		r.Hidden = !slices.ContainsFunc(r.Cells, func(c gridCell) bool { return c.At != "" && !c.Hidden })
	}
	for n := range widest {
		g.Columns = append(g.Columns, columnName(n+1))
	}
}

func columnName(n int) (s string) {
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
