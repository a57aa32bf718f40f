// Package protect decides what of a document may leave. A Plan says what an
// edition shows; Make turns it, with the pages and the withheld areas, into an
// Edition: every word that the public would see, and nothing else. Clear
// accepts an Edition that people have approved; only what is Cleared can be
// written, and only what Examine has released can be published.
package protect

// Mode is the way in which an edition shows documents. There is no default.
type Mode string

// The modes.
const (
	Cite       Mode = "cite"       // only the words quoted
	Transcript Mode = "transcript" // retyped, with withheld lines marked
	Facsimile  Mode = "facsimile"  // black and white pictures, by a decision for each document
)

// Class is the reason for which the public is told that something is withheld.
// One shape stands for all three.
type Class string

// The classes.
const (
	Person  Class = "a person is protected"
	NotOurs Class = "not ours to publish"
	Other   Class = "other"
)

// Classes lists them in the order in which they are counted.
var Classes = []Class{Person, NotOurs, Other}

// Known reports whether c is one of the three.
func (c Class) Known() bool { return c == Person || c == NotOurs || c == Other }

// ParseClass accepts the short words of the command line, too.
func ParseClass(s string) (Class, bool) {
	switch s {
	case "person":
		return Person, true
	case "not-ours":
		return NotOurs, true
	case "other":
		return Other, true
	}
	return Class(s), Class(s).Known()
}
