package search

import (
	"cmp"
	"slices"
	"strings"
)

// Facets say for each field how many of the pages that match have each value:
// so many come when it is chosen. A page counts in every folder that its file
// lies in; folders that search takes for equal are one.
type Facets map[Field][]Count

// FacetFields lists the facets in the order in which they are told of. Those of
// Date are years; its months stand beside them.
var FacetFields = []Field{Type, Language, Date, Month, Folder, State, Reading}

// Count is one value with its pages.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Tally counts facets.
type Tally struct {
	counts  map[Field]map[string]int
	spelled map[string]string // how a folded folder is shown
}

// NewTally gives a tally in which every facet stands, if empty.
func NewTally() Tally {
	t := Tally{map[Field]map[string]int{}, map[string]string{}}
	for _, f := range FacetFields {
		t.counts[f] = map[string]int{}
	}
	return t
}

// Add counts so many pages with these facts.
func (t Tally) Add(f Facts, pages int) {
	t.AddFile(f.Type, string(f.State), FolderNames(f.Path), pages)
	t.AddForm(f, pages)
	t.AddDates(f.Dates, pages)
}

// FolderName is a folder as it is counted and as it is shown.
type FolderName struct{ Folded, Shown string }

// FolderNames gives the folders that a path lies in, those that fold to the
// same once.
func FolderNames(path string) (all []FolderName) {
	for _, folder := range FoldersOf(path) {
		folded := FoldPath(folder)
		if len(all) == 0 || all[len(all)-1].Folded != folded {
			all = append(all, FolderName{folded, folder})
		}
	}
	return all
}

// AddFile counts so many pages of one file.
func (t Tally) AddFile(mediaType, state string, folders []FolderName, pages int) {
	t.counts[Type][mediaType] += pages
	t.counts[State][state] += pages
	for _, f := range folders {
		t.counts[Folder][f.Folded] += pages
		if s, known := t.spelled[f.Folded]; !known || f.Shown < s {
			t.spelled[f.Folded] = f.Shown
		}
	}
}

// AddForm counts so many pages of the same reading and language.
func (t Tally) AddForm(f Facts, pages int) {
	t.counts[Reading][f.Reading] += pages
	t.counts[Language][f.Language] += pages
}

// AddDates counts so many pages that state these dates.
func (t Tally) AddDates(dates []Days, pages int) {
	years, months := Periods(dates)
	for _, y := range years {
		t.counts[Date][y] += pages
	}
	for _, m := range months {
		t.counts[Month][m] += pages
	}
}

// Facets gives the counts: the greatest first, years and months in their order.
func (t Tally) Facets() Facets {
	facets := Facets{}
	for field, counts := range t.counts {
		list := []Count{}
		for v, n := range counts {
			if field == Folder {
				v = t.spelled[v]
			}
			list = append(list, Count{v, n})
		}
		slices.SortFunc(list, func(a, b Count) int {
			if field == Date || field == Month {
				return strings.Compare(a.Value, b.Value)
			}
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
		})
		facets[field] = list
	}
	return facets
}

// With gives the query that also demands, or excludes, a value of a field: what
// choosing a facet's value means.
func With(typed string, field Field, value string, exclude bool) string {
	if field == Month {
		field = Date
	}
	open, closing := `"`, `"`
	for _, marks := range []string{"\"\"", "「」", "『』"} {
		first, rest := []rune(marks)[0], string([]rune(marks)[1:])
		if !strings.ContainsFunc(value, func(r rune) bool { return strings.ContainsRune(closers(first), ascii(r)) }) {
			open, closing = string(first), rest
			break
		}
	}
	clause := string(field) + ":" + open + value + closing
	if exclude {
		clause = "-" + clause
	}
	if strings.TrimSpace(typed) == "" {
		return clause
	}
	return "(" + typed + ") " + clause
}
