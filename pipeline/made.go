package pipeline

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"vidimus/archive"
	"vidimus/protect"
)

// Made is an edition as it was made: what it was planned from, and its words.
type Made struct {
	Plan     protect.Plan    `json:"plan"`
	Edition  protect.Edition `json:"edition"`
	Released bool            `json:"released,omitempty"`
	// Withdrawn says that it was taken back to protect people.
	Withdrawn *Withdrawal `json:"withdrawn,omitempty"`
	Given     []Given     `json:"given,omitempty"`
}

// settingEditions lists the digests of the editions made, oldest first.
const settingEditions = "editions"

func settingMade(digest [32]byte) string { return "made/" + hex.EncodeToString(digest[:]) }

// AllMade lists the digests of all editions that were made.
func AllMade(tx archive.Tx) (all [][32]byte, err error) {
	b, err := tx.Settings().Get(settingEditions)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	}
	if err != nil || len(b)%32 != 0 {
		return nil, errors.Join(err, errors.New("the list of editions is damaged"))
	}
	for d := range slices.Chunk(b, 32) {
		all = append(all, [32]byte(d))
	}
	return all, nil
}

// MadeOf gives what was made with this digest.
func MadeOf(tx archive.Tx, digest [32]byte) (m Made, err error) {
	b, err := tx.Settings().Get(settingMade(digest))
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(b, &m); err != nil || m.Edition.Digest() != digest {
		return Made{}, errors.New("what is kept of an edition is damaged")
	}
	return m, nil
}

// KeepMade keeps an edition that is being made. One that was released stays as
// it is.
func KeepMade(w *archive.Work, digest [32]byte, m Made) error {
	before, err := MadeOf(w.Tx, digest)
	switch {
	case err == nil && before.Withdrawn != nil:
		return ErrWithdrawn
	case err == nil:
		m.Released, m.Given = before.Released, before.Given
	case !errors.Is(err, archive.ErrNotFound):
		return err
	}
	if err := putMade(w, digest, m); err != nil {
		return err
	}
	all, err := AllMade(w.Tx)
	if err != nil || slices.Contains(all, digest) {
		return err
	}
	return putEditions(w, append(all, digest))
}

func putEditions(w *archive.Work, all [][32]byte) error {
	var b []byte
	for _, d := range all {
		b = append(b, d[:]...)
	}
	return w.Settings().Put(settingEditions, b)
}

// KeepReleased marks an edition as released.
func KeepReleased(w *archive.Work, digest [32]byte) error {
	m, err := MadeOf(w.Tx, digest)
	if err != nil {
		return err
	}
	if m.Withdrawn != nil {
		return ErrWithdrawn
	}
	m.Released = true
	return putMade(w, digest, m)
}

func putMade(w *archive.Work, digest [32]byte, m Made) error {
	b, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("keep an edition: %w", err)
	}
	return w.Settings().Put(settingMade(digest), b)
}
