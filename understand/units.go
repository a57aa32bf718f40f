package understand

import (
	"unicode/utf8"

	"vidimus/writing"
)

// unit is what is compared: a word as package writing folds it, or one Han
// character. Layout, punctuation, case and width do not count, so that a text
// and what OCR read of its print have the same units.
type unit struct {
	text       string
	page       int // index into the pages
	start, end int // bytes of that page's text
	hash       uint64
	han        bool
}

// unitsOf gives the units of one page.
func unitsOf(page int, text string) []unit {
	var all []unit
	for t := range writing.Tokens(text) {
		if !t.Han {
			all = append(all, unit{t.Text, page, t.Start, t.End, hashOf(t.Text), false})
			continue
		}
		// The token is a pair of neighbours, or the last one of its run.
		_, size := utf8.DecodeRuneInString(t.Text)
		_, there := utf8.DecodeRuneInString(text[t.Start:])
		all = append(all, unit{t.Text[:size], page, t.Start, t.Start + there, hashOf(t.Text[:size]), true})
	}
	return all
}

// allUnits gives the units of a document's pages in their order.
func allUnits(pages []string) []unit {
	var all []unit
	for i, text := range pages {
		all = append(all, unitsOf(i, text)...)
	}
	return all
}

// Runs of so many units are compared between documents: five Han characters,
// or three words. Shorter ones are shared by any two texts of a kind, longer
// ones break at every slip of OCR.
const (
	hanRun  = 5
	wordRun = 3
)

// runs calls yield for the hash of every run of units.
func runs(units []unit, yield func(uint64)) {
	for i := range units {
		n := wordRun
		if units[i].han {
			n = hanRun
		}
		if i+n > len(units) {
			continue
		}
		yield(hashRun(units[i : i+n]))
	}
}

// FNV-1a, with the last step of MurmurHash3: its low bits alone are no sample.
const (
	offset64 = 14695981039346656037
	prime64  = 1099511628211
)

func hashOf(text string) uint64 {
	h := uint64(offset64)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * prime64
	}
	return mix(h)
}

func hashRun(units []unit) uint64 {
	h := uint64(offset64)
	for _, u := range units {
		h = mix(h*prime64 ^ u.hash)
	}
	return h
}

func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
