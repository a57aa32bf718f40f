package writing

import (
	"fmt"

	"github.com/6tail/lunar-go/calendar"
)

// The years whose Chinese calendar is worked out: from the first reign that
// is read here on.
const (
	firstLunarYear = 1600
	lastLunarYear  = 2199
)

// lunarDate turns a day, a month or a year of the Chinese calendar into days
// of ours.
func lunarDate(s *stamp, d Date) Date {
	y := s.day.year
	if y == 0 {
		d.EDTF = ""
		return d
	}
	if y < firstLunarYear || y > lastLunarYear {
		d.Rule += ": outside the calendar's years"
		return d
	}
	from, to := s.day, s.day
	if from.month == 0 {
		from.month, to.month = 1, 12
	}
	first, ok := lunarDays(from, s.leap, false)
	last, also := lunarDays(to, s.leap, true)
	if !ok || !also {
		d.Rule += ": no such day"
		return d
	}
	d.First, d.Last = first, last
	d.EDTF = first
	if first != last {
		d.EDTF = first + "/" + last
	}
	// What follows is counted in our calendar.
	fmt.Sscanf(first, "%4d-%2d-%2d", &s.day.year, &s.day.month, &s.day.day)
	if first != last {
		s.day = day{year: s.day.year}
	}
	return d
}

// lunarDays gives one day of a lunar month: its own, or the first or last.
func lunarDays(d day, leap, end bool) (string, bool) {
	month := d.month
	if leap {
		month = -month
	}
	m := calendar.NewLunarYear(d.year).GetMonth(month)
	if m == nil {
		return "", false
	}
	n := d.day
	if n == 30 && month == 12 { // the year's last day, in a month of 29 too
		n = m.GetDayCount()
	}
	if n > m.GetDayCount() {
		return "", false
	}
	if n == 0 && end {
		n = m.GetDayCount()
	}
	solar := calendar.NewSolarFromJulianDay(m.GetFirstJulianDay() + float64(max(n, 1)-1))
	return iso(solar.GetYear(), solar.GetMonth(), solar.GetDay()), true
}
