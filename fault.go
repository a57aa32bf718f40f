package vidimus

import "errors"

// Reason is why a file is not, or only partly, read. The list is closed:
// docs/json.md has it with what to do about each.
type Reason string

// The reasons.
const (
	KindNotRead    Reason = "kind not read yet"
	NeedsOCR       Reason = "needs OCR"
	NoWords        Reason = "no words found"
	Encrypted      Reason = "encrypted"
	Damaged        Reason = "damaged"
	CharsetUnknown Reason = "charset unknown"
	TimeLimit      Reason = "time limit"
	MemoryLimit    Reason = "memory limit"
	SizeLimit      Reason = "size limit"
	ReaderDied     Reason = "reader died"
	CannotOpen     Reason = "cannot open"
	CannotRead     Reason = "cannot read"
	Changed        Reason = "changed while taken in"
	SomePages      Reason = "some pages not read"
	SomeChildren   Reason = "some files inside not read"
	LinkInside     Reason = "link or special file inside"
)

// Hints tell for each reason what a person can do next.
var Hints = map[Reason]string{
	KindNotRead:    "the file is kept as it is; a later version may read this kind",
	NeedsOCR:       "a page shows writing that is not among its words: look at its picture, or read it with `vidimus ocr CASE`",
	NoWords:        "the page has ink and OCR found no words on it: look at its picture",
	Encrypted:      "the file asks for a password; it is kept as it is",
	Damaged:        "the file's structure is broken; it is kept as it is: try a repair tool on a copy, in another machine",
	CharsetUnknown: "the bytes fit no character set we know; look at the original",
	TimeLimit:      "reading took too long; the file is kept as it is",
	MemoryLimit:    "reading took too much memory; the file is kept as it is",
	SizeLimit:      "the file holds more than a reader may give back; it is kept as it is",
	ReaderDied:     "the reader died on it twice; handle the original with care, it may be hostile",
	CannotOpen:     "the system did not let us open it: check permissions, then add again",
	CannotRead:     "the medium gave an error while reading: copy it again, then add again",
	Changed:        "the file changed while it was taken in: add again when nobody writes to it",
	SomeChildren:   "`vidimus list` shows which; the others are there",
	LinkInside:     "links and devices in an archive are named and never followed",
	SomePages:      "the other pages are there; look at the original for the rest",
}

// Known reports whether r is on the closed list.
func (r Reason) Known() bool { _, ok := Hints[r]; return ok }

// Fault is a file's own failure: it ends the work on that file and on no other.
type Fault struct{ Reason Reason }

func (f *Fault) Error() string { return string(f.Reason) }

// FaultOf gives the reason when err is, or wraps, a Fault.
func FaultOf(err error) (Reason, bool) {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Reason, true
	}
	return "", false
}

// hinted is an error with the next step for the person who reads it.
type hinted struct {
	error
	hint string
}

func (h *hinted) Unwrap() error { return h.error }

// WithHint adds to err what its reader can do about it.
func WithHint(err error, hint string) error { return &hinted{err, hint} }

// HintOf gives the innermost hint of err, or "".
func HintOf(err error) string {
	hint := ""
	for h := (*hinted)(nil); errors.As(err, &h); err = h.error {
		hint = h.hint
	}
	return hint
}
