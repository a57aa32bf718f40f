package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"vidimus"
	"vidimus/custody"
)

// settingHolds lists what must not be disposed of: spec/archive.md.
const settingHolds = "holds"

// Hold forbids that an item, or with Item empty the whole case, is disposed of.
type Hold struct {
	Item   vidimus.ItemID `json:"item,omitempty"`
	Reason string         `json:"reason"` // stays inside
	Since  string         `json:"since"`  // the day
}

// ErrHeld is returned for what must not be disposed of.
var ErrHeld = errors.New("a hold forbids to dispose of this")

const hintHeld = "a signer of the case must lift it first: `vidimus hold CASE [ITEM] --lift --signer FILE --reason -`; `vidimus hold CASE --list` shows the holds"

// Holds gives those in force, the oldest first.
func Holds(tx Tx) (all []Hold, err error) {
	err = getFixed(tx, "holds", &all)
	return all, err
}

// Hold forbids to dispose of an item, or of the whole case where it is empty.
func (w *Work) Hold(item vidimus.ItemID, reason string) error {
	all, err := Holds(w.Tx)
	if err != nil {
		return err
	}
	if findHold(all, item) >= 0 {
		return vidimus.WithHint(errors.New("this is held already"), "`vidimus hold CASE --list` shows the holds")
	}
	all = append(all, Hold{item, reason, time.Now().UTC().Format(time.DateOnly)})
	return w.putHolds(all, holding("held", item, reason))
}

// Lift ends a hold. A signer of the case has signed that it may end.
func (w *Work) Lift(item vidimus.ItemID, reason string, by Signature) error {
	all, err := Holds(w.Tx)
	if err != nil {
		return err
	}
	i := findHold(all, item)
	if i < 0 {
		return vidimus.WithHint(errors.New("this is not held"), "`vidimus hold CASE --list` shows the holds")
	}
	id, err := w.Settings().Get(settingCase)
	if err != nil {
		return err
	}
	if err := counted(w.Tx, LiftText(string(id), item, reason), 1, []Signature{by}); err != nil {
		return err
	}
	e := holding("lifted", item, reason)
	e.Fields["signers"], e.Fields["notes"] = []string{by.Signer}, []string{string(by.Note)}
	return w.putHolds(slices.Delete(all, i, i+1), e)
}

func holding(what string, item vidimus.ItemID, reason string) custody.Entry {
	fields := map[string]any{"what": what, "reason": reason}
	if item != "" {
		fields["item"] = string(item)
	}
	return custody.Entry{Kind: custody.Hold, Fields: fields}
}

func (w *Work) putHolds(all []Hold, e custody.Entry) error { return w.putFixed("holds", all, e) }

func findHold(all []Hold, item vidimus.ItemID) int {
	return slices.IndexFunc(all, func(h Hold) bool { return h.Item == item })
}

// LiftText is what a signer signs so that a hold ends (spec/signer.md).
func LiftText(caseID string, item vidimus.ItemID, reason string) string {
	why := sha256.Sum256([]byte(reason))
	return "vidimus-lift/1\n" + caseID + "\n" + string(item) + "\n" + hex.EncodeToString(why[:]) + "\n"
}
