package leak

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"vidimus/internal/typeset"
)

// emu is a point in the measure of DrawingML.
const emu = 12700

// wordMarks is the part of a Word file that its pages have above them: the
// mark as outlines, where a PDF has it.
func wordMarks(languages []string, set *typeset.Setter) string {
	h := header{}
	mark(&h, languages, set)
	return declaration + `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:p>` +
		h.shapes.String() + `</w:p></w:hdr>`
}

// header is a surface that turns what is drawn on it into shapes of DrawingML
// (ECMA-376 part 1, 20.1.9).
type header struct {
	shapes strings.Builder
	n      int
}

func (h *header) Text(typeset.Line, float64, float64, float64) {}
func (h *header) Stroke(float64, ...float64)                   {}

// Ink draws a line as one shape that ends where its outlines do.
func (h *header) Ink(l typeset.Line, size, x, y float64) {
	h.n++
	width, up := l.Width/typeset.Em*size, size*1.1
	height := up + size*0.5
	w, t := units(width), units(height)
	fmt.Fprintf(&h.shapes, `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>`+
		`<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="%d" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1">`+
		`<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>%d</wp:posOffset></wp:positionH>`+
		`<wp:positionV relativeFrom="page"><wp:posOffset>%d</wp:posOffset></wp:positionV>`+
		`<wp:extent cx="%d" cy="%d"/><wp:wrapNone/><wp:docPr id="%d" name="mark"/>`+
		`<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>`+
		`<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:custGeom><a:pathLst><a:path w="%d" h="%d">%s</a:path></a:pathLst></a:custGeom>`+
		`<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>`+
		`<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>`,
		h.n, units(x), units(y-up), w, t, h.n, w, t, w, t, path(l.Outline(size), up))
}

func units(points float64) int { return int(math.Round(points * emu)) }

// path turns path operators of PDF, scaled by the first of them, into
// DrawingML's; the base line lies up below the top.
func path(operators string, up float64) string {
	var w strings.Builder
	scale := 1.0
	point := func(x, y float64) string {
		return fmt.Sprintf(`<a:pt x="%d" y="%d"/>`, units(x*scale), units(up-y*scale))
	}
	for line := range strings.Lines(operators) {
		f := strings.Fields(line)
		var v []float64
		for _, s := range f[:len(f)-1] {
			n, err := strconv.ParseFloat(s, 64)
			if err != nil {
				panic(err) // our own writer wrote it
			}
			v = append(v, n)
		}
		switch f[len(f)-1] {
		case "cm":
			scale = v[0]
		case "m":
			w.WriteString("<a:moveTo>" + point(v[0], v[1]) + "</a:moveTo>")
		case "l":
			w.WriteString("<a:lnTo>" + point(v[0], v[1]) + "</a:lnTo>")
		case "c":
			w.WriteString("<a:cubicBezTo>" + point(v[0], v[1]) + point(v[2], v[3]) + point(v[4], v[5]) + "</a:cubicBezTo>")
		case "h":
			w.WriteString("<a:close/>")
		}
	}
	return w.String()
}
