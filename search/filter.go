package search

import (
	"fmt"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/writing"
)

// Field names one fact of a page that can be asked for.
type Field string

// The fields.
const (
	Type     Field = "type"
	Language Field = "language"
	Folder   Field = "folder"
	State    Field = "state"
	PathName Field = "path"
	Reading  Field = "reading"
	Date     Field = "date"
	Place    Field = "place"
	Number   Field = "number"
	Official Field = "official"
)

// Month is no field but a facet: the months of date: beside its years.
const Month Field = "month"

// newer is the field of Since, which nobody types.
const newer Field = "newer"

// Fields lists the fields in the order in which they are told of.
var Fields = []Field{Type, Language, Date, Place, Number, Official, Folder, State, PathName, Reading}

// Filter is what a clause asks of one field.
type Filter struct {
	Field  Field
	Values []string // any of these; of types one that ends in / is the first half
	Glob   string   // of a path, folded, instead of ways
	Ways   []Way    // of a path: words in it

	First, Last int   // of a date: days as in Days
	After       int64 // of newer: the number of a reading

	Names   []string         // of a place or an official: as typed, and the case's other spellings of it
	Same    bool             // of a place: whatever its name is in other writings; Expand
	Numbers *archive.Numbers // of a number
}

// Fits reports whether a page of these facts is wanted.
func (f *Filter) Fits(p Facts) bool {
	switch f.Field {
	case Type:
		return f.FitsType(p.Type)
	case Language:
		return slices.Contains(f.Values, p.Language)
	case State:
		return slices.Contains(f.Values, string(p.State))
	case Reading:
		return slices.Contains(f.Values, p.Reading)
	case Folder:
		return slices.ContainsFunc(FoldersOf(FoldPath(p.Path)), func(folder string) bool { return slices.Contains(f.Values, folder) })
	case Date:
		return slices.ContainsFunc(p.Dates, func(d Days) bool { return d.Within(f.First, f.Last) })
	case PathName:
		return f.FitsPath(p.Path)
	case newer:
		reading, _ := vidimus.SplitPageID(p.Number)
		return reading > f.After
	}
	return false
}

// Since asks the same of the pages alone that readings after one gave.
func Since(q Query, reading int64) Query {
	c := Clause{Filter: &Filter{Field: newer, After: reading}, Typed: fmt.Sprintf("new since reading %d", reading)}
	return Query{All{q.Root, Leaf(len(q.Clauses))}, append(slices.Clone(q.Clauses), c)}
}

// Newer gives the number that pages after f.After begin with, if f asks for
// those.
func (f *Filter) Newer() (page int64, ok bool) {
	return vidimus.PageID(f.After+1, 0), f.Field == newer
}

// FitsType reports whether a media type is wanted.
func (f *Filter) FitsType(mediaType string) bool {
	return slices.ContainsFunc(f.Values, func(v string) bool {
		return v == mediaType || strings.HasSuffix(v, "/") && strings.HasPrefix(mediaType, v)
	})
}

// FitsPath reports whether a path is wanted.
func (f *Filter) FitsPath(path string) bool {
	if f.Glob != "" {
		folded := FoldPath(path)
		return glob(f.Glob, folded) || glob(f.Glob, folded[strings.LastIndexByte(folded, '/')+1:])
	}
	tokens := slices.Collect(writing.Tokens(path))
	return len(Clause{Ways: f.Ways}.find(path, tokens, 0)) > 0
}

// FoldPath writes a path so that paths that search takes for equal are equal.
func FoldPath(path string) string { return strings.Trim(writing.Fold(path), "/") }

// glob reports whether text is what pattern says: ? is one character, * any
// number of them.
func glob(pattern, text string) bool {
	p, t := []rune(pattern), []rune(text)
	i, star, tried := 0, -1, 0
	for at := 0; at < len(t); {
		switch {
		case i < len(p) && p[i] == '*':
			star, tried = i, at
			i++
		case i < len(p) && (p[i] == '?' || p[i] == t[at]):
			i++
			at++
		case star >= 0:
			tried++
			i, at = star+1, tried
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}
