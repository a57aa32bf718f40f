package key

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

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
	k, _, err := UnlockWith(dir, caseID, w)
	return k, err
}

// UnlockWith is Unlock, and tells which key file opened.
func UnlockWith(dir, caseID string, w Way) (CaseKey, File, error) {
	files, err := Files(dir)
	if err != nil {
		return CaseKey{}, File{}, err
	}
	k, file, err := unlock(files, caseID, w, payloadMagic)
	return CaseKey(k), file, err
}

// unlock opens the secret that the key files wrap.
func unlock(files []File, caseID string, w Way, magic string) (bound, File, error) {
	tried, other, damaged := 0, false, false
	for _, file := range files {
		if (file.Kind() == Passphrase) != w.isPassphrase() {
			continue
		}
		tried++
		k, err := w.open(file.Bytes, magic)
		switch {
		case errors.Is(err, age.ErrIncorrectIdentity):
		case errors.Is(err, errDamaged):
			damaged = true
		case err != nil:
			return bound{}, File{}, err
		case k.caseID != caseID:
			other = true
		default:
			file.Recipient = w.recipient(file.Bytes)
			return k, file, nil
		}
	}
	return bound{}, File{}, w.refusal(tried, other, damaged)
}

// recipient is whom an opened file is for: the file itself does not say.
func (w Way) recipient(file []byte) string {
	for _, id := range w.Identities {
		if _, err := decrypt(file, id); err != nil {
			continue
		}
		switch id := id.(type) {
		case *age.X25519Identity:
			return id.Recipient().String()
		case *age.HybridIdentity:
			return id.Recipient().String()
		}
	}
	return ""
}

// Fits tells whether the way opens this key file.
func (w Way) Fits(f File) bool {
	if (f.Kind() == Passphrase) != w.isPassphrase() {
		return false
	}
	_, err := w.open(f.Bytes, payloadMagic)
	return err == nil
}

// open gives age.ErrIncorrectIdentity when the way does not fit the file.
func (w Way) open(file []byte, magic string) (bound, error) {
	plain, err := w.plain(file)
	if err != nil {
		return bound{}, err
	}
	k, ok := parsePayload(plain, magic)
	if !ok {
		return bound{}, errDamaged
	}
	return k, nil
}

// plain gives what a file wraps.
func (w Way) plain(file []byte) ([]byte, error) {
	if w.isPassphrase() {
		return w.Unwrap(file, normalise(w.Passphrase))
	}
	return decrypt(file, w.Identities...)
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
	return vidimus.WithHint(fmt.Errorf("%w %s", ErrNotOpened, what), "check the keyboard's layout and Caps Lock; words are parted by spaces; if it is lost, the recovery key or a colleague's identity opens the case (--identity): nobody can reset a passphrase")
}

func readKeyFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxKeyFile))
}
