package key

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"vidimus"
)

const (
	vaultMagic = "vidimus-vault-key/1\n"
	labelVault = "vidimus/v1/vault-list"
	vaultTag   = "vidimus/vault/v1"
	vaultPage  = 4096
)

// VaultKey opens the list of protected people of one case, and nothing else:
// spec/vault.md. It prints as its case only.
type VaultKey bound

// NewVaultKey makes a fresh key.
func NewVaultKey(caseID string) (VaultKey, error) {
	k, err := newCaseKey(caseID)
	return VaultKey(k), err
}

// UnlockVault opens a vault with the first of its key files that the way fits,
// and tells which.
func UnlockVault(files []File, caseID string, w Way) (VaultKey, File, error) {
	k, file, err := unlock(files, caseID, w, vaultMagic)
	if errors.Is(err, ErrNotOpened) {
		err = vidimus.WithHint(errors.New("the vault of protected people does not open with this"),
			"it has a passphrase of its own, which is not the case's; nobody can reset it")
	}
	return VaultKey(k), file, err
}

// Renew gives another key for the same case's vault.
func (k VaultKey) Renew() VaultKey { return VaultKey(CaseKey(k).Renew()) }

// ForPassphrase wraps the key for whoever knows the passphrase.
func (k VaultKey) ForPassphrase(passphrase string) (File, error) {
	r, err := scryptRecipient(passphrase, 0)
	if err != nil {
		return File{}, err
	}
	b, err := sealed(bound(k).payload(vaultMagic), r)
	return File{ID: newID(), Bytes: b}, err
}

// ForRecipient wraps the key for the holder of an identity.
func (k VaultKey) ForRecipient(recipient string) (File, error) {
	r, err := parseRecipient(recipient)
	if err != nil {
		return File{}, err
	}
	b, err := sealed(bound(k).payload(vaultMagic), r)
	return File{ID: newID(), Recipient: strings.TrimSpace(recipient), Bytes: b}, err
}

// Format keeps the secret out of every log and message.
func (k VaultKey) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "key of the vault of case %s", k.caseID)
}

func (k VaultKey) cipher() (cipher.AEAD, error) {
	b, err := hkdf.Key(sha256.New, k.secret[:], nil, labelVault, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(b)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func vaultData(generation int64) []byte {
	return binary.BigEndian.AppendUint64([]byte(vaultTag), uint64(generation))
}

// Seal gives the file that holds a list of this generation.
func (k VaultKey) Seal(people []byte, generation int64) ([]byte, error) {
	aead, err := k.cipher()
	if err != nil {
		return nil, err
	}
	plain := append(binary.BigEndian.AppendUint32(nil, uint32(len(people))), people...)
	plain = append(plain, make([]byte, (vaultPage-len(plain)%vaultPage)%vaultPage)...)
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	return aead.Seal(nonce, nonce, plain, vaultData(generation)), nil
}

// Open gives the list of this generation.
func (k VaultKey) Open(file []byte, generation int64) ([]byte, error) {
	aead, err := k.cipher()
	if err != nil {
		return nil, err
	}
	damaged := errors.New("the list of protected people is damaged, or of another day")
	if len(file) < aead.NonceSize() {
		return nil, damaged
	}
	plain, err := aead.Open(nil, file[:aead.NonceSize()], file[aead.NonceSize():], vaultData(generation))
	if err != nil || len(plain) < 4 {
		return nil, damaged
	}
	n := binary.BigEndian.Uint32(plain)
	if int64(n) > int64(len(plain)-4) {
		return nil, damaged
	}
	return plain[4 : 4+n], nil
}
