// Package blob keeps originals in a folder: one file each, encrypted under a
// key of its own, padded, under a keyed name. spec/blob.md has the bytes.
package blob

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/durable"
)

const (
	format    = 1
	tmpFolder = "tmp"
	nameTag   = "vidimus/blob-name/v1"
	nameBytes = 20
)

var nameEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Name is the keyed name of a digest.
func Name(key [32]byte, d vidimus.Digest) archive.BlobName {
	h := hmac.New(sha256.New, key[:])
	h.Write([]byte{byte(len(nameTag))})
	h.Write([]byte(nameTag))
	h.Write(d[:])
	return archive.BlobName(nameEncoding.EncodeToString(h.Sum(nil)[:nameBytes]))
}

// store is archive.Blobs in a folder. It is safe for concurrent use.
type store struct {
	dir      string
	readOnly bool
	clear    func() error // once: removes what an interrupted add left

	mu      sync.Mutex
	files   []string        // put and not synced; under mu
	folders map[string]bool // whose names changed; under mu
	broken  error           // of a sync that failed; under mu
}

// Open opens the blobs in dir, making the folder if it may. Only one process
// at a time may call Put, the one that adds: its first Put removes what an
// interrupted one left.
func Open(dir string, readOnly bool) (archive.Blobs, error) {
	s := &store{dir: dir, readOnly: readOnly, folders: make(map[string]bool)}
	s.clear = sync.OnceValue(s.clearTemp)
	if readOnly {
		return s, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, failed("make the folder of the originals", err)
	}
	return s, nil
}

func failed(tried string, err error) error {
	return fmt.Errorf("%s: %w", tried, durable.Nameless(err))
}

func (s *store) clearTemp() error {
	tmp := filepath.Join(s.dir, tmpFolder)
	if err := os.RemoveAll(tmp); err != nil {
		return failed("remove what an interrupted add left", err)
	}
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return failed("make a folder for originals on their way in", err)
	}
	return nil
}

// Put implements archive.Blobs. The function name may call Delete.
func (s *store) Put(ctx context.Context, r io.Reader, name func(vidimus.Digest) archive.BlobName) (archive.Original, error) {
	if s.readOnly {
		return archive.Original{}, archive.ErrReadOnly
	}
	if err := s.clear(); err != nil {
		return archive.Original{}, err
	}
	f, err := os.CreateTemp(filepath.Join(s.dir, tmpFolder), "*") // owner-only by itself
	if err != nil {
		return archive.Original{}, failed("store an original", err)
	}
	o, err := fill(ctx, f, r)
	if err == nil {
		o.Blob = name(o.Digest)
		var there bool
		if there, err = s.place(f.Name(), o.Blob); err == nil && !there {
			return o, nil
		}
	}
	if rest := os.Remove(f.Name()); rest != nil {
		err = errors.Join(err, failed("remove a temporary file", rest))
	}
	return archive.Original{}, err
}

// fill stores r in f and closes it in any event.
func fill(ctx context.Context, f *os.File, r io.Reader) (archive.Original, error) {
	o := archive.Original{Format: format}
	rand.Read(o.Key[:])
	digest := sha256.New()
	sealed := newSealer(f, o.Key)
	n, err := io.CopyBuffer(io.MultiWriter(digest, sealed), steps{ctx, r}, make([]byte, chunkSize))
	if err == nil {
		err = sealed.finish(n)
	}
	if e := f.Close(); err == nil && e != nil {
		err = failed("store an original", e)
	}
	if err != nil {
		return archive.Original{}, err
	}
	o.Bytes, o.Digest = n, vidimus.Digest(digest.Sum(nil))
	return o, nil
}

// steps ends a long read when its context does.
type steps struct {
	ctx context.Context
	r   io.Reader
}

func (s steps) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}

// fileTime is that of every blob: when a file came in is nobody's business.
var fileTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// place renames a whole file to its name, unless that is taken.
func (s *store) place(temp string, name archive.BlobName) (there bool, err error) {
	path, err := s.path(name)
	if err != nil {
		return false, err
	}
	if err := os.Chtimes(temp, fileTime, fileTime); err != nil {
		return false, failed("set an original's times", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := os.Lstat(path); err == nil {
		return true, nil
	}
	folder := filepath.Dir(path)
	if err := os.Mkdir(folder, 0o700); err == nil {
		s.folders[s.dir] = true
	} else if !errors.Is(err, os.ErrExist) {
		return false, failed("make a folder for originals", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return false, failed("put an original in its place", err)
	}
	s.files = append(s.files, path)
	s.folders[folder] = true
	return false, nil
}
