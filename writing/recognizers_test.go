package writing

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vidimus/internal/corpus"
)

// specification is one row of a Recognizers-Text file.
type specification struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Text       string
		Value      struct{ Timex string }
		Resolution struct{ Value string }
	}
}

func specifications(t *testing.T, file string) []specification {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(corpus.Root(t), "microsoft+Recognizers-Text", file))
	if err != nil {
		t.Fatal(err)
	}
	var all []specification
	if err := json.Unmarshal(bytes.TrimPrefix(raw, []byte("\ufeff")), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// measured counts rows right and prints the others.
func measured(t *testing.T, name string, least float64, right, all, left int, missed []string) {
	t.Helper()
	share := float64(right) / float64(max(all, 1))
	t.Logf("%s: %d of %d rows (%.1f %%), %d rows do not apply; missed:\n%s", name, right, all, 100*share, left, strings.Join(missed, "\n"))
	if share < least || all < 30 {
		t.Errorf("%s: %.3f of %d rows, want %.2f", name, share, all, least)
	}
}

func TestChineseNumbersOfTheRecognizers(t *testing.T) {
	right, all, left := 0, 0, 0
	var missed []string
	for _, s := range specifications(t, "NumberModel.json") {
		if strings.ContainsAny(s.Input, "^打") || strings.Contains(s.Input, "e") || strings.Contains(s.Input, "E") {
			left++ // powers, exponents, dozens
			continue
		}
		var want, got []string
		for _, r := range s.Results {
			want = append(want, figure(r.Resolution.Value))
		}
		for _, n := range Numbers(s.Input) {
			got = append(got, figure(n.Value))
			if n.High != "" {
				got = append(got, figure(n.High))
			}
		}
		all++
		if strings.Join(got, " ") == strings.Join(want, " ") {
			right++
			continue
		}
		missed = append(missed, s.Input+": want "+strings.Join(want, " ")+", got "+strings.Join(got, " "))
	}
	measured(t, "Chinese numbers", 0.95, right, all, left, missed)
}

// TestEnglishNumbersOfTheRecognizers takes the numbers of the ranges that the
// specification finds, with what bounds them: it has none of numbers alone.
func TestEnglishNumbersOfTheRecognizers(t *testing.T) {
	right, all, left := 0, 0, 0
	var missed []string
	for _, file := range []string{"d2c2f22d/NumberRangeModel.json", "NumberRangeModelExperimentalMode.json"} {
		for _, s := range specifications(t, file) {
			if len(s.Results) == 0 || strings.Contains(s.Input, "tenth") {
				left++ // it says only that they are no range; or where somebody stands in a row
				continue
			}
			all++
			if want, got := endsWanted(s), endsRead(s.Input); endsFit(want, got) {
				right++
			} else {
				missed = append(missed, fmt.Sprintf("%s: want %v, got %v", s.Input, want, got))
			}
		}
	}
	measured(t, "English numbers", 0.95, right, all, left, missed)
}

// end is one end of what a number says: 20 in "over 20".
type end struct {
	value  string
	bound  Bound
	ranged bool // of two: whether the upper one is meant too the specification's files say differently
}

// endsWanted reads (20,35] and [170,170].
func endsWanted(s specification) (all []end) {
	for _, r := range s.Results {
		v := r.Resolution.Value
		low, high, _ := strings.Cut(strings.Trim(v, "[]()"), ",")
		if low == high {
			all = append(all, end{value: figure(low)})
			continue
		}
		if low != "" {
			all = append(all, end{figure(low), map[bool]Bound{true: AtLeast, false: Over}[v[0] == '['], false})
		}
		if high != "" {
			all = append(all, end{figure(high), map[bool]Bound{true: AtMost, false: Under}[v[len(v)-1] == ']'], false})
		}
	}
	return all
}

func endsRead(text string) (all []end) {
	for _, n := range Numbers(text) {
		if n.High != "" {
			all = append(all, end{figure(n.Value), AtLeast, true}, end{figure(n.High), AtMost, true})
			continue
		}
		all = append(all, end{figure(n.Value), n.Bound, false})
	}
	return all
}

// endsFit reports that each end wanted was read, and that no other number was
// read as bounding anything.
func endsFit(want, got []end) bool {
	got = slices.Clone(got)
	for _, w := range want {
		at := slices.IndexFunc(got, func(g end) bool {
			return g.value == w.value && (g.bound == w.bound || g.ranged && w.bound == Under && g.bound == AtMost)
		})
		if at < 0 {
			return false
		}
		got = slices.Delete(got, at, at+1)
	}
	return !slices.ContainsFunc(got, func(g end) bool { return g.bound != Exactly })
}

// figure writes a number in one form.
func figure(s string) string {
	f, _ := strconv.ParseFloat(s, 64)
	return strconv.FormatFloat(f, 'g', 12, 64)
}

func TestDatesOfTheRecognizers(t *testing.T) {
	for _, c := range []struct{ name, file string }{{"Chinese", "DateParser.json"}, {"English", "fe9c4828/DateParser.json"}} {
		t.Run(c.name, func(t *testing.T) {
			right, all, left := 0, 0, 0
			var missed []string
			for _, s := range specifications(t, c.file) {
				if len(s.Results) != 1 || !applies(s.Results[0].Value.Timex, s.Results[0].Text) {
					left++
					continue
				}
				want := s.Results[0].Value.Timex
				var got []string
				for _, d := range Dates(s.Input, s.Context.ReferenceDateTime[:min(10, len(s.Context.ReferenceDateTime))]) {
					got = append(got, d.EDTF)
					if strings.HasSuffix(d.Rule, "no such day") {
						got = append(got, want)
					}
				}
				all++
				if len(got) > 0 && (got[0] == want || len(got) > 1 && got[1] == want || strings.HasPrefix(got[0], "[") && strings.Contains(got[0], want) || strings.HasPrefix(want, got[0]) && coarse.MatchString(s.Results[0].Text)) {
					right++
					continue
				}
				missed = append(missed, s.Input+": want "+want+", got "+strings.Join(got, " "))
			}
			measured(t, c.name+" dates", 0.95, right, all, left, missed)
		})
	}
}

// coarse says no day: a month ago is a month for us, and a day for the
// specification.
var coarse = regexp.MustCompile(`(?i)(month|year)s? ago$`)

// noDate is what the specification takes for a date and we do not: two figures
// without a year, which documents write for fractions and numbers of papers,
// and words that name no day.
var noDate = regexp.MustCompile(`(?i)^\d+[./-]\d+$|few|^(the|my) day$|最近`)

// applies leaves out what the specification gives without a calendar: a bare
// day or weekday of no month, the n-th weekday of a month, and dates of the
// Chinese calendar, which it does not convert; and what is no date for us.
func applies(timex, text string) bool {
	if noDate.MatchString(text) {
		return false
	}
	if strings.Contains(timex, "W") || strings.HasPrefix(timex, "XXXX-XX") {
		return false
	}
	return !strings.ContainsAny(text, "农初正") && !strings.Contains(text, "大年")
}
