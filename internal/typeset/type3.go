package typeset

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
)

// perFont is how many drawings one Type 3 font holds: a code is one byte.
const perFont = 256

// procs collects the drawings of a document, each once, in the order of first
// use. Drawing i is code i%256 of font i/256.
type procs struct {
	index map[string]int
	all   []proc
}

type proc struct {
	text     string
	width    int // thousandths of the type size
	draw     string
	up, down float64
}

// code gives the number of a cluster's drawing, and its width in the font.
func (p *procs) code(c Cluster) (int, int) {
	var draw strings.Builder
	up, down := 0.0, 0.0
	for _, part := range c.Parts {
		part.path(&draw, 0)
		u, d := extent(part.Face)
		up, down = max(up, u), min(down, d)
	}
	key := c.Text + "\x00" + draw.String()
	if i, ok := p.index[key]; ok {
		return i, p.all[i].width
	}
	made := proc{c.Text, int(math.Round(c.Advance)), draw.String(), up, down}
	if p.index == nil {
		p.index = map[string]int{}
	}
	p.index[key] = len(p.all)
	p.all = append(p.all, made)
	return len(p.all) - 1, made.width
}

// write adds the fonts to f and gives their references, in order.
func (p *procs) write(f *file) []ref {
	var fonts []ref
	for from := 0; from < len(p.all); from += perFont {
		fonts = append(fonts, writeFont(f, p.all[from:min(from+perFont, len(p.all))]))
	}
	return fonts
}

// writeFont writes one Type 3 font: ISO 32000-1, table 112. Its box is as high
// as a line of its highest face, because readers take a letter's box from it.
func writeFont(f *file, ps []proc) ref {
	var charProcs, differences, widths strings.Builder
	up, down, wide := 0.0, 0.0, 0
	for i, p := range ps {
		up, down, wide = max(up, p.up), min(down, p.down), max(wide, p.width)
		body := fmt.Sprintf("%d 0 0 %s %d %s d1\n%s", p.width, number(p.down), p.width, number(p.up), p.draw)
		if p.draw != "" {
			body += "f\n"
		}
		fmt.Fprintf(&charProcs, "/g%d %s\n", i, f.stream("", []byte(body)))
		fmt.Fprintf(&differences, "/g%d ", i)
		fmt.Fprintf(&widths, "%d ", p.width)
	}
	toUnicode := f.stream("", []byte(toUnicode(ps)))
	return f.object(fmt.Sprintf("<< /Type /Font /Subtype /Type3 /FontMatrix [0.001 0 0 0.001 0 0]\n"+
		"/FontBBox [0 %s %d %s] /FirstChar 0 /LastChar %d /Widths [%s]\n"+
		"/Encoding << /Type /Encoding /Differences [0 %s] >>\n/CharProcs <<\n%s>>\n/Resources << >> /ToUnicode %s >>",
		number(down), wide, number(up), len(ps)-1, widths.String(), differences.String(), charProcs.String(), toUnicode))
}

// toUnicode is the table by which a reader gets text from codes: ISO 32000-1,
// 9.10.3. A block of entries holds at most 100.
func toUnicode(ps []proc) string {
	var w strings.Builder
	w.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n")
	for from := 0; from < len(ps); from += 100 {
		block := ps[from:min(from+100, len(ps))]
		fmt.Fprintf(&w, "%d beginbfchar\n", len(block))
		for i, p := range block {
			fmt.Fprintf(&w, "<%02X> <", from+i)
			for _, u := range utf16.Encode([]rune(p.text)) {
				fmt.Fprintf(&w, "%04X", u)
			}
			w.WriteString(">\n")
		}
		w.WriteString("endbfchar\n")
	}
	w.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return w.String()
}
