package key

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"filippo.io/age"

	"vidimus"
)

// Bounds of what we read in a folder that others may have written to.
const (
	maxKeyFile  = 16 << 10
	maxKeyFiles = 256
)

// Errors that callers decide on.
var (
	// ErrNotOpened is returned when nothing opens with what was given.
	ErrNotOpened = errors.New("no key file opens with this")
	// ErrOtherCase is returned when the only file that opens is for another case.
	ErrOtherCase = errors.New("this key file belongs to another case")
)

var errDamaged = errors.New("a key file is damaged")

// Way is what a person has to open a case with: identities or, where there are
// none, a passphrase.
type Way struct {
	Identities []age.Identity
	Passphrase string
	Unwrap     Unwrapper // opens passphrase files; from [ChildMain]
}

func (w Way) isPassphrase() bool { return len(w.Identities) == 0 }

// Unlock opens the case of this id with the first key file in dir that the way
// fits. Key files that do not fit, are damaged or belong to another case are
// passed over as long as another opens.
func Unlock(dir, caseID string, w Way) (CaseKey, error) {
	files, err := keyFiles(dir)
	if err != nil {
		return CaseKey{}, err
	}
	tried, other, damaged := 0, false, false
	for _, file := range files {
		if isScrypt(file) != w.isPassphrase() {
			continue
		}
		tried++
		k, err := w.open(file)
		switch {
		case errors.Is(err, age.ErrIncorrectIdentity):
		case errors.Is(err, errDamaged):
			damaged = true
		case err != nil:
			return CaseKey{}, err
		case k.caseID != caseID:
			other = true
		default:
			return k, nil
		}
	}
	return CaseKey{}, w.refusal(tried, other, damaged)
}

// open gives age.ErrIncorrectIdentity when the way does not fit the file.
func (w Way) open(file []byte) (CaseKey, error) {
	var plain []byte
	var err error
	if w.isPassphrase() {
		plain, err = w.Unwrap(file, normalise(w.Passphrase))
	} else {
		plain, err = decrypt(file, w.Identities...)
	}
	if err != nil {
		return CaseKey{}, err
	}
	k, ok := parsePayload(plain)
	if !ok {
		return CaseKey{}, errDamaged
	}
	return k, nil
}

// decrypt opens an age file; every failure but a wrong identity is damage.
func decrypt(file []byte, ids ...age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(file), ids...)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return nil, age.ErrIncorrectIdentity
	} else if err != nil {
		return nil, errDamaged
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxKeyFile))
	if err != nil {
		return nil, errDamaged
	}
	return plain, nil
}

// refusal says why nothing opened.
func (w Way) refusal(tried int, other, damaged bool) error {
	what, article, instead := "passphrase", "a", "open it with --identity FILE"
	if !w.isPassphrase() {
		what, article, instead = "identity", "an", "open it with its passphrase"
	}
	switch {
	case other:
		return vidimus.WithHint(ErrOtherCase, "put back the keys folder of this case from a backup, or open the other case")
	case tried == 0:
		return vidimus.WithHint(fmt.Errorf("%w: this case has no key file for %s %s", ErrNotOpened, article, what), instead)
	case damaged:
		return vidimus.WithHint(fmt.Errorf("%w %s, and %w", ErrNotOpened, what, errDamaged), "put back the keys folder from a backup, or use another way in")
	case !w.isPassphrase():
		return vidimus.WithHint(fmt.Errorf("%w %s", ErrNotOpened, what), "name the file that holds the secret key of one of the case's recipients")
	}
	return vidimus.WithHint(fmt.Errorf("%w %s", ErrNotOpened, what), "check the keyboard's layout and Caps Lock; words are parted by spaces")
}

// keyFiles reads all files that can be key files, in the order of their names.
func keyFiles(dir string) ([][]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*"+suffix))
	if err != nil || len(names) == 0 {
		return nil, vidimus.WithHint(errors.New("the case has no key files"), "put back its keys folder from a backup: without it nobody can open the case")
	}
	if len(names) > maxKeyFiles {
		return nil, fmt.Errorf("the case has more than %d key files", maxKeyFiles)
	}
	var files [][]byte
	for _, name := range names {
		b, err := readKeyFile(name)
		if err != nil {
			return nil, vidimus.WithHint(errors.New("a key file cannot be read"), "check the permissions of the keys folder and its disk")
		}
		files = append(files, b)
	}
	return files, nil
}

func readKeyFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxKeyFile))
}

// isScrypt tells by the header which kind of way a file is for. age allows
// one stanza only where that is scrypt's.
func isScrypt(file []byte) bool {
	return bytes.HasPrefix(file, []byte("age-encryption.org/v1\n-> scrypt "))
}
