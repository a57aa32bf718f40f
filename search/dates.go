package search

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"vidimus/writing"
)

// Days is a stretch of days that a page states: a day, a month, a year or a
// span, both ends with it. Days are numbers as in 20171031.
type Days struct {
	First, Last int
	Whole       bool // a span: the page speaks of every day in it
}

// longSpan is after how many years a span no longer speaks of every day in it:
// "since 1949" is no answer to what happened in a week.
const longSpan = 30

// Within reports whether a page that states d is an answer to a question for
// the days from first to last. What is said in less detail than was asked is
// none: "in 2017" does not tell of October; "from September to November" does.
func (d Days) Within(first, last int) bool {
	if d.Whole {
		return d.First <= last && d.Last >= first
	}
	return d.First >= first && d.Last <= last
}

// String writes the first day, and the last if it is another.
func (d Days) String() string {
	day := func(n int) string { return fmt.Sprintf("%04d-%02d-%02d", n/10000, n/100%100, n%100) }
	if d.First == d.Last {
		return day(d.First)
	}
	return day(d.First) + "/" + day(d.Last)
}

// DatesIn gives the dates that a text states, sorted, each once.
func DatesIn(text string) (all []Days) {
	if !mayState(text) {
		return nil
	}
	for _, d := range writing.Dates(text, "") {
		if d.Resolved() {
			all = append(all, daysOf(d)...)
		}
	}
	slices.SortFunc(all, func(a, b Days) int {
		if a.First != b.First {
			return a.First - b.First
		}
		return a.Last - b.Last
	})
	return slices.CompactFunc(all, func(a, b Days) bool { return a.First == b.First && a.Last == b.Last })
}

// mayState tells quickly that a text states no date: without a year no date is
// known, and a year is written in digits, with a sign for it, or is a century.
func mayState(text string) bool {
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			return true
		}
	}
	for _, r := range text {
		if r == '年' || r == '紀' || r == '纪' || r > 0x7F && unicode.Is(unicode.Nd, r) {
			return true
		}
	}
	for _, century := range []string{"XX", "XI", "XV", "ХХ", "ХІ", "ХI", "centur", "Centur", "век", "Век", "ғасыр", "ئەسىر"} {
		if strings.Contains(text, century) {
			return true
		}
	}
	return false
}

// daysOf gives the days of one date: of one that can be read in several ways,
// those of each.
func daysOf(d writing.Date) []Days {
	if inner, ok := strings.CutPrefix(d.EDTF, "["); ok {
		var all []Days
		for _, one := range strings.Split(strings.TrimSuffix(inner, "]"), ",") {
			if first, last, ok := isoDays(strings.TrimSpace(one)); ok {
				all = append(all, Days{First: first, Last: last})
			}
		}
		if len(all) > 0 {
			return all
		}
	}
	first, _, ok := isoDays(d.First)
	_, last, ok2 := isoDays(d.Last)
	if !ok || !ok2 || last < first {
		return nil
	}
	return []Days{{first, last, strings.Contains(d.EDTF, "/") && last/10000-first/10000 < longSpan}}
}

// isoDays gives the first and last day of 2017, 2017-10 or 2017-10-12.
func isoDays(s string) (first, last int, ok bool) {
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {"2006-1", 0, 1, 0}, {"2006-01-02", 0, 0, 1}, {"2006-1-2", 0, 0, 1}} {
		if t, err := time.Parse(form.layout, s); err == nil {
			return number(t), number(t.AddDate(form.years, form.months, form.days).AddDate(0, 0, -1)), true
		}
	}
	return 0, 0, false
}

func number(t time.Time) int { return t.Year()*10000 + int(t.Month())*100 + t.Day() }

// askedDays reads a date as a person types it into a question.
func askedDays(s string) (first, last int, ok bool) {
	s = strings.TrimSpace(s)
	if first, last, ok := isoDays(s); ok {
		return first, last, true
	}
	all := writing.Dates(s, "")
	if len(all) != 1 || !all[0].Resolved() || all[0].Ambiguous || strings.TrimSpace(s[:all[0].Start]+s[all[0].End:]) != "" {
		return 0, 0, false
	}
	first, _, ok = isoDays(all[0].First)
	_, last, ok2 := isoDays(all[0].Last)
	return first, last, ok && ok2
}

// Periods gives the years ("2017") and months ("2017-10") for which a page that
// states these dates is an answer.
func Periods(dates []Days) (years, months []string) {
	for _, d := range dates {
		for y := d.First / 10000; y <= d.Last/10000; y++ {
			if d.Within(y*10000+101, y*10000+1231) {
				years = append(years, fmt.Sprintf("%04d", y))
			}
			if !d.Whole && d.First/100 != d.Last/100 {
				continue
			}
			for m := 1; m <= 12; m++ {
				if month := y*10000 + m*100; d.Within(month+1, month+31) {
					months = append(months, fmt.Sprintf("%04d-%02d", y, m))
				}
			}
		}
	}
	slices.Sort(years)
	slices.Sort(months)
	return slices.Compact(years), slices.Compact(months)
}
