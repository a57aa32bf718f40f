package custody

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var (
	errCheckpoint = errors.New("this is not a checkpoint")
	errSigner     = errors.New("the log's signing key is damaged")
	// ErrForeign is returned for a checkpoint that this log did not sign.
	ErrForeign = errors.New("the checkpoint is not signed by this log")
)

// Tree is what a checkpoint names.
type Tree struct {
	Size int64
	Root [32]byte
}

// Signer signs a log's checkpoints. It prints as its origin only.
type Signer struct {
	secret   string
	note     note.Signer
	verifier Verifier
}

// NewSigner makes the signer of a new log, with a random origin that names
// nothing.
func NewSigner() (Signer, error) {
	var origin [13]byte
	rand.Read(origin[:])
	secret, _, err := note.GenerateKey(rand.Reader, "log/"+hex.EncodeToString(origin[:]))
	if err != nil {
		return Signer{}, fmt.Errorf("make the log's signing key: %w", err)
	}
	return ParseSigner(secret)
}

// ParseSigner reads what Secret gave.
func ParseSigner(secret string) (Signer, error) {
	s, err := note.NewSigner(secret)
	if err != nil {
		return Signer{}, errSigner
	}
	// PRIVATE+KEY+name+id+base64(1 ‖ seed); note has checked all but the name.
	parts := strings.SplitN(secret, "+", 5)
	seed, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(seed) != 1+ed25519.SeedSize {
		return Signer{}, errSigner
	}
	public, err := note.NewEd25519VerifierKey(s.Name(), ed25519.NewKeyFromSeed(seed[1:]).Public().(ed25519.PublicKey))
	if err != nil {
		return Signer{}, errSigner
	}
	v, err := ParseVerifier(public)
	return Signer{secret, s, v}, err
}

// Secret is the signing key, to be sealed.
func (s Signer) Secret() string { return s.secret }

// Verifier checks what s signs.
func (s Signer) Verifier() Verifier { return s.verifier }

// Format keeps the signing key out of every log and message.
func (s Signer) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "signer of %s", s.verifier.text) }

// Verifier checks a log's checkpoints.
type Verifier struct {
	text string
	note note.Verifier
}

// ParseVerifier reads what String gave.
func ParseVerifier(text string) (Verifier, error) {
	v, err := note.NewVerifier(text)
	if err != nil {
		return Verifier{}, errors.New("the log's verifying key is damaged")
	}
	return Verifier{text, v}, nil
}

// String is the verifying key in the encoding of sumdb/note. It is no secret,
// but it names the log.
func (v Verifier) String() string { return v.text }

// Checkpoint signs the log as it stands.
func Checkpoint(s Store, by Signer) ([]byte, error) {
	t, err := current(s)
	if err != nil {
		return nil, err
	}
	text := fmt.Sprintf("%s\n%d\n%s\n", by.note.Name(), t.Size, base64.StdEncoding.EncodeToString(t.Root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, by.note)
	if err != nil {
		return nil, fmt.Errorf("sign the log: %w", err)
	}
	return signed, nil
}

// current is the tree that is stored.
func current(s Store) (Tree, error) {
	size, err := s.Size()
	if err != nil {
		return Tree{}, fmt.Errorf("read the log's size: %w", err)
	}
	root, err := tlog.TreeHash(size, reader(s))
	if err != nil {
		return Tree{}, err
	}
	return Tree{size, root}, nil
}

// OpenCheckpoint checks the signature of a checkpoint and gives its tree.
func OpenCheckpoint(checkpoint []byte, by Verifier) (Tree, error) {
	n, err := note.Open(checkpoint, note.VerifierList(by.note))
	if err != nil {
		return Tree{}, ErrForeign
	}
	origin, t, err := parseTree(n.Text)
	if err != nil {
		return Tree{}, err
	}
	if origin != by.note.Name() {
		return Tree{}, ErrForeign
	}
	return t, nil
}

// CheckpointSize reads the size that a checkpoint names, without checking its
// signature.
func CheckpointSize(checkpoint []byte) (int64, error) {
	_, t, err := parseTree(string(checkpoint))
	return t.Size, err
}

// parseTree reads the first three lines of a checkpoint; more may follow.
func parseTree(text string) (origin string, t Tree, err error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] == "" {
		return "", Tree{}, errCheckpoint
	}
	t.Size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || t.Size < 0 || strconv.FormatInt(t.Size, 10) != lines[1] {
		return "", Tree{}, errCheckpoint
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != len(t.Root) {
		return "", Tree{}, errCheckpoint
	}
	copy(t.Root[:], root)
	return lines[0], t, nil
}
