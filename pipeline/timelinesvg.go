package pipeline

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"vidimus"
)

// Sizes of the drawing, in pixels.
const (
	svgWidth  = 1200
	svgLabel  = 300 // where the names of files end
	svgRow    = 24
	svgTop    = 48
	svgMargin = 24
	// mostLabel is how many columns of a name are drawn; the whole of it
	// shows where the pointer rests.
	mostLabel = 36
)

// WriteTimeline draws a timeline as SVG: a row for each file, a dot for a day,
// a bar for a span. It draws what is resolved, and says how much is not.
func WriteTimeline(out io.Writer, events []Event) error {
	w := bufio.NewWriter(out)
	d := newDrawing(events)
	height := svgTop + len(d.rows)*svgRow + svgMargin
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", svgWidth, height, svgWidth, height)
	fmt.Fprintf(w, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", svgWidth, height)
	d.axis(w, height)
	for n, row := range d.rows {
		d.row(w, n, row)
	}
	fmt.Fprintf(w, `<text x="%d" y="16" fill="#444">%d dates in %d documents; %d more stand for no known day</text>`+"\n", svgMargin, d.resolved, len(d.rows), len(events)-d.resolved)
	fmt.Fprintln(w, `</svg>`)
	return w.Flush()
}

// drawing is what is drawn: the events of each file.
type drawing struct {
	rows        [][]Event
	first, last time.Time
	resolved    int
}

func newDrawing(events []Event) drawing {
	var d drawing
	at := map[vidimus.ItemID]int{}
	for _, e := range events {
		from, err1 := time.Parse(time.DateOnly, e.First)
		to, err2 := time.Parse(time.DateOnly, e.Last)
		if err1 != nil || err2 != nil {
			continue
		}
		d.resolved++
		if d.first.IsZero() || from.Before(d.first) {
			d.first = from
		}
		if to.After(d.last) {
			d.last = to
		}
		n, there := at[e.Item]
		if !there {
			n = len(d.rows)
			at[e.Item], d.rows = n, append(d.rows, nil)
		}
		d.rows[n] = append(d.rows[n], e)
	}
	return d
}

// x gives where a day is drawn.
func (d drawing) x(day time.Time) float64 {
	all := d.last.Sub(d.first).Hours() + 24
	return svgLabel + (svgWidth-svgLabel-svgMargin)*day.Sub(d.first).Hours()/all
}

// axis draws years, no more than a dozen of them.
func (d drawing) axis(w io.Writer, height int) {
	if d.resolved == 0 {
		return
	}
	step := 1
	for (d.last.Year()-d.first.Year())/step > 12 {
		step *= 2
		if step == 4 || step == 8 {
			step = step / 4 * 5
		}
	}
	for year := d.first.Year(); year <= d.last.Year()+1; year++ {
		day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		if year%step != 0 || day.Before(d.first) || day.After(d.last.AddDate(0, 0, 1)) {
			continue
		}
		x := d.x(day)
		fmt.Fprintf(w, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle" fill="#444">%d</text>`+"\n",
			x, svgTop-6, x, height-svgMargin, x, svgTop-12, year)
	}
}

func (d drawing) row(w io.Writer, n int, events []Event) {
	y := svgTop + n*svgRow + svgRow/2
	fmt.Fprintf(w, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#eee"/>`+"\n", svgLabel, y, svgWidth-svgMargin, y)
	fmt.Fprintf(w, `<text x="%d" y="%d" fill="#111">%s<title>%s</title></text>`+"\n", svgMargin, y+4, xml(shortened(events[0].Path)), xml(events[0].Path))
	for _, e := range events {
		from, _ := time.Parse(time.DateOnly, e.First)
		to, _ := time.Parse(time.DateOnly, e.Last)
		title := xml(fmt.Sprintf("%s (%s), page %d: %s", e.Stated, e.EDTF, e.Mention.Page, e.Context))
		if e.First == e.Last {
			fmt.Fprintf(w, `<circle cx="%.1f" cy="%d" r="4" fill="#0b5cad" fill-opacity="0.7"><title>%s</title></circle>`+"\n", d.x(from), y, title)
			continue
		}
		x := d.x(from)
		fmt.Fprintf(w, `<rect x="%.1f" y="%d" width="%.1f" height="6" fill="#0b5cad" fill-opacity="0.3"><title>%s</title></rect>`+"\n", x, y-3, max(2, d.x(to.AddDate(0, 0, 1))-x), title)
	}
}

// shortened leaves out the beginning of a long name; Han are twice as wide.
func shortened(path string) string {
	r, columns := []rune(path), 0
	for i := len(r) - 1; i >= 0; i-- {
		columns++
		if unicode.Is(unicode.Han, r[i]) {
			columns++
		}
		if columns > mostLabel {
			return "…" + string(r[i+1:])
		}
	}
	return path
}

// xml escapes a text and leaves out what XML cannot hold, or would turn the
// direction of writing.
func xml(text string) string {
	clean := strings.Map(func(r rune) rune {
		if r == '\uFFFD' || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Cs, unicode.Co) || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(clean)
}
