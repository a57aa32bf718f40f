package leak

import (
	"strings"
	"unicode"
)

// block is one paragraph of a source, or an order to the layout.
type block struct {
	kind blockKind
	text string
	rtl  bool
}

type blockKind int

const (
	paragraph blockKind = iota
	heading             // "# …"
	newPage             // "%page"
	sketch              // "%sketch": a page of ink without words
	blank               // "%blank": a page without anything
	row                 // "| … | …": one row of a table
)

// parse reads a source in text/: blocks apart by empty lines.
func parse(source string) []block {
	var blocks []block
	for text := range strings.SplitSeq(strings.TrimSpace(source), "\n\n") {
		b := block{text: text, rtl: rightToLeft(text)}
		switch {
		case text == "%page":
			b = block{kind: newPage}
		case text == "%sketch":
			b = block{kind: sketch}
		case text == "%blank":
			b = block{kind: blank}
		case strings.HasPrefix(text, "| "):
			b.kind, b.text = row, text[2:]
		case strings.HasPrefix(text, "# "):
			b.kind, b.text = heading, text[2:]
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// rightToLeft says which way a paragraph runs: as its first letter does.
func rightToLeft(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Arabic, r)
		}
	}
	return false
}
