package memory

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"maps"
	"slices"
	"sync"

	"vidimus"
	"vidimus/archive"
)

// Blobs is archive.Blobs in memory. The zero value is empty and ready; it is
// safe for concurrent use.
type Blobs struct {
	mu   sync.Mutex
	held map[archive.BlobName]blob // under mu
}

type blob struct {
	key   archive.BlobKey
	bytes []byte
}

// Put implements archive.Blobs.
func (b *Blobs) Put(ctx context.Context, r io.Reader, name func(vidimus.Digest) archive.BlobName) (archive.Original, error) {
	content, err := io.ReadAll(r)
	if err := errors.Join(err, ctx.Err()); err != nil {
		return archive.Original{}, err
	}
	o := archive.Original{Digest: sha256.Sum256(content), Bytes: int64(len(content))}
	o.Blob = name(o.Digest)
	rand.Read(o.Key[:])
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, there := b.held[o.Blob]; there {
		return archive.Original{}, nil
	}
	if b.held == nil {
		b.held = make(map[archive.BlobName]blob)
	}
	b.held[o.Blob] = blob{o.Key, content}
	return o, nil
}

// Sync implements archive.Blobs; memory is as durable as it gets.
func (b *Blobs) Sync() error { return nil }

// Open implements archive.Blobs.
func (b *Blobs) Open(o archive.Original) (archive.BlobReader, error) {
	found, err := b.find(o.Blob)
	if err != nil {
		return nil, err
	}
	if found.key != o.Key {
		return nil, errors.New("open blob: the key is not this blob's")
	}
	return blobReader{bytes.NewReader(found.bytes)}, nil
}

// Stat implements archive.Blobs. Nothing is padded in memory.
func (b *Blobs) Stat(name archive.BlobName) (int64, error) {
	found, err := b.find(name)
	return int64(len(found.bytes)), err
}

// Delete implements archive.Blobs.
func (b *Blobs) Delete(name archive.BlobName) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, there := b.held[name]; !there {
		return archive.ErrNotFound
	}
	delete(b.held, name)
	return nil
}

// Destroy implements archive.Blobs.
func (b *Blobs) Destroy(name archive.BlobName) error { return b.Delete(name) }

// List implements archive.Blobs.
func (b *Blobs) List(yield func(archive.BlobName, int64) error) error {
	b.mu.Lock()
	held := maps.Clone(b.held)
	b.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(held)) {
		if err := yield(name, int64(len(held[name].bytes))); err != nil {
			return err
		}
	}
	return nil
}

func (b *Blobs) find(name archive.BlobName) (blob, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, there := b.held[name]
	if !there {
		return blob{}, archive.ErrNotFound
	}
	return found, nil
}

type blobReader struct{ *bytes.Reader }

func (blobReader) Close() error { return nil }
