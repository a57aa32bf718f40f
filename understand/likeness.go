package understand

import "slices"

// Two documents of like length are near duplicates where Likeness.Shorter is at
// least Near, of short ones (of less than longEnough runs) NearShort: these share
// a heading and a form of address easily. One of any length is, where it stands
// almost whole (Within) in a longer one. Measured (docs/understand.md): two laws
// on like matters have 0.14 in common, two versions of one law 0.63, two drafts
// of one statement 0.27, two mails of one conversation up to 0.48.
const (
	Near       = 0.25
	NearShort  = 0.5
	Within     = 0.8
	longEnough = 300
	nearLength = 4
	// leastRuns is how much a document must say before it is compared.
	leastRuns = 16
	// leastWithin is how much it must say to be found within a longer one.
	leastWithin = 100
)

// Likeness is how much two documents have in common, in runs of five Han
// characters or three words.
type Likeness struct {
	Shorter float64 // share of the shorter one's runs that the other has too
	Longer  float64 // share of the longer one's
}

// near reports whether the two are near duplicates.
func (l Likeness) near(shorter, longer int) bool {
	if shorter < leastRuns {
		return false
	}
	least := Near
	if shorter < longEnough {
		least = NearShort
	}
	return l.Shorter >= least && longer <= nearLength*shorter || l.Shorter >= Within && shorter >= leastWithin
}

// Runs is the set of a document's runs, sorted.
type Runs []uint64

// RunsOf gives the runs of a document's pages.
func RunsOf(pages []string) Runs {
	var all Runs
	runs(allUnits(pages), func(h uint64) { all = append(all, h) })
	slices.Sort(all)
	return slices.Compact(all)
}

// Compare tells how much two documents have in common. Equal ones give 1, as
// two empty ones do.
func Compare(a, b Runs) Likeness {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		if len(b) == 0 {
			return Likeness{1, 1}
		}
		return Likeness{}
	}
	common := float64(shared(a, b))
	return Likeness{common / float64(len(a)), common / float64(len(b))}
}

// shared counts what two sorted sets have in common.
func shared(a, b Runs) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
