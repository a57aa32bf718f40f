package key

import (
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"

	"vidimus"
)

// Work factors of scrypt, as powers of two. A changed file must not make us
// spend minutes and gigabytes: 20 is 1 GiB.
const (
	workFactor    = 18
	maxWorkFactor = 20
)

// Ways are the ways in with which a case begins.
type Ways struct {
	Passphrase string   // none when empty
	Recipients []string // age1… and age1pq1…
	// TestOnlyWorkFactor replaces scrypt's; 0 is the real one.
	TestOnlyWorkFactor int
}

// Create makes the key of a new case and wraps it for every way, in dir, which
// it makes.
func Create(dir, caseID string, w Ways) (CaseKey, []File, error) {
	k, err := newCaseKey(caseID)
	if err != nil {
		return CaseKey{}, nil, err
	}
	files, err := w.files(k)
	if err != nil {
		return CaseKey{}, nil, err
	}
	if err := folder(dir); err != nil {
		return CaseKey{}, nil, err
	}
	for _, f := range files {
		if err := f.Write(dir); err != nil {
			return CaseKey{}, nil, err
		}
	}
	return k, files, nil
}

// files gives one key file for each way in.
func (w Ways) files(k CaseKey) ([]File, error) {
	var all []File
	if normalise(w.Passphrase) != "" {
		r, err := scryptRecipient(w.Passphrase, w.TestOnlyWorkFactor)
		if err != nil {
			return nil, err
		}
		f, err := k.wrap(r)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	for _, s := range w.Recipients {
		f, err := k.ForRecipient(s)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	if len(all) == 0 {
		return nil, vidimus.WithHint(errors.New("a case needs a way in"), "choose a passphrase, or name a recipient (age1…)")
	}
	return all, nil
}

func scryptRecipient(passphrase string, testOnly int) (age.Recipient, error) {
	r, err := age.NewScryptRecipient(normalise(passphrase))
	if err != nil {
		return nil, fmt.Errorf("use the passphrase: %w", err)
	}
	r.SetWorkFactor(workFactor)
	if testOnly != 0 {
		r.SetWorkFactor(testOnly)
	}
	return r, nil
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
