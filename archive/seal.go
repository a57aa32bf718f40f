package archive

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidimus/internal/durable"
)

const (
	sealFile  = "seal"
	sealTag   = "vidimus/seal/v1"
	sealSalt  = 32
	sealChunk = 1 << 20
	sealList  = 1<<32 - 1 // stands for a file's number where the list itself is sealed
)

// errSeal is what every damage to a seal looks like.
var errSeal = errors.New("the seal is missing, damaged, or not the one that the head names")

// seal is what a case looked like when it was closed; spec/archive.md.
type seal struct {
	generation int64
	files      []sealedFile
	blobs      int64 // names in the folder of originals
	blobNames  [32]byte
}

// sealedFile is one file: its size, and a tag for each chunk of it.
type sealedFile struct {
	name string
	size int64
	tags [][16]byte
}

// sealer makes the tags of one seal, under a key that no other seal has.
type sealer struct {
	key  []byte
	aead cipher.AEAD
}

func newSealer(headKey [32]byte, salt []byte) (sealer, error) {
	key := keyed(headKey[:], sealTag, salt)
	aead, err := headCipher(key)
	return sealer{key[:], aead}, err
}

// keyed is HMAC-SHA-256 over a tag and data: how further keys and names come
// from one key.
func keyed(key []byte, tag string, data []byte) [32]byte {
	h := hmac.New(sha256.New, key)
	h.Write(append([]byte{byte(len(tag))}, tag...))
	h.Write(data)
	return [32]byte(h.Sum(nil))
}

// nonce is u32 file ‖ u64 chunk: no two of one seal are equal.
func sealNonce(file uint32, chunk uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(nil, file), chunk)
}

// tag authenticates one chunk. GCM over nothing but associated data is GMAC:
// several times as fast as a hash.
func (s sealer) tag(file, chunk int, b []byte) [16]byte {
	return [16]byte(s.aead.Seal(nil, sealNonce(uint32(file), uint64(chunk)), nil, b))
}

// look measures the file of this number in dir.
func (s sealer) look(dir string, number int, name string) (sealedFile, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return sealedFile{}, durable.Nameless(err)
	}
	defer f.Close()
	file := sealedFile{name: name}
	buffer := make([]byte, sealChunk)
	for {
		n, err := io.ReadFull(f, buffer)
		if n > 0 {
			file.tags = append(file.tags, s.tag(number, len(file.tags), buffer[:n]))
			file.size += int64(n)
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return file, nil
		} else if err != nil {
			return sealedFile{}, durable.Nameless(err)
		}
	}
}

// takeSeal looks at all files of a case that nobody writes to.
func takeSeal(dir string, s sealer, generation int64) (seal, error) {
	names, err := sealedNames(dir)
	if err != nil {
		return seal{}, err
	}
	out := seal{generation: generation}
	for i, name := range names {
		f, err := s.look(dir, i, name)
		if err != nil {
			return seal{}, fmt.Errorf("seal the case: %w", err)
		}
		out.files = append(out.files, f)
	}
	out.blobs, out.blobNames, err = s.originals(dir)
	return out, err
}

// sealedNames are the files that a seal is over, originals apart.
func sealedNames(dir string) ([]string, error) {
	names := []string{formatFile, lockFile, recordsFile}
	if _, err := os.Lstat(filepath.Join(dir, indexFile)); err == nil {
		names = append(names, indexFile)
	}
	keys, err := os.ReadDir(filepath.Join(dir, keysFolder))
	if err != nil {
		return nil, fmt.Errorf("seal the case: %w", durable.Nameless(err))
	}
	for _, k := range keys {
		if strings.HasSuffix(k.Name(), keySuffix) {
			names = append(names, keysFolder+"/"+k.Name())
		}
	}
	return names, nil
}

// originals is the number of names in the folder of originals, and a keyed
// digest of them. Their content needs none: each is authenticated by itself,
// under a key that lies in the records.
func (s sealer) originals(dir string) (n int64, digest [32]byte, err error) {
	root := filepath.Join(dir, blobsFolder)
	folders, err := os.ReadDir(root)
	if err != nil {
		return 0, digest, fmt.Errorf("list the originals: %w", durable.Nameless(err))
	}
	h := hmac.New(sha256.New, s.key)
	for _, folder := range folders {
		if folder.Name() == blobsTemp {
			continue
		}
		names := []string{""} // what is no folder counts by its own name
		if folder.IsDir() {
			if names, err = namesIn(filepath.Join(root, folder.Name())); err != nil {
				return 0, digest, err
			}
		}
		for _, name := range names {
			fmt.Fprintf(h, "%s/%s\n", folder.Name(), name)
			n++
		}
	}
	return n, [32]byte(h.Sum(nil)), nil
}

func namesIn(dir string) ([]string, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("list the originals: %w", durable.Nameless(err))
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	slices.Sort(names)
	return names, durable.Nameless(err)
}

// encode gives the list of a seal as it is before it is sealed.
func (s seal) encode() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(s.generation))
	b = binary.BigEndian.AppendUint32(b, uint32(len(s.files)))
	for _, f := range s.files {
		b = binary.BigEndian.AppendUint16(b, uint16(len(f.name)))
		b = append(b, f.name...)
		b = binary.BigEndian.AppendUint64(b, uint64(f.size))
		for _, t := range f.tags {
			b = append(b, t[:]...)
		}
	}
	b = binary.BigEndian.AppendUint64(b, uint64(s.blobs))
	return append(b, s.blobNames[:]...)
}

// writeSeal seals the list and gives the digest that the head will name.
func writeSeal(dir string, headKey [32]byte, generation int64) (digest [32]byte, err error) {
	salt := make([]byte, sealSalt)
	rand.Read(salt)
	s, err := newSealer(headKey, salt)
	if err != nil {
		return digest, err
	}
	list, err := takeSeal(dir, s, generation)
	if err != nil {
		return digest, err
	}
	b := s.aead.Seal(salt, sealNonce(sealList, 0), list.encode(), []byte(sealTag))
	return sha256.Sum256(b), durable.WriteFile(filepath.Join(dir, sealFile), b)
}
