package web

import (
	"strconv"
	"strings"

	"vidimus/search"
)

// histogram is how many pages name which month or year, drawn as bars.
type histogram struct {
	Months        bool // a bar is a month; otherwise a year
	Bars          []bar
	Width, Height int
	First, Last   string
}

// bar is one stretch of time; it has no address when no page names it.
type bar struct {
	X, Y, Width, Height int
	Value               string
	Count               int
	Address             string
}

// How wide the drawing is in units of its own, and how many bars fit in.
const (
	histogramWidth  = 600
	histogramHeight = 60
	maxBars         = 150
)

// histogramOf draws the dates of the pages found: months where they fit in,
// else years; nil where there are too few to show anything.
func histogramOf(counted search.Facets, address func(filter) string) *histogram {
	h := draw(counted["month"], "month", 12, address)
	if h == nil {
		h = draw(counted["date"], "date", 1, address)
	}
	if h != nil {
		h.Months = len(h.Bars[0].Value) > 4
	}
	return h
}

// draw lays out values, which are years or months of so many a year, without
// gaps between them.
func draw(values []search.Count, field search.Field, aYear int, address func(filter) string) *histogram {
	at, most := map[int]search.Count{}, 0
	first, last := 0, 0
	for _, v := range values {
		n, ok := instant(v.Value, aYear)
		if !ok {
			continue
		}
		if len(at) == 0 {
			first, last = n, n
		}
		first, last, most = min(first, n), max(last, n), max(most, v.Count)
		at[n] = v
	}
	if len(at) < 2 || last-first >= maxBars {
		return nil
	}
	h := &histogram{Width: histogramWidth, Height: histogramHeight, First: at[first].Value, Last: at[last].Value}
	step := histogramWidth / (last - first + 1)
	for n := first; n <= last; n++ {
		v, ok := at[n]
		if !ok {
			continue
		}
		tall := max(2, v.Count*histogramHeight/most)
		h.Bars = append(h.Bars, bar{(n - first) * step, histogramHeight - tall, max(1, min(step-1, 40)), tall, v.Value, v.Count, address(filter{field, v.Value, false})})
	}
	h.Width = step * (last - first + 1)
	return h
}

// instant numbers a year, or a month as 2017-05, without gaps.
func instant(value string, aYear int) (int, bool) {
	year, month, _ := strings.Cut(value, "-")
	y, err := strconv.Atoi(year)
	if err != nil || y < 1 || y > 9999 {
		return 0, false
	}
	if aYear == 1 {
		return y, month == ""
	}
	m, err := strconv.Atoi(month)
	return y*12 + m - 1, err == nil && m >= 1 && m <= 12
}
