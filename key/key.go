// Package key holds the ways into a case.
//
// A case has one random case key. It is wrapped once for every way in (a
// passphrase, or the holder of an age identity), in a file of its own,
// keys/<id>.age: age does not mix passphrases with identities in one file, and
// a way can be removed by removing its file. The case key opens nothing by
// itself: the keys of the records, the index and the head are derived from it,
// and everything that must outlive a rotation is random and lies sealed in the
// records. spec/key.md has the bytes.
//
// Opening a scrypt file needs 256 MiB and leaves what it worked on in memory,
// so a child process does it and exits; see [ChildMain].
package key

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
)

// Labels of the derived keys, and the first line of a wrapped case key.
const (
	labelRecords = "vidimus/v1/records"
	labelIndex   = "vidimus/v1/index"
	labelHead    = "vidimus/v1/head"
	payloadMagic = "vidimus-case-key/1\n"
)

// maxCase bounds the length of a case's id.
const maxCase = 64

// bound is a secret that is good for one case.
type bound struct {
	secret [32]byte
	caseID string
}

// CaseKey opens one case. It prints as its case only.
type CaseKey bound

// newCaseKey makes a fresh key for the case of this id.
func newCaseKey(caseID string) (CaseKey, error) {
	if caseID == "" || len(caseID) > maxCase || strings.ContainsFunc(caseID, notPrintable) {
		return CaseKey{}, fmt.Errorf("make a case key: the case's id is not 1 to %d printable characters", maxCase)
	}
	k := CaseKey{caseID: caseID}
	rand.Read(k.secret[:])
	return k, nil
}

func notPrintable(r rune) bool { return r <= ' ' || r > '~' }

// Case is the id of the case that the key opens.
func (k CaseKey) Case() string { return k.caseID }

// Renew gives a fresh key for the same case.
func (k CaseKey) Renew() CaseKey {
	rand.Read(k.secret[:])
	return k
}

// Records is the key of the records' file.
func (k CaseKey) Records() [32]byte { return k.derive(labelRecords) }

// Index is the key of the index's file.
func (k CaseKey) Index() [32]byte { return k.derive(labelIndex) }

// Head seals the head.
func (k CaseKey) Head() [32]byte { return k.derive(labelHead) }

// derive is HKDF-SHA256 (RFC 5869) without salt: the secret is uniform.
func (k CaseKey) derive(label string) (out [32]byte) {
	b, err := hkdf.Key(sha256.New, k.secret[:], nil, label, len(out))
	if err != nil { // only for a length out of range
		panic("key: " + err.Error())
	}
	copy(out[:], b)
	return out
}

// Format keeps the secret out of every log and message.
func (k CaseKey) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "key of case %s", k.caseID) }

// payload is what a key file wraps: the key, bound to its case.
func (k bound) payload(magic string) []byte {
	b := append([]byte(magic), k.secret[:]...)
	return append(b, k.caseID...)
}

func parsePayload(b []byte, magic string) (bound, bool) {
	rest, found := strings.CutPrefix(string(b), magic)
	var k bound
	if !found || len(rest) <= len(k.secret) || len(rest) > len(k.secret)+maxCase {
		return bound{}, false
	}
	copy(k.secret[:], rest)
	k.caseID = rest[len(k.secret):]
	return k, !strings.ContainsFunc(k.caseID, notPrintable)
}
