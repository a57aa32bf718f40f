package pipeline

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/protect"
)

// Judged is what people have signed about one edition: approvals of its words
// and decisions on points of its release check.
type Judged struct {
	Approvals []protect.Approval `json:"approvals,omitempty"`
	Decisions []protect.Decision `json:"decisions,omitempty"`
}

func settingJudged(digest [32]byte) string { return "edition/" + hex.EncodeToString(digest[:]) }

// JudgedOf gives what was signed about the words with this digest.
func JudgedOf(tx archive.Tx, digest [32]byte) (j Judged, err error) {
	err = kept(tx, settingJudged(digest), "what was signed about an edition is damaged", &j)
	return j, err
}

// kept reads a sealed value; one that was never kept leaves v as it is.
func kept(tx archive.Tx, name, damaged string, v any) error {
	b, err := tx.Settings().Get(name)
	if errors.Is(err, archive.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return errors.New(damaged)
	}
	return nil
}

// Approve keeps a signer's approval of an edition. It must be good, and by a
// signer whose approvals count in this case.
func Approve(w *archive.Work, caseID string, digest [32]byte, a protect.Approval) error {
	signed, err := SignedIn(w.Tx)
	if err != nil {
		return err
	}
	if !signed(a, protect.ApprovalText(caseID, digest)) {
		return errNotCounted
	}
	w.Register(judgement(digest, "edition", a.Signer))
	return judge(w, digest, func(j *Judged) {
		j.Approvals = slices.DeleteFunc(j.Approvals, func(b protect.Approval) bool { return b.Signer == a.Signer })
		j.Approvals = append(j.Approvals, a)
	})
}

// Decide keeps a signer's decisions on open points.
func Decide(w *archive.Work, caseID string, digest [32]byte, all ...protect.Decision) error {
	signed, err := SignedIn(w.Tx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if !signed(d.Approval, protect.DecisionText(caseID, digest, d.Point, d.Reason)) {
			return errNotCounted
		}
		w.Register(judgement(digest, "point", d.Signer))
	}
	return judge(w, digest, func(j *Judged) { j.Decisions = append(j.Decisions, all...) })
}

var errNotCounted = vidimus.WithHint(errors.New("this signer's approvals do not count in this case"),
	"`vidimus signer register CASE FILE` has them count")

// judgement is what the custody log says of a signature.
func judgement(digest [32]byte, what, signer string) custody.Entry {
	return custody.Entry{Kind: custody.Approve, Fields: map[string]any{"what": what, "signer": signer, "edition": hex.EncodeToString(digest[:])}}
}

func judge(w *archive.Work, digest [32]byte, change func(*Judged)) error {
	j, err := JudgedOf(w.Tx, digest)
	if err != nil {
		return err
	}
	change(&j)
	b, err := json.Marshal(j)
	if err != nil {
		return fmt.Errorf("keep what was signed: %w", err)
	}
	return w.Settings().Put(settingJudged(digest), b)
}

// SignedIn tells of a signature whether it counts in this case.
func SignedIn(tx archive.Tx) (protect.Signed, error) {
	signers, err := archive.Signers(tx)
	if err != nil {
		return nil, err
	}
	return func(a protect.Approval, text string) bool {
		i := slices.IndexFunc(signers, func(s archive.Signer) bool { return s.Name == a.Signer })
		return i >= 0 && signers[i].Signed(a.Note, text)
	}, nil
}
