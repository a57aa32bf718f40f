package understand

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Days gives the first and the last day that a date in EDTF can mean, as
// 2017-10-01. ok is false for what stands for no known days.
func Days(edtf string) (first, last string, ok bool) {
	edtf = strings.Trim(edtf, "[]{} ")
	if from, to, ranged := cutRange(edtf); ranged {
		a, b, ok1 := Days(from)
		c, d, ok2 := Days(to)
		if !ok1 || !ok2 {
			return "", "", false
		}
		return min(a, c), max(b, d), true
	}
	edtf = strings.TrimRight(edtf, "~?%")
	year, rest, _ := strings.Cut(edtf, "-")
	y1, y2, ok := years(year)
	if !ok {
		return "", "", false
	}
	month, day, hasDay := strings.Cut(rest, "-")
	m1, m2 := 1, 12
	if rest != "" {
		if m1, m2, ok = months(month); !ok {
			return "", "", false
		}
	}
	d := 0
	if hasDay {
		if d, ok = number(day, 1, 31); !ok || m1 != m2 || d > lastOf(y1, m1) {
			return "", "", false
		}
		return iso(y1, m1, d), iso(y2, m2, d), true
	}
	return iso(y1, m1, 1), iso(y2, m2, lastOf(y2, m2)), true
}

// cutRange parts an interval, or the first and last of a choice.
func cutRange(edtf string) (from, to string, ok bool) {
	for _, sign := range []string{"/", "..", ","} {
		if a, b, cut := strings.Cut(edtf, sign); cut && a != "" && b != "" {
			return a, b[strings.LastIndex(b, ",")+1:], true
		}
	}
	return "", "", false
}

func number(s string, least, most int) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= least && n <= most
}

// years gives the years that 2017, 201X or 20XX can mean.
func years(s string) (first, last int, ok bool) {
	if len(s) != 4 || strings.HasPrefix(s, "X") {
		return 0, 0, false
	}
	first, ok1 := number(strings.ReplaceAll(s, "X", "0"), 1, 9999)
	last, ok2 := number(strings.ReplaceAll(s, "X", "9"), 1, 9999)
	return first, last, ok1 && ok2
}

// months gives the months of a month, a quarter (33 to 36) or a half (40, 41).
// Of a season (21 to 24) no more than the year is known: where it was written
// decides when it was.
func months(s string) (first, last int, ok bool) {
	n, ok := number(s, 1, 41)
	switch {
	case !ok:
		return 0, 0, false
	case n <= 12:
		return n, n, true
	case n >= 21 && n <= 24:
		return 1, 12, true
	case n >= 33 && n <= 36:
		return 3*(n-33) + 1, 3*(n-33) + 3, true
	case n == 40 || n == 41:
		return 6*(n-40) + 1, 6*(n-40) + 6, true
	}
	return 0, 0, false
}

func lastOf(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func iso(year, month, day int) string { return fmt.Sprintf("%04d-%02d-%02d", year, month, day) }
