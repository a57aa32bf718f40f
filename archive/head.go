package archive

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/internal/durable"
)

const (
	headFile = "head"
	headSize = 1024 // of the sealed text, whatever it holds
	headTag  = "vidimus/head/v1"
)

// errHead is what every damage to the head looks like.
var errHead = errors.New("the case's head is missing, damaged, or of another case")

// Head names the newest commit of a case. It is written after that commit.
type Head struct {
	Generation int64
	Checkpoint []byte // of the custody log, signed
	// Seal is the digest of the seal with which the case was closed; zeros
	// while it is being written to, and after a crash.
	Seal [32]byte
}

// seal encrypts h: nonce[12] ‖ AES-256-GCM(u64 generation ‖ u16 length ‖
// checkpoint ‖ seal[32] ‖ zeros to headSize), with headTag as associated data.
func (h Head) seal(key [32]byte) ([]byte, error) {
	plain := make([]byte, 10, headSize)
	if len(h.Checkpoint) > headSize-len(plain)-len(h.Seal) {
		return nil, errors.New("the checkpoint does not fit the head")
	}
	binary.BigEndian.PutUint64(plain, uint64(h.Generation))
	binary.BigEndian.PutUint16(plain[8:], uint16(len(h.Checkpoint)))
	plain = append(append(plain, h.Checkpoint...), h.Seal[:]...)[:headSize]
	aead, err := headCipher(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	return aead.Seal(nonce, nonce, plain, []byte(headTag)), nil
}

func openHead(sealed []byte, key [32]byte) (Head, error) {
	aead, err := headCipher(key)
	if err != nil {
		return Head{}, err
	}
	if len(sealed) != aead.NonceSize()+headSize+aead.Overhead() {
		return Head{}, errHead
	}
	n := aead.NonceSize()
	plain, err := aead.Open(nil, sealed[:n], sealed[n:], []byte(headTag))
	if err != nil {
		return Head{}, errHead
	}
	size := int(binary.BigEndian.Uint16(plain[8:]))
	if size > headSize-10-32 {
		return Head{}, errHead
	}
	return Head{
		Generation: int64(binary.BigEndian.Uint64(plain)),
		Checkpoint: plain[10 : 10+size],
		Seal:       [32]byte(plain[10+size:]),
	}, nil
}

func headCipher(key [32]byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func readHead(dir string, key [32]byte) (Head, error) {
	b, err := os.ReadFile(filepath.Join(dir, headFile))
	if err != nil {
		return Head{}, vidimus.WithHint(errHead, "the folder was changed by something else than vidimus: put it back from a backup")
	}
	h, err := openHead(b, key)
	if err != nil {
		return Head{}, vidimus.WithHint(err, "the folder was changed by something else than vidimus: put it back from a backup")
	}
	return h, nil
}

func writeHead(dir string, key [32]byte, h Head) error {
	b, err := h.seal(key)
	if err != nil {
		return err
	}
	return durable.WriteFile(filepath.Join(dir, headFile), b)
}
