package protect

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// Around the border of two pages stand lines that do not belong to the text
// that goes on over it: page numbers, headers, footers, notes. Up to so many
// are left out on either side; what goes on may do so behind a page or two of
// something else.
const (
	besideLines = 24
	pagesBack   = 3
)

// Quotes looks for runs of questions on the pages of a case, in the order in
// which they are added: on each page, and over the borders between them.
type Quotes struct {
	runs    map[string][]int           // the paragraphs that each run is of, from 0
	follow  map[string]map[string]bool // units, and those that follow each in the questions
	quoting map[int]bool               // the paragraphs that quote
	last    [][]leaf                   // of each page before that has words, in each of its readings
}

// leaf is a reading of a page.
type leaf struct {
	text         string
	units        []unit
	ends, starts []int // of its last and its first lines
}

// LookForQuotes begins with paragraphs of questions. A run may reach from one
// of them into the next.
func LookForQuotes(paragraphs []string) *Quotes {
	q := &Quotes{map[string][]int{}, map[string]map[string]bool{}, map[int]bool{}, nil}
	for _, reading := range []func(string) string{strings.Clone, wholeWords} {
		var units []unit
		var of []int
		for i, p := range paragraphs {
			for _, u := range unitsOf(reading(p)) {
				units, of = append(units, u), append(of, i)
			}
		}
		for i := 1; i < len(units); i++ {
			a, b := units[i-1].key, units[i].key
			if q.follow[a] == nil {
				q.follow[a] = map[string]bool{}
			}
			q.follow[a][b] = true
		}
		for i := 0; i+runLength <= len(units); i++ {
			key := keyOf(units[i : i+runLength])
			q.runs[key] = slices.Compact(append(q.runs[key], of[i:i+runLength]...))
		}
	}
	return q
}

// Add looks at the next page.
func (q *Quotes) Add(text string) {
	var page []leaf
	for _, t := range readings(text) {
		page = append(page, leaf{t, unitsOf(t), lineEnds(t), lineStarts(t)})
	}
	if len(page[0].units) == 0 {
		return
	}
	for _, l := range page {
		q.in(l.units)
	}
	for _, before := range q.last {
		for _, b := range before {
			for _, l := range page {
				q.over(b, l)
			}
		}
	}
	q.last = append(q.last, page)
	q.last = q.last[max(0, len(q.last)-pagesBack):]
}

// Paragraphs gives those that quote, counted from 1.
func (q *Quotes) Paragraphs() (all []int) {
	for i := range q.quoting {
		all = append(all, i+1)
	}
	slices.Sort(all)
	return all
}

// in looks for runs in units that follow each other.
func (q *Quotes) in(units []unit) {
	for i := 0; i+runLength <= len(units); i++ {
		if !q.follow[units[i].key][units[i+1].key] {
			continue // most places: a run costs more
		}
		for _, p := range q.runs[keyOf(units[i:i+runLength])] {
			q.quoting[p] = true
		}
	}
}

// over looks for runs that begin on one page and end on another, with lines
// left out between, and with the word that the border parts put together.
func (q *Quotes) over(before, after leaf) {
	for _, end := range before.ends {
		n := sort.Search(len(before.units), func(i int) bool { return before.units[i].end > end })
		if n == 0 {
			return
		}
		tail := before.units[max(0, n-runLength):n]
		parted := strings.ContainsAny(lastSign(before.text[:end]), "-\u2010\u00ad")
		follow := q.follow[tail[len(tail)-1].key]
		if follow == nil && !parted {
			continue
		}
		for _, start := range after.starts {
			from := sort.Search(len(after.units), func(i int) bool { return after.units[i].start >= start })
			head := after.units[from:min(from+runLength, len(after.units))]
			if len(head) > 0 && follow[head[0].key] {
				q.in(slices.Concat(tail, head))
			}
			if len(head) > 0 && parted {
				one := unit{key: tail[len(tail)-1].key + head[0].key}
				q.in(slices.Concat(tail[:len(tail)-1], []unit{one}, head[1:]))
			}
		}
	}
}

// lastSign is the last character of a text.
func lastSign(text string) string {
	r := []rune(text[max(0, len(text)-4):])
	return string(r[len(r)-1:])
}

// lineEnds are the bytes at which the last lines of a page end, and lineStarts
// those at which the first begin; of lines that have anything.
func lineEnds(page string) (all []int) {
	for end := len(page); end > 0 && len(all) <= besideLines; {
		start := strings.LastIndexByte(page[:end], '\n') + 1
		if t := strings.TrimRightFunc(page[start:end], unicode.IsSpace); t != "" {
			all = append(all, start+len(t))
		}
		end = start - 1
	}
	return all
}

func lineStarts(page string) (all []int) {
	for at := 0; at < len(page) && len(all) <= besideLines; {
		line, _, _ := strings.Cut(page[at:], "\n")
		if strings.TrimSpace(line) != "" {
			all = append(all, at)
		}
		at += len(line) + 1
	}
	return all
}
