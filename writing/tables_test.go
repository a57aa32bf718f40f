package writing

import (
	"os"
	"strings"
	"testing"
)

// The tables are of sentences' parts written for this test, each with what a
// reader of the language takes it for.
func TestDatesAndNumbersOfTheTables(t *testing.T) {
	for _, language := range []string{"ru", "kk", "ug"} {
		t.Run(language, func(t *testing.T) {
			raw, err := os.ReadFile("testdata/" + language + ".tsv")
			if err != nil {
				t.Fatal(err)
			}
			right, all := 0, 0
			var missed []string
			for line := range strings.Lines(string(raw)) {
				f := strings.Split(strings.TrimRight(line, "\n"), "\t")
				if len(f) != 3 {
					continue
				}
				all++
				if got := read(f[0], f[1]); got == f[2] {
					right++
				} else {
					missed = append(missed, f[1]+": want "+f[2]+", got "+got)
				}
			}
			measured(t, "own table "+language, 0.95, right, all, 0, missed)
			if all < 100 {
				t.Errorf("only %d rows", all)
			}
		})
	}
}

// read gives what a text says of one date or number, as the tables write it.
func read(kind, text string) string {
	if kind == "date" {
		all := Dates(text, "2018-05-05")
		if len(all) != 1 {
			return dated(text, "2018-05-05")
		}
		return all[0].EDTF
	}
	_, value, _ := strings.Cut(counted(text), "=")
	return value
}
