package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// drawn is a grid in words: cells parted by bars, what they hold in brackets,
// formulas after an equals sign, hidden ones with a star.
func drawn(g *grid) (rows []string) {
	if g == nil {
		return nil
	}
	say := func(l line) (s string) {
		for _, p := range l.Parts {
			if p.Lit {
				s += "*" + p.Text + "*"
				continue
			}
			s += p.Text
		}
		return s
	}
	for _, r := range g.Rows {
		var row []string
		for _, c := range r.Cells {
			s := say(c.Shown)
			if raw := say(c.Raw); raw != "" {
				s += " [" + raw + "]"
			}
			if c.Hidden {
				s += " hidden"
			}
			row = append(row, s+say(c.Formula))
		}
		rows = append(rows, strings.Join(row, "|"))
	}
	return rows
}

func TestASectionOfASheetIsTakenApart(t *testing.T) {
	tests := []struct {
		name, text, hidden string
		lit                []Range
		want               []string
	}{
		{"cells stand at their addresses", "S\nA1: a\tC1: c\nB3: b\n", "", nil, []string{"a||c", "|b|"}},
		{"what a cell holds stands beside what it shows", "S\nA1: 1,204 [1204]\n", "", nil, []string{"1,204 [1204]"}},
		{"brackets without a number are words", "S\nA1: see [note]\n", "", nil, []string{"see [note]"}},
		{"further lines belong to their cell", "S\nA1: a\nb\tB1: c\n", "", nil, []string{"a\nb|c"}},
		{"what looks like a cell and comes too early is words", "S\nB2: x\nA1: y\n", "", nil, []string{"|x\nA1: y"}},
		{"lit words are lit in their cell", "S\nA1: a bc d\n", "", []Range{{8, 10}}, []string{"a *bc* d"}},
		{"hidden cells and formulas are put in", "S\nA1: a\nA2: 3\n", "S B1: b\nS A2 =1+2\nT A1: not ours\nS A9: not between\n", nil,
			[]string{"a|b hidden", "3=1+2|"}},
		{"rows of a table in text", "row 1:\ta\t\tc\nrow 3:\tx\n", "", nil, []string{"a||c", "x||"}},
		{"words that are no cells", "only words\n", "", nil, nil},
		{"a cell too far out", "S\nZZZ1: a\n", "", nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := gridOf(test.text, test.lit)
			if g != nil {
				g.addHidden(test.hidden, "S", 1, 3)
				g.finish()
			}
			if diff := cmp.Diff(test.want, drawn(g)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// FuzzGrid holds that no words and no hidden parts make it panic or grow
// beyond its bounds.
func FuzzGrid(f *testing.F) {
	f.Add(sheetText, sheetHidden, 3, 9)
	f.Add("row 1:\ta\tb\n", "", 0, 0)
	f.Fuzz(func(t *testing.T, text, hidden string, from, to int) {
		g := gridOf(text, []Range{{from, to}})
		if g == nil {
			return
		}
		g.addHidden(hidden, "Register", 1, 1000)
		g.finish()
		if len(g.Columns) > maxColumns {
			t.Errorf("%d columns", len(g.Columns))
		}
	})
}
