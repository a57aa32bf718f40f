package writing

import "fmt"

// anchor is what a stamp is counted from.
type anchor uint8

const (
	fromNothing anchor = iota
	fromWritten        // last year, yesterday
	fromBefore         // that year, the same month
)

// stamp is one date as read, before it is resolved.
type stamp struct {
	start, end int // pieces of the text
	day        day
	rule       string

	anchor                  anchor
	years, months, days     int  // to add to what the anchor says
	countYears, countMonths bool // which of them the words name
	countDays               bool
	weekday                 int    // 1 to 7 in the week that days points into
	sub                     int    // EDTF season 21–24, quarter 33–36, half 40–41
	third                   int    // of a month: 1 to 3
	decade, century         bool   // year is its first
	approximate             bool   // around
	swapped                 bool   // day and month can change places
	lunar, leap             bool   // of the Chinese calendar
	unknown                 string // why it cannot be resolved
}

// resolve works out the days, and completes s.day for what comes after.
func (r *dateReader) resolve(s *stamp) Date {
	d := Date{Rule: s.rule}
	if s.unknown != "" {
		d.Rule += ": " + s.unknown
		return d
	}
	if !r.anchored(s, &d) {
		return d
	}
	if s.day.year == 0 {
		r.borrow(s, &d)
	}
	switch {
	case s.lunar:
		return lunarDate(s, d)
	case !s.day.exists():
		d.Rule += ": no such day"
		return d
	case s.swapped && s.day.year != 0:
		return s.twoReadings(d)
	}
	d.EDTF = s.day.edtf()
	if s.day.year != 0 {
		d.First, d.Last = s.day.first(), s.day.last()
		s.narrow(&d)
	}
	return d
}

// anchored counts from what the words refer to; false if that is not known.
func (r *dateReader) anchored(s *stamp, d *Date) bool {
	base, need := r.written, "the day of writing"
	switch s.anchor {
	case fromNothing:
		return true
	case fromBefore:
		base, need = r.last, "a date before it"
		d.From = r.from
	}
	finest := base.day != 0 || !s.countDays
	if base.year == 0 || !finest || s.countMonths && base.month == 0 {
		d.Rule += ": needs " + need
		d.From = Span{}
		d.EDTF = unanchored(s.day)
		return false
	}
	base = day{base.year + s.years, base.month, base.day}
	if s.countMonths || s.months != 0 {
		base = base.addMonths(s.months)
	}
	if s.countDays {
		base = base.add(s.days)
	}
	if base.year < 1 || base.year > 9999 {
		d.Rule += ": out of range"
		return false
	}
	s.take(base)
	if s.anchor == fromBefore {
		d.Rule += ", from the date before"
	} else {
		d.Rule += ", from the day of writing"
	}
	return true
}

func unanchored(d day) string {
	if d.month == 0 && d.day == 0 {
		return ""
	}
	return d.edtf()
}

// take fills what the anchor gives and the words do not say.
func (s *stamp) take(base day) {
	s.day.year = base.year
	if s.countMonths || s.countDays {
		s.day.month = base.month
	}
	if s.countDays {
		s.day.day = base.day
	}
	if s.weekday != 0 {
		s.day = s.day.add(s.weekday - s.day.weekday())
	}
}

// borrow takes the year, and the month, from the date before.
func (r *dateReader) borrow(s *stamp, d *Date) {
	if r.last.year == 0 || s.day.month == 0 && r.last.month == 0 {
		d.Rule += ": no year before it"
		return
	}
	s.day.year = r.last.year
	d.Rule += ", year from the date before"
	if s.day.month == 0 {
		s.day.month = r.last.month
		d.Rule = s.rule + ", month from the date before"
	}
	d.From = r.from
}

// twoReadings gives the day and month in both orders.
func (s *stamp) twoReadings(d Date) Date {
	one, two := s.day, day{s.day.year, s.day.day, s.day.month}
	if two.first() < one.first() {
		one, two = two, one
	}
	d.EDTF = fmt.Sprintf("[%s,%s]", one.edtf(), two.edtf())
	d.First, d.Last = one.first(), two.last()
	d.Ambiguous = true
	return d
}

// narrow writes the parts of years and months, decades and centuries.
func (s *stamp) narrow(d *Date) {
	y, m := s.day.year, s.day.month
	switch {
	case s.century:
		d.EDTF = fmt.Sprintf("%02dXX", y/100)
		d.First, d.Last = iso(y, 1, 1), iso(y+99, 12, 31)
	case s.decade:
		d.EDTF = fmt.Sprintf("%03dX", y/10)
		d.First, d.Last = iso(y, 1, 1), iso(y+9, 12, 31)
	case s.third != 0:
		last := 10 * s.third
		if s.third == 3 {
			last = daysIn(y, m)
		}
		d.First, d.Last = iso(y, m, 10*s.third-9), iso(y, m, last)
		d.EDTF = d.First + "/" + d.Last
	case s.sub >= 33 && s.sub <= 36:
		s.months3(d, 3*(s.sub-33)+1, 3)
	case s.sub == 40 || s.sub == 41:
		s.months3(d, 6*(s.sub-40)+1, 6)
	case s.sub != 0: // a season: a year's winter may end in the next
		d.EDTF = fmt.Sprintf("%04d-%d", y, s.sub)
	}
	if s.approximate {
		d.EDTF += "~"
	}
}

// months3 sets a run of months within the year.
func (s *stamp) months3(d *Date, first, n int) {
	d.EDTF = fmt.Sprintf("%04d-%d", s.day.year, s.sub)
	d.First = iso(s.day.year, first, 1)
	d.Last = day{s.day.year, first + n - 1, 0}.last()
}

// weekday counts from 1, Monday, to 7.
func (d day) weekday() int {
	t := []int{0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}
	y := d.year
	if d.month < 3 {
		y--
	}
	w := (y + y/4 - y/100 + y/400 + t[max(d.month, 1)-1] + d.day) % 7
	if w == 0 {
		return 7
	}
	return w
}
