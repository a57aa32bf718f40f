package custody

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
)

const (
	tagLeaf     = "vidimus/log-leaf/v1"
	tagBody     = "vidimus/log-body/v1"
	labelSecret = "vidimus/v1/log-secret"
	labelBody   = "vidimus/v1/log-body"
)

// errDamaged is what every change to a sealed entry looks like.
var errDamaged = errors.New("its body, key or leaf was changed")

// seal encodes an entry and seals it under a fresh key.
func (e Entry) seal() (leaf [32]byte, sealed, key []byte, err error) {
	body, err := e.encode()
	if err != nil {
		return leaf, nil, nil, err
	}
	key = make([]byte, 32)
	rand.Read(key)
	leaf, sealed = sealBody(body, key)
	return leaf, sealed, key, nil
}

func sealBody(body, key []byte) (leaf [32]byte, sealed []byte) {
	c := bodyCipher(key)
	// The key seals one body only, so its nonce can be constant.
	return leafOf(body, key), c.Seal(nil, make([]byte, c.NonceSize()), body, []byte(tagBody))
}

// open gives the entry whose sealed body, key and leaf belong together.
func open(leaf [32]byte, sealed, key []byte) (Entry, error) {
	if len(key) != 32 {
		return Entry{}, errDamaged
	}
	c := bodyCipher(key)
	body, err := c.Open(nil, make([]byte, c.NonceSize()), sealed, []byte(tagBody))
	// GCM does not bind a text to one key; the leaf does.
	if err != nil || leafOf(body, key) != leaf {
		return Entry{}, errDamaged
	}
	return decode(body)
}

func leafOf(body, key []byte) [32]byte {
	h := sha256.New()
	h.Write([]byte{byte(len(tagLeaf))})
	h.Write([]byte(tagLeaf))
	h.Write(derive(key, labelSecret))
	h.Write(body)
	return [32]byte(h.Sum(nil))
}

func bodyCipher(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(derive(key, labelBody))
	if err != nil { // only for a key of another size
		panic("custody: " + err.Error())
	}
	c, err := cipher.NewGCM(block)
	if err != nil {
		panic("custody: " + err.Error())
	}
	return c
}

func derive(key []byte, label string) []byte {
	b, err := hkdf.Key(sha256.New, key, nil, label, 32)
	if err != nil { // only for a length out of range
		panic("custody: " + err.Error())
	}
	return b
}
