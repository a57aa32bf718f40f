package pipeline

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/protect"
)

// Withdrawal is a signer's word that an edition is taken back to protect
// people. One signer is enough: what is taken back endangers nobody.
type Withdrawal struct {
	protect.Approval
	Reason string `json:"reason"` // stays inside
}

// Given is whom a copy of an edition was given to, as a person wrote it.
type Given struct {
	Day string `json:"day"` // of writing it down
	To  string `json:"to"`
}

// ErrWithdrawn is returned for an edition that was taken back.
var ErrWithdrawn = vidimus.WithHint(errors.New("this edition was withdrawn to protect people"),
	"withhold more, or change the plan, and make a version that `replaces` it (docs/plan.md)")

// replaced gives the edition whose place a plan's takes.
func replaced(ctx context.Context, c *archive.Case, p protect.Plan) (m Made, err error) {
	b, err := hex.DecodeString(p.Replaces)
	if err != nil || len(b) != 32 {
		return m, errors.New("this is no digest of an edition")
	}
	err = c.View(ctx, func(tx archive.Tx) (err error) {
		m, err = MadeOf(tx, [32]byte(b))
		return err
	})
	if errors.Is(err, archive.ErrNotFound) || err == nil && !m.Released {
		return m, vidimus.WithHint(errors.New("the plan replaces an edition that this case has not released"),
			"`replaces` is the digest that `vidimus edition release` printed")
	}
	return m, err
}

// Withdraw keeps a signer's withdrawal of a released edition, and logs it.
func Withdraw(w *archive.Work, caseID string, digest [32]byte, by Withdrawal) error {
	m, err := MadeOf(w.Tx, digest)
	if err != nil {
		return err
	}
	signed, err := SignedIn(w.Tx)
	if err != nil {
		return err
	}
	if !signed(by.Approval, protect.WithdrawalText(caseID, digest, by.Reason)) {
		return errNotCounted
	}
	m.Withdrawn = &by
	w.Register(custody.Entry{Kind: custody.Release, Time: today(), Fields: map[string]any{
		"edition": hex.EncodeToString(digest[:]), "withdrawn": true, "signer": by.Signer}})
	return putMade(w, digest, m)
}

func today() string { return time.Now().UTC().Format(time.DateOnly) }

// KeepGiven notes whom copies of a released edition were given to. The log has
// that copies went, not to whom.
func KeepGiven(w *archive.Work, digest [32]byte, to []string) error {
	m, err := MadeOf(w.Tx, digest)
	if err != nil {
		return err
	}
	for _, t := range to {
		m.Given = append(m.Given, Given{today(), t})
	}
	w.Register(custody.Entry{Kind: custody.CopyOut, Time: today(), Fields: map[string]any{
		"what": "edition", "encrypted": false, "edition": hex.EncodeToString(digest[:]), "copies": len(to)}})
	return putMade(w, digest, m)
}

// Went is one way in which words of an edition may have left the case.
type Went struct {
	How       string `json:"how"` // given, release, copy
	Day       string `json:"day"`
	To        string `json:"to,omitempty"`
	What      string `json:"what,omitempty"`
	Item      string `json:"item,omitempty"`
	Encrypted bool   `json:"encrypted,omitempty"`
}

// Copies lists all ways in which words of an edition left the case, as far as
// the case has written them down: first whom it was given to, then its
// releases, then copies of its documents or of the whole case.
func Copies(tx archive.Tx, digest [32]byte) (all []Went, err error) {
	m, err := MadeOf(tx, digest)
	if err != nil {
		return nil, err
	}
	for _, g := range m.Given {
		all = append(all, Went{How: "given", Day: g.Day, To: g.To})
	}
	var copies []Went
	log := tx.Log()
	size, err := log.Size()
	if err != nil {
		return nil, err
	}
	for i := range size {
		e, err := custody.ReadBody(log, i)
		if errors.Is(err, archive.ErrNotFound) {
			continue // disposed of
		} else if err != nil {
			return nil, fmt.Errorf("read the custody log: %w", err)
		}
		switch e.Kind {
		case custody.Release:
			if e.Fields["edition"] == hex.EncodeToString(digest[:]) && e.Fields["withdrawn"] == nil {
				all = append(all, Went{How: "release", Day: e.Time})
			}
		case custody.CopyOut:
			if w, ok := m.copied(e); ok {
				copies = append(copies, w)
			}
		}
	}
	return append(all, copies...), nil
}

// copied reports a copy that may have words of the edition.
func (m Made) copied(e custody.Entry) (w Went, ok bool) {
	w = Went{How: "copy", Day: e.Time}
	w.What, _ = e.Fields["what"].(string)
	w.Item, _ = e.Fields["item"].(string)
	w.Encrypted, _ = e.Fields["encrypted"].(bool)
	if e.Fields["edition"] != nil {
		return w, false // whom it was given to stands above
	}
	return w, w.Item == "" || slices.ContainsFunc(m.Plan.Documents, func(d protect.Document) bool { return string(d.Item) == w.Item })
}
