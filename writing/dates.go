package writing

import (
	"fmt"
	"strings"
	"time"
)

// Date is a date as a text states it.
type Date struct {
	Span
	// EDTF is the date in the Extended Date/Time Format, levels 0 to 2:
	// 2017, 2017-10, 2017-10-12, 2017~, 199X, 2017-34, 2014/2017,
	// [2017-10-12,2017-12-10] where day and month can be read in two ways,
	// XXXX-10-12 where the text gives no year. Empty if nothing can be said.
	EDTF string
	// First and Last are the first and last day that it can mean, as
	// 2017-10-01. Both are empty while it is not resolved.
	First, Last string
	// Rule says how it was read and what it was resolved from.
	Rule string
	// From is the earlier date in the text that it was resolved from.
	From Span
	// Ambiguous marks a date with more than one reading.
	Ambiguous bool
}

// Resolved reports whether the date stands for known days.
func (d Date) Resolved() bool { return d.First != "" }

// Dates finds the dates of text in their order. Written is the day on which
// the text was written, as 2017-10-12, 2017-10 or 2017, or empty if that is
// not known: "last year" and "yesterday" are counted from it and from nothing
// else, "that year" and a day without a year from the dates before them.
// What cannot be resolved is given without days, with the rule that it needs.
func Dates(text, written string) []Date { return Parted(text).Dates(written) }

// Dates finds the dates of the text, as the function does.
func (t *Parts) Dates(written string) []Date {
	r := dateReader{c: t.pieces, written: parseWritten(written)}
	for i := 0; i < len(r.c); {
		i = r.next(i)
	}
	return r.all
}

// dateReader walks over a text and remembers what later dates refer to.
type dateReader struct {
	c       cursor
	written day
	all     []Date
	last    day // the date last resolved: its month and day may be 0
	from    Span
}

// day is a date of the Gregorian calendar; what is not said is 0.
type day struct{ year, month, day int }

func parseWritten(s string) day {
	var d day
	if len(s) != 4 && len(s) != 7 && len(s) != 10 {
		return day{}
	}
	if n, _ := fmt.Sscanf(s, "%4d-%2d-%2d", &d.year, &d.month, &d.day); n == 0 || !d.exists() {
		return day{}
	}
	return d
}

// exists reports whether the calendar has it.
func (d day) exists() bool {
	if d.year < 0 || d.year > 9999 || d.month < 0 || d.month > 12 || d.day < 0 || d.month == 0 && d.day > 31 {
		return false
	}
	return d.month == 0 || d.day <= daysIn(d.year, d.month)
}

// daysIn takes a year of 0 for one not known: February has 29 days in it.
func daysIn(year, month int) int {
	if year == 0 {
		year = 2000
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (d day) first() string { return iso(d.year, max(d.month, 1), max(d.day, 1)) }

func (d day) last() string {
	if d.month == 0 {
		return iso(d.year, 12, 31)
	}
	if d.day == 0 {
		return iso(d.year, d.month, daysIn(d.year, d.month))
	}
	return iso(d.year, d.month, d.day)
}

func iso(year, month, day int) string { return fmt.Sprintf("%04d-%02d-%02d", year, month, day) }

// edtf writes what is known and X for what is not.
func (d day) edtf() string {
	var b strings.Builder
	part := func(v int, format, unknown string) {
		if v == 0 {
			b.WriteString(unknown)
			return
		}
		fmt.Fprintf(&b, format, v)
	}
	part(d.year, "%04d", "XXXX")
	if d.month != 0 || d.day != 0 {
		part(d.month, "-%02d", "-XX")
	}
	if d.day != 0 {
		part(d.day, "-%02d", "")
	}
	return b.String()
}

// add moves a whole day by days.
func (d day) add(days int) day {
	t := time.Date(d.year, time.Month(d.month), d.day+days, 0, 0, 0, 0, time.UTC)
	return day{t.Year(), int(t.Month()), t.Day()}
}

// addMonths moves a month, and keeps the day where the new month has it.
func (d day) addMonths(n int) day {
	months := d.year*12 + d.month - 1 + n
	moved := day{months / 12, months%12 + 1, d.day}
	if moved.year > 0 && moved.day > daysIn(moved.year, moved.month) {
		moved.day = daysIn(moved.year, moved.month)
	}
	return moved
}

// next reads at i and gives the index to go on from.
func (r *dateReader) next(i int) int {
	if x := r.c[i]; x.kind == lexPoint || x.kind == lexWord && !dateStarts()[x.text] {
		return i + 1
	}
	s, ok := r.read(i)
	if !ok {
		return i + 1
	}
	if to, found := r.rangeTo(s); found {
		r.addRange(s, to)
		return to.end
	}
	r.add(s)
	return s.end
}

func (r *dateReader) add(s stamp) {
	d := r.resolve(&s)
	d.Span = r.span(s.start, s.end)
	r.remember(s, d)
	r.all = append(r.all, d)
}

func (r *dateReader) span(from, to int) Span { return Span{r.c[from].Start, r.c[to-1].End} }

// remember keeps what "that year" after this date will mean.
func (r *dateReader) remember(s stamp, d Date) {
	if d.Resolved() && !d.Ambiguous && s.day.year != 0 {
		r.last, r.from = s.day, d.Span
	} else if d.Resolved() && s.day.year != 0 {
		r.last, r.from = day{year: s.day.year}, d.Span
	}
}
