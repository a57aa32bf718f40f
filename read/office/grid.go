package office

import (
	"strconv"
	"strings"

	"vidimus/read"
)

// grid is shown one sheet.
type grid struct {
	out     *read.Writer
	sheet   sheet
	texts   *texts
	formats *formats
	links   map[string]link

	hiddenCols [][2]int
	hiddenRow  bool
	row, col   int
	rows       int // in the section
	cell       element
	value      strings.Builder
	formula    strings.Builder
	into       *strings.Builder // where text goes; nil for nowhere
	line       strings.Builder
	unseen     strings.Builder // cells of the row that are not shown
}

func (g *grid) start(e element) (bool, error) {
	switch e.Name.Local {
	case "col":
		from, _ := strconv.Atoi(e.attr("min"))
		to, _ := strconv.Atoi(e.attr("max"))
		if len(g.hiddenCols) < maxHiddenCols && (e.attr("hidden") == "1" || e.attr("hidden") == "true") {
			g.hiddenCols = append(g.hiddenCols, [2]int{from, to})
		}
	case "row":
		g.row++
		if n, err := strconv.Atoi(e.attr("r")); err == nil {
			g.row = n
		}
		g.col = 0
		g.hiddenRow = e.attr("hidden") == "1" || e.attr("hidden") == "true"
	case "c":
		g.cell = e
		g.col++
		if n := columnOf(e.attr("r")); n > 0 {
			g.col = n
		}
		g.value.Reset()
		g.formula.Reset()
	case "v", "t":
		g.into = &g.value
	case "f":
		g.into = &g.formula
	case "rPh", "extLst":
		return false, nil
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		g.value.Reset()
		g.into = &g.value
	case "hyperlink":
		target := g.links[e.attr("id")].target
		if target == "" {
			return true, nil
		}
		return true, g.out.Write(g.kind(), e.attr("ref")+": <"+target+">\n")
	}
	return true, nil
}

func (g *grid) text(s string) error {
	if g.into != nil {
		g.into.WriteString(s)
	}
	return nil
}

func (g *grid) end(name string) error {
	switch name {
	case "v", "t", "f":
		g.into = nil
	case "c":
		return g.endCell()
	case "row":
		return g.endRow()
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		g.into = nil
		return g.out.Write(g.kind(), plainHeader(g.value.String())+"\n")
	}
	return nil
}

func (g *grid) kind() string {
	if g.sheet.hidden {
		return read.Hidden
	}
	return read.OwnWords
}

// endCell writes a cell as "B3: shown", and what it holds in brackets where
// that is something else.
func (g *grid) endCell() error {
	at := columnName(g.col) + strconv.Itoa(g.row)
	if f := g.formula.String(); f != "" {
		if err := g.out.Write(read.Hidden, g.sheet.name+" "+at+" ="+f+"\n"); err != nil {
			return err
		}
	}
	shown, raw := g.shown()
	if shown == "" && raw == "" {
		return nil
	}
	text := at + ": " + shown
	if raw != shown {
		text += " [" + raw + "]"
	}
	to := &g.line
	if g.unseenCell() {
		to = &g.unseen
	}
	if to.Len() > 0 {
		to.WriteByte('\t')
	}
	to.WriteString(text)
	return nil
}

func (g *grid) unseenCell() bool {
	if g.hiddenRow {
		return true
	}
	for _, c := range g.hiddenCols {
		if g.col >= c[0] && g.col <= c[1] {
			return true
		}
	}
	return false
}

// shown gives the cell's text as the program shows it, and as it is stored.
func (g *grid) shown() (shown, raw string) {
	raw = strings.TrimSpace(g.value.String())
	switch g.cell.attr("t") {
	case "s":
		n, err := strconv.Atoi(raw)
		if err != nil || n < 0 || n >= len(g.texts.all) {
			return raw, raw
		}
		return g.texts.all[n], g.texts.all[n]
	case "b":
		return map[string]string{"0": "FALSE", "1": "TRUE"}[raw], raw
	case "inlineStr", "str", "e", "d":
		return raw, raw
	}
	n, _ := strconv.Atoi(g.cell.attr("s"))
	return g.formats.show(n, raw), raw
}

func (g *grid) endRow() error {
	if g.unseen.Len() > 0 {
		err := g.out.Write(read.Hidden, g.sheet.name+" "+g.unseen.String()+"\n")
		g.unseen.Reset()
		if err != nil {
			return err
		}
	}
	if g.line.Len() == 0 {
		return nil
	}
	err := g.out.Write(g.kind(), g.line.String()+"\n")
	g.line.Reset()
	if g.rows++; err != nil || g.rows%sectionRows != 0 {
		return err
	}
	if err := g.out.Flush(g.kind()); err != nil {
		return err
	}
	return g.out.Write(g.kind(), g.sheet.name+"\n")
}

// plainHeader takes the codes out of a header: &L, &"Font", &12.
func plainHeader(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '&' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == '&':
			b.WriteByte('&')
		case c == '"':
			if n := strings.IndexByte(s[i+1:], '"'); n >= 0 {
				i += n + 1
			}
		case c >= '0' && c <= '9':
			for i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
				i++
			}
		default:
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}

// columnOf gives the column of an address as B3: 2; 0 where it has none.
func columnOf(ref string) (n int) {
	for _, c := range ref {
		if c < 'A' || c > 'Z' || n > 20_000 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}

func columnName(n int) (s string) {
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
