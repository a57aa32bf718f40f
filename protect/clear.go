package protect

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"vidimus"
)

// Approval is a person's signature over an edition's words.
type Approval struct {
	Signer string `json:"signer"`
	Note   []byte `json:"note"` // a C2SP signed note of ApprovalText
}

// ApprovalText is what a signer signs: the digest of exactly what was reviewed
// (spec/signer.md).
func ApprovalText(caseID string, digest [32]byte) string {
	return "vidimus-approval/1\n" + caseID + "\n" + hex.EncodeToString(digest[:]) + "\n"
}

// Decision is a person's signed word on one open point of a release check.
type Decision struct {
	Approval
	Point  string `json:"point"`
	Reason string `json:"reason"` // stays inside
}

// DecisionText is what is signed of a decision; the reason by its digest.
func DecisionText(caseID string, digest [32]byte, point, reason string) string {
	why := sha256.Sum256([]byte(reason))
	return "vidimus-decision/1\n" + caseID + "\n" + hex.EncodeToString(digest[:]) + "\n" + point + "\n" + hex.EncodeToString(why[:]) + "\n"
}

// Signed tells whether an approval is its signer's over a text, and counts.
type Signed func(a Approval, text string) bool

// Cleared is an edition that people have approved. Nothing but Clear makes
// one; the zero value is refused wherever one is asked for.
type Cleared struct {
	words     []byte
	digest    [32]byte
	edition   Edition
	pictures  Pictures
	approvals int
}

// ErrNotCleared is returned for a Cleared that Clear did not make.
var ErrNotCleared = errors.New("this edition was not cleared")

// ErrApprovals is returned where too few approvals count.
var ErrApprovals = errors.New("too few people have approved exactly this edition")

// Clear accepts an edition that two people have approved, or one where the
// edition itself says so.
func Clear(caseID string, e Edition, pictures Pictures, approvals []Approval, signed Signed) (Cleared, error) {
	if err := pictures.fit(e); err != nil {
		return Cleared{}, err
	}
	digest := e.Digest()
	text := ApprovalText(caseID, digest)
	counted := map[string]bool{}
	for _, a := range approvals {
		if signed(a, text) {
			counted[a.Signer] = true
		}
	}
	need := 2
	if e.OnePerson {
		need = 1
	}
	if len(counted) < need {
		return Cleared{}, vidimus.WithHint(fmt.Errorf("%w: %d of %d", ErrApprovals, len(counted), need),
			"`vidimus edition review` shows what would be published, `vidimus approve` signs it; every change voids what was signed before")
	}
	words := e.Bytes()
	return Cleared{words, digest, e, pictures, len(counted)}, nil
}

// fit checks that the pictures are those that the edition names, and no others.
func (ps Pictures) fit(e Edition) error {
	n := 0
	for _, d := range e.Documents {
		for _, p := range d.Pictures {
			n++
			if sum := sha256.Sum256(ps[p.Path]); ps[p.Path] == nil || hex.EncodeToString(sum[:]) != p.SHA256 {
				return errPictures
			}
		}
	}
	if n != len(ps) {
		return errPictures
	}
	return nil
}

var errPictures = errors.New("the pictures are not those that the edition names")

// Pictures gives the pictures that were approved.
func (c Cleared) Pictures() (Pictures, error) {
	if _, err := c.Edition(); err != nil {
		return nil, err
	}
	return c.pictures, c.pictures.fit(c.edition)
}

// Edition gives the words that were approved.
func (c Cleared) Edition() (Edition, error) {
	if c.words == nil || c.edition.Digest() != c.digest {
		return Edition{}, ErrNotCleared
	}
	return c.edition, nil
}

// Digest is that of the words.
func (c Cleared) Digest() [32]byte { return c.digest }

// Approvals is how many people approved.
func (c Cleared) Approvals() int { return c.approvals }
