package key

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"vidimus"
)

const (
	signerMagic  = "vidimus-signer/1\n"
	signerPrefix = "signer/"
)

var errSigner = errors.New("this is not the file of a signer")

// Signer is a person's signing key: spec/signer.md. It prints as its name only.
type Signer struct {
	secret   string
	note     note.Signer
	verifier SignerKey
}

// SignerKey is the public half, as a case keeps it.
type SignerKey struct {
	text string
	note note.Verifier
}

// NewSigner makes a signer with a random name.
func NewSigner() (Signer, error) {
	secret, public, err := note.GenerateKey(rand.Reader, signerPrefix+newID())
	if err != nil {
		return Signer{}, fmt.Errorf("make a signing key: %w", err)
	}
	return parseSigner(secret, public)
}

// parseSigner accepts two halves that belong together.
func parseSigner(secret, public string) (Signer, error) {
	s, err := note.NewSigner(secret)
	if err != nil {
		return Signer{}, errSigner
	}
	v, err := ParseSignerKey(public)
	if err != nil || v.Name() != s.Name() || v.note.KeyHash() != s.KeyHash() {
		return Signer{}, errSigner
	}
	proof, err := s.Sign([]byte(signerMagic))
	if err != nil || !v.note.Verify([]byte(signerMagic), proof) {
		return Signer{}, errSigner
	}
	return Signer{secret, s, v}, nil
}

// Seal gives the signer's file, which the passphrase opens.
func (s Signer) Seal(passphrase string) ([]byte, error) { return s.seal(passphrase, 0) }

func (s Signer) seal(passphrase string, testOnly int) ([]byte, error) {
	r, err := scryptRecipient(passphrase, testOnly)
	if err != nil {
		return nil, err
	}
	return sealed([]byte(signerMagic+s.secret+"\n"+s.verifier.text+"\n"), r)
}

// OpenSigner opens a signer's file. It gives ErrNotOpened for a wrong
// passphrase.
func OpenSigner(file []byte, w Way) (Signer, error) {
	if KindOf(file) != Passphrase {
		return Signer{}, vidimus.WithHint(errSigner, "`vidimus signer new FILE` makes one; it is no way into a case")
	}
	plain, err := w.plain(file)
	if err != nil {
		return Signer{}, w.refusal(1, false, errors.Is(err, errDamaged))
	}
	lines := strings.Split(string(plain), "\n")
	if len(lines) != 4 || lines[0]+"\n" != signerMagic || lines[3] != "" {
		return Signer{}, errSigner
	}
	return parseSigner(lines[1], lines[2])
}

// Public is the half that others may have.
func (s Signer) Public() SignerKey { return s.verifier }

// Sign signs a text, which ends with a newline, as a C2SP signed note.
func (s Signer) Sign(text string) ([]byte, error) {
	signed, err := note.Sign(&note.Note{Text: text}, s.note)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return signed, nil
}

// Format keeps the signing key out of every log and message.
func (s Signer) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.verifier.Name()) }

// ParseSignerKey reads what String gave.
func ParseSignerKey(text string) (SignerKey, error) {
	v, err := note.NewVerifier(text)
	if err != nil {
		return SignerKey{}, errors.New("a signer's verifying key is damaged")
	}
	id, ok := strings.CutPrefix(v.Name(), signerPrefix)
	if raw, err := fileNames.DecodeString(id); !ok || err != nil || len(raw) != 10 {
		return SignerKey{}, errors.New("a signer's verifying key has another name than it should")
	}
	return SignerKey{text, v}, nil
}

// Name is the signer's random name; it says nothing of the person.
func (k SignerKey) Name() string { return k.note.Name() }

// String is the key in the encoding of sumdb/note.
func (k SignerKey) String() string { return k.text }

// Signed tells whether signed is a note of exactly this text by this signer,
// in the one way to write it.
func (k SignerKey) Signed(signed []byte, text string) bool {
	n, err := note.Open(signed, note.VerifierList(k.note))
	if err != nil || n.Text != text || len(n.Sigs) != 1 || len(n.UnverifiedSigs) != 0 {
		return false
	}
	_, err = base64.StdEncoding.Strict().DecodeString(n.Sigs[0].Base64)
	return err == nil
}
