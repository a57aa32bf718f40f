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

// suffix of a key file's name.
const suffix = ".age"

var fileNames = base32.NewEncoding("abcdefghjkmnpqrstuvwxyz023456789").WithPadding(base32.NoPadding)

// Kind is what a way in asks for.
type Kind string

// The kinds.
const (
	Passphrase  Kind = "passphrase"
	X25519      Kind = "X25519"
	PostQuantum Kind = "post-quantum"
	Unknown     Kind = "unknown" // not a key file that we know
)

// KindOf tells by a file's header which kind of way it is. A header can be
// forged; only opening the file shows what it is.
func KindOf(file []byte) Kind {
	stanza, _ := bytes.CutPrefix(file, []byte("age-encryption.org/v1\n-> "))
	name, _, _ := bytes.Cut(stanza, []byte(" "))
	switch string(name) {
	case "scrypt":
		return Passphrase
	case "X25519":
		return X25519
	case "mlkem768x25519":
		return PostQuantum
	}
	return Unknown
}

// File is one key file: a way in.
type File struct {
	ID        string // random; says nothing
	Recipient string // whom it is for, if that is known; never of a passphrase
	Bytes     []byte
}

// Name is the file's name in the keys folder.
func (f File) Name() string { return f.ID + suffix }

// Kind tells what the way asks for.
func (f File) Kind() Kind { return KindOf(f.Bytes) }

// Write puts the file in its folder.
func (f File) Write(dir string) error {
	if err := durable.WriteFile(filepath.Join(dir, f.Name()), f.Bytes); err != nil {
		return vidimus.WithHint(fmt.Errorf("keep a key file: %w", err), "make room on the disk, then begin again")
	}
	return nil
}

// ForRecipient wraps the key for the holder of an identity.
func (k CaseKey) ForRecipient(recipient string) (File, error) {
	r, err := parseRecipient(recipient)
	if err != nil {
		return File{}, err
	}
	f, err := k.wrap(r)
	f.Recipient = strings.TrimSpace(recipient)
	return f, err
}

// ForPassphrase wraps the key for whoever knows the passphrase.
func (k CaseKey) ForPassphrase(passphrase string) (File, error) {
	r, err := scryptRecipient(passphrase, 0)
	if err != nil {
		return File{}, err
	}
	return k.wrap(r)
}

// wrap makes one key file.
func (k CaseKey) wrap(r age.Recipient) (File, error) {
	b, err := sealed(bound(k).payload(payloadMagic), r)
	if err != nil {
		return File{}, err
	}
	return File{ID: newID(), Bytes: b}, nil
}

// newID is 80 random bits as people can type them.
func newID() string {
	var id [10]byte
	rand.Read(id[:])
	return fileNames.EncodeToString(id[:])
}

// sealed gives the age file that holds a payload for one recipient.
func sealed(payload []byte, r age.Recipient) ([]byte, error) {
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	if err != nil {
		return nil, fmt.Errorf("wrap a key: %w", err)
	}
	if _, err := w.Write(payload); err != nil {
		return nil, fmt.Errorf("wrap a key: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("wrap a key: %w", err)
	}
	return b.Bytes(), nil
}

// Files reads the key files of a folder, in the order of their names.
func Files(dir string) ([]File, error) {
	names, err := keyFiles(dir)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, name := range names {
		b, err := readKeyFile(filepath.Join(dir, name))
		if err != nil {
			return nil, vidimus.WithHint(errors.New("a key file cannot be read"), "check the permissions of the keys folder and its disk")
		}
		files = append(files, File{ID: strings.TrimSuffix(name, suffix), Bytes: b})
	}
	return files, nil
}

// keyFiles names all that can be key files.
func keyFiles(dir string) ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(escape(dir), "*"+suffix))
	if err != nil || len(paths) == 0 {
		return nil, vidimus.WithHint(errors.New("the case has no key files"), "put back its keys folder from a backup: without it nobody can open the case")
	}
	if len(paths) > maxKeyFiles {
		return nil, fmt.Errorf("the case has more than %d key files", maxKeyFiles)
	}
	for i, p := range paths {
		paths[i] = filepath.Base(p)
	}
	return paths, nil
}

// escape keeps the characters of a path from being a pattern.
func escape(dir string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(dir)
}

// folder makes the folder for key files.
func folder(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !os.IsExist(err) {
		return vidimus.WithHint(errors.New("the folder for the key files cannot be made"), "check the permissions of the folder above and that the disk is not full")
	}
	return nil
}
