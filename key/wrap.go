package key

import (
	"bytes"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"vidimus"
	"vidimus/internal/durable"
)

// Work factors of scrypt, as powers of two. A changed file must not make us
// spend minutes and gigabytes: 20 is 1 GiB.
const (
	workFactor    = 18
	maxWorkFactor = 20
)

// suffix of a key file's name.
const suffix = ".age"

var fileNames = base32.NewEncoding("abcdefghjkmnpqrstuvwxyz023456789").WithPadding(base32.NoPadding)

// Ways are the ways in with which a case begins.
type Ways struct {
	Passphrase string   // none when empty
	Recipients []string // age1… and age1pq1…
	// TestOnlyWorkFactor replaces scrypt's; 0 is the real one.
	TestOnlyWorkFactor int
}

// Create makes the key of a new case and wraps it for every way, in dir, which
// it makes.
func Create(dir, caseID string, w Ways) (CaseKey, error) {
	recipients, err := w.recipients()
	if err != nil {
		return CaseKey{}, err
	}
	k, err := newCaseKey(caseID)
	if err != nil {
		return CaseKey{}, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return CaseKey{}, vidimus.WithHint(errors.New("the folder for the key files cannot be made"), "check the permissions of the folder above and that the disk is not full")
	}
	for _, r := range recipients {
		if err := wrap(dir, k, r); err != nil {
			return CaseKey{}, err
		}
	}
	return k, nil
}

// recipients gives one recipient for each way in.
func (w Ways) recipients() ([]age.Recipient, error) {
	var all []age.Recipient
	if p := normalise(w.Passphrase); p != "" {
		r, err := age.NewScryptRecipient(p)
		if err != nil {
			return nil, fmt.Errorf("use the passphrase: %w", err)
		}
		r.SetWorkFactor(workFactor)
		if w.TestOnlyWorkFactor != 0 {
			r.SetWorkFactor(w.TestOnlyWorkFactor)
		}
		all = append(all, r)
	}
	for _, s := range w.Recipients {
		r, err := parseRecipient(s)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil, vidimus.WithHint(errors.New("a case needs a way in"), "choose a passphrase, or name a recipient (age1…)")
	}
	return all, nil
}

// parseRecipient never repeats s: it may be a secret key put in by mistake.
func parseRecipient(s string) (age.Recipient, error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(strings.ToUpper(s), "AGE-SECRET-KEY-") {
		return nil, vidimus.WithHint(errors.New("a secret key was given as a recipient"),
			"give the line that begins with age1; consider this secret key seen by others, if it was typed as an argument")
	}
	rs, err := age.ParseRecipients(strings.NewReader(s))
	if err != nil || len(rs) != 1 {
		return nil, vidimus.WithHint(errors.New("this is not an age recipient"), "it is one line that begins with age1; `age-keygen -y FILE` prints it")
	}
	return rs[0], nil
}

// wrap writes one key file.
func wrap(dir string, k CaseKey, r age.Recipient) error {
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	if err != nil {
		return fmt.Errorf("wrap the case key: %w", err)
	}
	if _, err := w.Write(k.payload()); err != nil {
		return fmt.Errorf("wrap the case key: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("wrap the case key: %w", err)
	}
	var id [10]byte
	rand.Read(id[:])
	name := fileNames.EncodeToString(id[:]) + suffix
	if err := durable.WriteFile(filepath.Join(dir, name), b.Bytes()); err != nil {
		return vidimus.WithHint(fmt.Errorf("keep a key file: %w", err), "make room on the disk, then begin again")
	}
	return nil
}
