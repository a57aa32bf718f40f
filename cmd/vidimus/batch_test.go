package main

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestABatchIsReadLineByLine(t *testing.T) {
	text := "\uFEFFcamp,first,\"a, b\"\r\n\n\"\"\"water level\"\"~5\"\n\"water level\"~5\n水库,,x\n\"open\n"
	want := []asking{
		{1, "camp", []string{"first", "a, b"}},
		{3, `"water level"~5`, []string{}},
		{4, `"water level"~5`, []string{}},
		{5, "水库", []string{"", "x"}},
		{6, `"open`, []string{}},
	}
	if d := cmp.Diff(want, parseBatch(text), cmp.AllowUnexported(asking{})); d != "" {
		t.Error(d)
	}
}

func TestNoCellOfABatchIsAFormula(t *testing.T) {
	for _, bad := range []string{"=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "－1"} {
		a := answer{Query: bad, Columns: []string{bad}, Error: bad, Hits: []hit{{Path: bad, Snippet: bad}}}
		var b strings.Builder
		out := (&batch{csv: true}).writer(&b, 3)
		if err := out.put(a); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		if err != nil || len(rows) != 2 || rows[0][17] != "column 4" {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for _, cell := range rows[1] {
			if cell != "" && strings.ContainsRune("=+-@\t\r\n＝－", []rune(cell)[0]) {
				t.Errorf("the cell %q", cell)
			}
		}
	}
}

func FuzzParseBatch(f *testing.F) {
	f.Add("a,b\n\"c\"\"\"\n\xff,\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range parseBatch(text) {
			if a.line < 1 || a.line > strings.Count(text, "\n")+1 {
				t.Fatalf("line %d", a.line)
			}
		}
	})
}
