package vidimus

import (
	"errors"
	"fmt"
)

// Mention is a stretch of a page that names or states something: the bytes
// [Start, End) of its text.
type Mention struct {
	Start, End int
	Kind       MentionKind
	Value      string // what it says, in one form: EDTF for a date; empty for a withheld kind
	Rule       string // who or what found it
	Confidence int    // how sure that is, of 100
}

// MentionKind is what a mention names or states.
type MentionKind string

// The kinds.
const (
	Person         MentionKind = "person"
	Organisation   MentionKind = "organisation"
	Locality       MentionKind = "place"
	Dated          MentionKind = "date"
	Quantity       MentionKind = "number"
	DocumentNumber MentionKind = "document number"
	Quotation      MentionKind = "quotation"
	Phone          MentionKind = "phone"
	Identity       MentionKind = "id"
	Plate          MentionKind = "plate"
	Account        MentionKind = "account"
	Address        MentionKind = "address"
)

// MentionKinds lists all kinds.
var MentionKinds = []MentionKind{Person, Organisation, Locality, Dated, Quantity, DocumentNumber, Quotation,
	Phone, Identity, Plate, Account, Address}

// Known reports whether k is on the list.
func (k MentionKind) Known() bool {
	for _, known := range MentionKinds {
		if k == known {
			return true
		}
	}
	return false
}

// Withheld reports a kind of which no output of mentions gives the words: by
// its place alone nobody is looked up.
func (k MentionKind) Withheld() bool {
	switch k {
	case Phone, Identity, Plate, Account, Address:
		return true
	}
	return false
}

// MentionID names a mention: the place, and what was seen there.
type MentionID struct {
	Reading    int64
	Page       int
	Start, End int
	Kind       MentionKind
}

// String is what people and scripts are given, as 12.3.104.110.person.
func (m MentionID) String() string {
	return fmt.Sprintf("%d.%d.%d.%d.%s", m.Reading, m.Page, m.Start, m.End, m.Kind)
}

// ErrMentionID is returned for a word that names no mention.
var ErrMentionID = errors.New("not a mention: `vidimus mentions CASE --item ITEM --json` prints them as 12.3.104.110.person")

// ParseMentionID is String undone.
func ParseMentionID(s string) (m MentionID, err error) {
	var kind string
	if _, err := fmt.Sscanf(s, "%d.%d.%d.%d.", &m.Reading, &m.Page, &m.Start, &m.End); err == nil {
		prefix := fmt.Sprintf("%d.%d.%d.%d.", m.Reading, m.Page, m.Start, m.End)
		if len(s) > len(prefix) && s[:len(prefix)] == prefix {
			kind = s[len(prefix):]
		}
	}
	m.Kind = MentionKind(kind)
	if !m.Kind.Known() || m.Reading < 1 || m.Page < 1 || m.Page > MaxPages || m.Start < 0 || m.End <= m.Start {
		return MentionID{}, ErrMentionID
	}
	return m, nil
}

// Ruling is a reader's word on a mention. The mention stays as it was found;
// a later ruling on it stands for the one before. One that adds a mention is
// all that there is of it: later words are taken into it, until it is rejected.
type Ruling struct {
	Mention MentionID
	Verdict Verdict
	Kind    MentionKind // when corrected
	Value   string      // when corrected or added
	// Into is the mention that this one says the same as, when merged: of the
	// same file.
	Into MentionID
}

// Verdict is what a reader says of a mention.
type Verdict string

// The verdicts.
const (
	Confirmed Verdict = "confirmed"
	Rejected  Verdict = "rejected"
	Corrected Verdict = "corrected"
	Merged    Verdict = "merged"
	Added     Verdict = "added" // nobody had found it
)

// Ruled gives the mention as a reader's word leaves it, and false where that
// rejects it. What a merged one says is told by the other.
func (m Mention) Ruled(r Ruling) (Mention, bool) {
	switch r.Verdict {
	case Rejected:
		return m, false
	case Corrected, Added:
		if r.Kind != "" {
			m.Kind = r.Kind
		}
		if r.Value != "" {
			m.Value = r.Value
		}
	}
	return m, true
}

// ByReader is the rule of a mention that a reader has added.
const ByReader = "a reader"

// Addition gives the mention that a ruling adds, without what was said of it
// later, and false for every other ruling.
func (r Ruling) Addition() (Mention, bool) {
	id := r.Mention
	return Mention{Start: id.Start, End: id.End, Kind: id.Kind, Rule: ByReader, Confidence: 100}, r.Verdict == Added
}

// With is the ruling once a later one on the same mention is there.
func (r Ruling) With(later Ruling) Ruling {
	if r.Verdict != Added || later.Verdict == Rejected {
		return later
	}
	switch later.Verdict {
	case Corrected:
		if later.Kind != "" {
			r.Kind = later.Kind
		}
		if later.Value != "" {
			r.Value = later.Value
		}
		if r.Mention.Kind.Withheld() && r.Kind == "" || r.Kind.Withheld() {
			r.Value = ""
		}
	case Merged:
		r.Into = later.Into
	}
	return r
}

// Official is a person whom a reader has entered as acting in public office,
// with the words that show the office. Nobody else is ever listed over a case.
type Official struct {
	Number  int64 // from 1, never used again
	Name    string
	Office  string
	Item    ItemID
	Reading int64
	Page    int
	Start   int // of the words, in the page's text
	End     int
}

// Check refuses a mention that cannot be: what every store holds to.
func (m Mention) Check() error {
	switch {
	case !m.Kind.Known():
		return errors.New("a mention is of no known kind")
	case m.Start < 0 || m.End <= m.Start:
		return errors.New("a mention has no place")
	case m.Kind.Withheld() && m.Value != "":
		return errors.New("a mention of a withheld kind has a value")
	}
	return nil
}
