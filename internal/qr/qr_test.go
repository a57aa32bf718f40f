package qr

import (
	"strings"
	"testing"

	"rsc.io/qr"
)

const secret = "AGE-SECRET-KEY-PQ-1QQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSNZS23V9CCRYDPK8QARC0SXKQ3MW"

// squares reads printed lines back, a row of squares each.
func squares(t *testing.T, lines []string) (rows []string) {
	t.Helper()
	for _, line := range lines {
		var upper, lower strings.Builder
		for _, r := range line {
			at := strings.IndexRune(" ▄▀█", r)
			if at < 0 {
				t.Fatalf("a line holds %q", r)
			}
			upper.WriteByte(" #"[map[rune]int{' ': 0, '▄': 0, '▀': 1, '█': 1}[r]])
			lower.WriteByte(" #"[map[rune]int{' ': 0, '▄': 1, '▀': 0, '█': 1}[r]])
		}
		rows = append(rows, upper.String(), lower.String())
	}
	return rows
}

func TestThePrintedSquaresAreThoseOfTheCode(t *testing.T) {
	lines, err := Paper(secret)
	if err != nil {
		t.Fatal(err)
	}
	rows := squares(t, lines)
	code, err := qr.Encode(secret, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	for y, row := range rows {
		if len(row) != code.Size+2*quiet {
			t.Fatalf("row %d has %d squares, want %d", y, len(row), code.Size+2*quiet)
		}
		for x := range row {
			if (row[x] == '#') != code.Black(x-quiet, y-quiet) {
				t.Errorf("the square %d, %d is wrong", x, y)
			}
		}
	}
}

func TestTheMarginIsWideEnoughForAScanner(t *testing.T) {
	lines, err := Paper(secret)
	if err != nil {
		t.Fatal(err)
	}
	rows := squares(t, lines)
	for _, row := range append(rows[:quiet:quiet], rows[len(rows)-quiet:]...) {
		if strings.Contains(row, "#") {
			t.Error("there is ink in the margin above or below")
		}
	}
	for _, row := range rows {
		if strings.Contains(row[:quiet]+row[len(row)-quiet:], "#") {
			t.Error("there is ink in the margin beside")
		}
	}
}

func TestATerminalShowsDarkOnLight(t *testing.T) {
	paper, _ := Paper(secret)
	lines, err := Terminal(secret)
	if err != nil || len(lines) != len(paper) {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for i, line := range lines {
		if line != "\x1b[30;107m"+paper[i]+"\x1b[0m" {
			t.Errorf("line %d is %q", i, line)
		}
	}
}

func TestATextThatNoCodeHoldsIsRefused(t *testing.T) {
	if _, err := Paper(strings.Repeat("x", 4000)); err == nil {
		t.Error("4,000 letters were drawn")
	}
	if _, err := Terminal(strings.Repeat("x", 4000)); err == nil {
		t.Error("4,000 letters were drawn")
	}
}
