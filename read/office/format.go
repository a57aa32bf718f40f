package office

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// formats are the number formats of a workbook (ECMA-376 part 1, 18.8.30).
type formats struct {
	custom map[int]string
	cells  []int // number format of each cell style
	inXfs  bool
	year04 bool
}

func (f *formats) start(e element) (bool, error) {
	switch e.Name.Local {
	case "numFmt":
		if n, err := strconv.Atoi(e.attr("numFmtId")); err == nil {
			f.custom[n] = e.attr("formatCode")
		}
	case "cellXfs":
		f.inXfs = true
	case "xf":
		if n, _ := strconv.Atoi(e.attr("numFmtId")); f.inXfs {
			f.cells = append(f.cells, n)
		}
	}
	return true, nil
}

func (f *formats) end(name string) error {
	if name == "cellXfs" {
		f.inXfs = false
	}
	return nil
}

func (f *formats) text(string) error { return nil }

// builtIn formats that are shown in a form of their own.
func builtIn(n int) string {
	switch {
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 58:
		return "yyyy-mm-dd"
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47:
		return "h:mm:ss"
	case n == 22:
		return "yyyy-mm-dd h:mm"
	case n == 9:
		return "0%"
	case n == 10:
		return "0.00%"
	case n == 1:
		return "0"
	case n == 2:
		return "0.00"
	case n == 3 || n == 37 || n == 38:
		return "#,##0"
	case n == 4 || n == 39 || n == 40:
		return "#,##0.00"
	}
	return ""
}

// show gives a number in the form of a cell style: dates as ISO 8601 whatever
// order the program would use, percent, grouping and decimals as set. A form
// that we do not know leaves the number as it is stored.
func (f *formats) show(style int, raw string) string {
	if style < 0 || style >= len(f.cells) {
		return raw
	}
	code, ok := f.custom[f.cells[style]]
	if !ok {
		code = builtIn(f.cells[style])
	}
	n, err := strconv.ParseFloat(raw, 64)
	if code == "" || err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return raw
	}
	code, _, _ = strings.Cut(code, ";")
	bare := strings.ToLower(unquoted(code))
	if strings.ContainsAny(bare, "yds") || strings.Contains(bare, "h") || strings.Contains(bare, "mm") {
		return f.date(n, bare, raw)
	}
	return number(n, bare, raw)
}

// unquoted drops literals, escapes, colours and conditions from a format.
func unquoted(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		skip := byte(0)
		switch code[i] {
		case '"':
			skip = '"'
		case '[':
			skip = ']'
		case '\\', '_', '*':
			i++
			continue
		}
		if skip == 0 {
			b.WriteByte(code[i])
			continue
		}
		n := strings.IndexByte(code[i+1:], skip)
		if n < 0 {
			break
		}
		i += n + 1
	}
	return strings.ReplaceAll(strings.ToLower(b.String()), "general", "")
}

// date shows a day number. Day 60 of the 1900 system never was.
func (f *formats) date(n float64, code, raw string) string {
	if n < 0 || n > 2_958_466 {
		return raw
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if f.year04 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if n >= 1 && n < 60 {
		epoch = epoch.AddDate(0, 0, 1)
	}
	days := math.Floor(n)
	seconds := math.Round((n - days) * 86400)
	at := epoch.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	clock := strings.ContainsAny(code, "hs")
	switch day := strings.ContainsAny(code, "yd") || !clock; {
	case day && clock:
		return at.Format("2006-01-02 15:04:05")
	case day:
		return at.Format("2006-01-02")
	case n >= 1:
		return raw // a duration
	}
	return at.Format("15:04:05")
}

// number shows percent, grouping and decimals.
func number(n float64, code, raw string) string {
	if strings.ContainsAny(code, "/e@?") || !strings.ContainsAny(code, "0#") || math.Abs(n) >= 1e15 {
		return raw
	}
	percent := strings.Contains(code, "%")
	if percent {
		n *= 100
	}
	whole, fraction, _ := strings.Cut(code, ".")
	decimals := strings.Count(fraction, "0") + strings.Count(fraction, "#")
	s := strconv.FormatFloat(n, 'f', min(decimals, 15), 64)
	if strings.Contains(fraction, "#") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	if strings.Contains(whole, ",") {
		s = grouped(s)
	}
	if percent {
		s += "%"
	}
	return s
}

func grouped(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, ok := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if ok {
		whole += "." + fraction
	}
	return sign + whole
}
