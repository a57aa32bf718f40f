package archive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"vidimus"
	"vidimus/custody"
	"vidimus/key"
)

// settingSigners lists whose signatures count in the case: spec/signer.md.
const settingSigners = "signers"

// Signer is a registered person's key.
type Signer struct {
	Name      string `json:"name"`
	Key       string `json:"key"`
	Label     string `json:"label,omitempty"`
	Added     string `json:"added"`
	Withdrawn string `json:"withdrawn,omitempty"`
}

// Counts tells whether the signer's approvals count.
func (s Signer) Counts() bool { return s.Withdrawn == "" }

// Signed tells whether signed is a note of exactly this text by this signer,
// whose approvals count.
func (s Signer) Signed(signed []byte, text string) bool {
	k, err := key.ParseSignerKey(s.Key)
	return err == nil && s.Counts() && k.Name() == s.Name && k.Signed(signed, text)
}

// Signature is a signer's, over a statement (spec/signer.md).
type Signature struct {
	Signer string `json:"signer"`
	Note   []byte `json:"note"` // a C2SP signed note of the statement
}

// ErrSigners is returned where too few signers have signed who count.
var ErrSigners = errors.New("too few signers of this case have signed")

// counted demands that so many different signers, whose signatures count in
// the case, have signed exactly this text.
func counted(tx Tx, text string, need int, by []Signature) error {
	all, err := Signers(tx)
	if err != nil {
		return err
	}
	names := map[string]bool{}
	for _, b := range by {
		i := findSigner(all, b.Signer)
		if i < 0 || !all[i].Signed(b.Note, text) {
			return vidimus.WithHint(errors.New("this signer's approvals do not count in this case"),
				"`vidimus signer register CASE FILE` has them count")
		}
		names[b.Signer] = true
	}
	if len(names) < need {
		return vidimus.WithHint(fmt.Errorf("%w: %d of %d", ErrSigners, len(names), need),
			"name a file of a second signer, or say --one-person, knowingly; the log keeps it")
	}
	return nil
}

// Signers gives all that were ever registered, in the order of their names.
func Signers(tx Tx) (all []Signer, err error) {
	err = getFixed(tx, "signers", &all)
	return all, err
}

// RegisterSigner puts a signer on the list, whose file was opened.
func (w *Work) RegisterSigner(k key.SignerKey, label string) error {
	all, err := Signers(w.Tx)
	if err != nil {
		return err
	}
	if i := findSigner(all, k.Name()); i >= 0 {
		return vidimus.WithHint(errors.New("this signer is on the case's list already, or was withdrawn from it"),
			"`vidimus signer list CASE` shows the signers; after a withdrawal make a new key")
	}
	all = append(all, Signer{Name: k.Name(), Key: k.String(), Label: label, Added: time.Now().UTC().Format(time.DateOnly)})
	slices.SortFunc(all, func(a, b Signer) int { return strings.Compare(a.Name, b.Name) })
	return w.putSigners("signer registered", k.Name(), all)
}

// WithdrawSigner has a signer's approvals count no more, those of the past
// included.
func (w *Work) WithdrawSigner(name string) error {
	all, err := Signers(w.Tx)
	if err != nil {
		return err
	}
	i := findSigner(all, name)
	if i < 0 || !all[i].Counts() {
		return vidimus.WithHint(errors.New("no signer of this name counts in the case"), "`vidimus signer list CASE` shows them")
	}
	all[i].Withdrawn = time.Now().UTC().Format(time.DateOnly)
	return w.putSigners("signer withdrawn", name, all)
}

func (w *Work) putSigners(what, name string, all []Signer) error {
	return w.putFixed("signers", all, custody.Entry{Kind: custody.KeyChange, Fields: map[string]any{"what": what, "signer": name}})
}

func findSigner(all []Signer, name string) int {
	return slices.IndexFunc(all, func(s Signer) bool { return s.Name == name })
}
