// Package table reads tables in plain text: values parted by commas,
// semicolons, tabs or bars, in quotes where need be (RFC 4180). The text is kept
// as it stands, but a quoted value loses its quotes; each section holds whole
// rows.
package table

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"

	"vidimus/read"
	"vidimus/read/charset"
	"vidimus/sandbox"
)

// Engine names what a reading was made with.
const Engine = "table 1"

// Bounds of a table: rows of a section; characters of a row, after which the
// next begins, because a quote that nobody closed has no end.
const (
	sectionRows = 40
	maxRow      = 1 << 20
)

// Format reads tables.
func Format() read.Format {
	return read.PartsFormat([]string{read.TypeCSV, read.TypeTSV}, open)
}

func open(f *sandbox.File) (read.Parts, error) {
	c, err := charset.Find(f, f.Size)
	if err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(c.NewDecoder().Reader(io.NewSectionReader(f, 0, f.Size)), 64<<10)
	return read.Stream(func(emit func(read.Part) error) error {
		t := &table{r: r, out: read.NewWriter(emit)}
		return t.read()
	}), nil
}

type table struct {
	r   *bufio.Reader
	out *read.Writer
	sep byte
	row int
}

func (t *table) read() error {
	head, _ := t.r.Peek(16 << 10)
	t.sep = separator(string(head))
	for {
		cells, err := t.next()
		if errors.Is(err, io.EOF) {
			return t.out.End()
		} else if err != nil {
			return err
		}
		t.row++
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		line := "row " + strconv.Itoa(t.row) + ":\t" + strings.Join(cells, "\t") + "\n"
		if err := t.out.Write(read.OwnWords, line); err != nil {
			return err
		}
		if t.row%sectionRows == 0 {
			if err := t.out.Flush(read.OwnWords); err != nil {
				return err
			}
		}
	}
}

// separator is the one that stands most evenly in the first lines.
func separator(head string) byte {
	best, most := byte(','), 0
	lines := strings.Split(head, "\n")
	lines = lines[:min(len(lines), 20)]
	for _, sep := range []byte{'\t', ';', ',', '|'} {
		first := strings.Count(unquoted(lines[0]), string(sep))
		score := 0
		for _, l := range lines {
			if n := strings.Count(unquoted(l), string(sep)); n > 0 && n == first {
				score += 2
			} else if n > 0 {
				score++
			}
		}
		if score > most {
			best, most = sep, score
		}
	}
	return best
}

// unquoted leaves out what stands in quotes.
func unquoted(line string) string {
	var b strings.Builder
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 0 {
			b.WriteString(part)
		}
	}
	return b.String()
}

// next gives the cells of the next row. Line ends within a cell become spaces.
func (t *table) next() ([]string, error) {
	var cells []string
	var cell strings.Builder
	quoted, any, size := false, false, 0
	end := func() {
		cells = append(cells, strings.TrimSpace(cell.String()))
		cell.Reset()
	}
	for {
		c, _, err := t.r.ReadRune()
		if errors.Is(err, io.EOF) && any {
			end()
			return cells, nil
		} else if err != nil {
			return nil, err
		}
		any = true
		if size++; size > maxRow {
			t.r.UnreadRune()
			end()
			return cells, nil
		}
		switch {
		case c == '\ufeff':
		case c == '"' && quoted && t.following('"'):
			cell.WriteByte('"')
			t.r.ReadByte()
		case c == '"' && (quoted || strings.TrimSpace(cell.String()) == ""):
			quoted = !quoted
		case quoted && (c == '\n' || c == '\r' || c == '\t'):
			cell.WriteByte(' ')
		case c == '\r' && t.following('\n'):
		case c == '\n' || c == '\r':
			end()
			return cells, nil
		case c == rune(t.sep) && !quoted:
			end()
		default:
			cell.WriteRune(c)
		}
	}
}

func (t *table) following(c byte) bool {
	b, err := t.r.Peek(1)
	return err == nil && b[0] == c
}
