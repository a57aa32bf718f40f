// Package qr draws QR codes with letters, for terminals and for paper: each
// letter shows two squares, one above the other (Unicode half blocks).
package qr

import (
	"errors"
	"strings"

	"rsc.io/qr"
)

// quiet is the white margin that scanners need, in squares.
const quiet = 4

// blackOnWhite makes a line look as on paper on terminals of any colour.
const blackOnWhite, plain = "\x1b[30;107m", "\x1b[0m"

// halves are the letters for two squares: neither black, the lower, the upper, both.
var halves = [4]rune{' ', '▄', '▀', '█'}

// Paper gives the code of text as lines in which ink is black.
func Paper(text string) ([]string, error) {
	// Level M survives a crease in the paper.
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, errors.New("the text is too long for a QR code")
	}
	var lines []string
	for y := -quiet; y < code.Size+quiet; y += 2 {
		var line strings.Builder
		for x := -quiet; x < code.Size+quiet; x++ {
			line.WriteRune(halves[bit(code.Black(x, y))<<1|bit(code.Black(x, y+1))])
		}
		lines = append(lines, line.String())
	}
	return lines, nil
}

// Terminal gives the same lines in fixed colours: a scanner needs dark on
// light, whatever colours the terminal has.
func Terminal(text string) ([]string, error) {
	lines, err := Paper(text)
	for i, line := range lines {
		lines[i] = blackOnWhite + line + plain
	}
	return lines, err
}

func bit(black bool) int {
	if black {
		return 1
	}
	return 0
}
