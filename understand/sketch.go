package understand

import (
	"crypto/sha256"
	"slices"
)

// Sketch stands for a document where many are compared: a sample of its runs.
type Sketch struct {
	Runs   int      // how many the document has
	Same   [32]byte // digest of its units: equal where two have the same words
	sample []uint64
}

// Documents of fewer runs than sampleAll are kept whole; of longer ones those
// runs are whose hash lies in the lowest part of sampleOf.
const (
	sampleAll = 1024
	sampleOf  = 8
	lowest    = ^uint64(0) / sampleOf
)

// SketchOf makes the sketch of a document's pages.
func SketchOf(pages []string) Sketch {
	units := allUnits(pages)
	digest := sha256.New()
	for _, u := range units {
		digest.Write([]byte(u.text))
		digest.Write([]byte{0xff})
	}
	var all Runs
	runs(units, func(h uint64) { all = append(all, h) })
	slices.Sort(all)
	all = slices.Compact(all)
	s := Sketch{Runs: len(all), Same: [32]byte(digest.Sum(nil))}
	if len(all) >= sampleAll {
		all = all[:low(all)]
	}
	s.sample = slices.Clone(all)
	return s
}

// low counts the hashes in the lowest part; hashes are sorted.
func low(hashes []uint64) int {
	n, _ := slices.BinarySearch(hashes, lowest+1)
	return n
}

// candidate reports whether two documents may be near duplicates, given how
// many hashes of their samples are equal: all of them, and the low ones. It
// errs on the side of yes.
func candidate(a, b Sketch, equal, equalLow int) bool {
	if a.Runs > b.Runs {
		a, b = b, a
	}
	if a.Runs < leastRuns || b.Runs > nearLength*a.Runs && a.Runs < leastWithin {
		return false
	}
	of := len(a.sample)
	if a.Runs < sampleAll && b.Runs >= sampleAll {
		of, equal = low(a.sample), equalLow
		if of < 8 { // too few to tell
			return equal > 0 || of == 0
		}
	}
	return float64(equal) >= (Near-doubt(of))*float64(of)
}

// doubt is three standard errors of a share of one half in a sample of n.
func doubt(n int) float64 {
	switch {
	case n < 32:
		return 0.35
	case n < 128:
		return 0.2
	}
	return 0.13
}
