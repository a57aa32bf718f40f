package web

import (
	"encoding/json"
	"slices"

	"vidimus/search"
)

// filter is a value of a field that pages must have, or must not.
type filter struct {
	Field search.Field
	Value string
	Not   bool
}

// filters are those that stand beside a question, in the order in which they
// were chosen. They are one string, so that views can be compared.
type filters string

func (f filters) list() (all []filter) {
	if f != "" {
		json.Unmarshal([]byte(f), &all) // what filtersOf made
	}
	return all
}

func filtersOf(all []filter) filters {
	if len(all) == 0 {
		return ""
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err) // strings and a bool
	}
	return filters(b)
}

// with adds a filter; one of the same value goes.
func (f filters) with(one filter) filters {
	return filtersOf(append(f.rest(one), one))
}

// without takes the filter of a value away.
func (f filters) without(one filter) filters { return filtersOf(f.rest(one)) }

func (f filters) rest(one filter) []filter {
	return slices.DeleteFunc(f.list(), func(o filter) bool { return o.Field == one.Field && o.Value == one.Value })
}

// question is what is asked of the case: what was typed, and the filters.
func (v view) question() Question {
	q := Question{v.Query, v.Typed}
	for _, f := range v.Filters.list() {
		q.Text = search.With(q.Text, f.Field, f.Value, f.Not)
	}
	return q
}

// chip is a filter that is in force, with the way to be rid of it.
type chip struct {
	filter
	Word    named
	Off     string // address without it
	Turned  string // address with its opposite
	ForPath bool   // the value is a path
}

// facet is a field with the values that the pages found have.
type facet struct {
	Name   string
	Values []facetValue // the most frequent
	More   []facetValue // further ones
	Rest   int          // values that are not listed
	Out    []chip       // values that are excluded
}

type facetValue struct {
	Value   string
	Word    named
	Count   int
	In, Out string // addresses with the value demanded, and excluded
	On      bool   // it is demanded
	ForPath bool
}

// How many values of a facet are listed at once, and in all.
const (
	facetFirst = 6
	facetMost  = 60
)

// facetNames are those that stand beside the hits; months are drawn instead.
var facetNames = []search.Field{"type", "language", "date", "folder", "state", "reading"}

// facets puts what was counted beside the hits of a view.
func (s *Server) facets(in *session, v view, counted search.Facets) (all []facet) {
	chosen := v.Filters.list()
	for _, name := range facetNames {
		f := facet{Name: string(name)}
		for i, c := range counted[name] {
			one := filter{name, c.Value, false}
			value := facetValue{Value: c.Value, Word: s.valueWord(name, c.Value), Count: c.Count, ForPath: name == search.Folder,
				In: filtered(in, v, v.Filters.with(one)), Out: filtered(in, v, v.Filters.with(filter{name, c.Value, true})),
				On: slices.Contains(chosen, one)}
			switch {
			case i < facetFirst:
				f.Values = append(f.Values, value)
			case i < facetMost:
				f.More = append(f.More, value)
			default:
				f.Rest++
			}
		}
		for _, c := range s.chips(in, v) {
			if c.Not && c.Field == name {
				f.Out = append(f.Out, c)
			}
		}
		if len(f.Values)+len(f.Out) > 0 {
			all = append(all, f)
		}
	}
	return all
}

// chips are the filters of a view.
func (s *Server) chips(in *session, v view) (all []chip) {
	for _, f := range v.Filters.list() {
		opposite := f
		opposite.Not = !f.Not
		all = append(all, chip{f, s.valueWord(f.Field, f.Value), filtered(in, v, v.Filters.without(f)),
			filtered(in, v, v.Filters.with(opposite)), f.Field == search.Folder || f.Field == search.PathName})
	}
	return all
}

// filtered is the address of a view with other filters.
func filtered(in *session, v view, f filters) string {
	v.Filters, v.Offset = f, 0
	return "/v/" + in.keep(v)
}

// valueWord names a value in the reader's language, where it has a name.
func (s *Server) valueWord(field search.Field, value string) named {
	prefix := map[search.Field]string{search.Language: "language", search.State: "state", search.Reading: "kind", search.Type: "type"}[field]
	word, ok := s.words.known(prefix, value)
	return named{word, ok}
}
