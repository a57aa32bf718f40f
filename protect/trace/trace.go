// Package trace finds what in a document could lead to one copy, one device,
// one account, one place or one time. A trace is a kind and a place, never a
// value: nothing here decodes a mark, and no function gives back what a mark
// says. Whoever looks at the page sees it.
//
// What a detector cannot see it says: CannotTell stands where a mark could be
// and the source does not let us know.
package trace

import (
	"cmp"
	"slices"

	"vidimus"
)

// Kind names a sort of trace. The list is closed: Kinds.
type Kind string

// Class says what a trace could single out.
type Class string

// The classes. None is a person.
const (
	Device    Class = "device"
	Printer   Class = "printer"
	Account   Class = "account"
	Recipient Class = "recipient copy"
	Location  Class = "place"
	Time      Class = "time"
)

// Certainty says how sure a detector is.
type Certainty string

// The certainties. Of what is only CannotTell no place is known.
const (
	Found      Certainty = "found"
	Suspected  Certainty = "suspected"
	CannotTell Certainty = "cannot-tell"
)

// Mode is a way in which a document is published (docs/terms.md).
type Mode string

// The modes.
const (
	CiteOnly   Mode = "cite"
	Transcript Mode = "transcript"
	Facsimile  Mode = "facsimile"
)

// Trace is one trace: where it stands and what it is, without what it says.
type Trace struct {
	Kind      Kind
	Certainty Certainty
	Reading   int64  // that it was found in; 0 for the file as a whole or its picture
	In        string // kind of that reading, "picture" or "file"
	Page      int    // of that reading, or of the file; 0 for all of it
	Start     int    // the bytes of the page's text, both 0 where it is not in text
	End       int
	Box       vidimus.Box // on the page's picture; empty where there is none
}

// Class gives what the trace could single out.
func (t Trace) Class() Class { return catalogue[t.Kind].class }

// RemovedBy lists the modes in which an edition does not carry the trace.
func (t Trace) RemovedBy() []Mode { return catalogue[t.Kind].removed }

// Says is one line for people about a kind.
func (k Kind) Says() string { return catalogue[k].says }

// Known reports whether k is on the closed list.
func (k Kind) Known() bool { _, ok := catalogue[k]; return ok }

// Kinds lists all kinds in the order of their names.
func Kinds() []Kind {
	all := make([]Kind, 0, len(catalogue))
	for k := range catalogue {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// Sort puts traces in the order of a document, and drops what is said twice.
func Sort(all []Trace) []Trace {
	slices.SortFunc(all, func(a, b Trace) int {
		return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Reading, b.Reading), cmp.Compare(a.Start, b.Start),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.End, b.End), cmp.Compare(a.In, b.In), cmp.Compare(a.Certainty, b.Certainty))
	})
	return slices.Compact(all)
}
