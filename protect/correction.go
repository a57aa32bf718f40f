package protect

import (
	"crypto/sha256"
	"encoding/hex"
)

// Correction is what an edition tells the public of the one that it takes the
// place of: counts, and no words. Where that one was withdrawn to protect
// people, not even where something changed.
type Correction struct {
	Date       string           `json:"date,omitempty"` // of the edition that corrects
	Protective bool             `json:"protective,omitempty"`
	Changes    []DocumentChange `json:"changes,omitempty"`
}

// Replaces adds to an edition what it corrects of the one before it, after all
// that was corrected before.
func (e *Edition) Replaces(before Edition, protective bool) {
	c := Correction{Date: e.Date, Protective: protective}
	if !protective {
		c.Changes = Changes(before, *e)
	}
	e.Corrections = append(append([]Correction(nil), before.Corrections...), c)
}

// WithdrawalText is what a signer signs who withdraws an edition to protect
// people; the reason by its digest (spec/signer.md).
func WithdrawalText(caseID string, digest [32]byte, reason string) string {
	why := sha256.Sum256([]byte(reason))
	return "vidimus-withdrawal/1\n" + caseID + "\n" + hex.EncodeToString(digest[:]) + "\n" + hex.EncodeToString(why[:]) + "\n"
}
