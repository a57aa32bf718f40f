package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/archive"
)

// Copy puts a blob of one store into another as it is, if it is not there yet.
// Every byte is authenticated on the way, and the digest held against the
// records. It tells how many bytes were written.
func Copy(ctx context.Context, from, to archive.Blobs, o archive.Original) (int64, error) {
	source, ok := from.(*store)
	target, ok2 := to.(*store)
	if !ok || !ok2 {
		return 0, errors.New("copy an original: the stores are of different kinds")
	}
	size := sealedSize(padded(o.Bytes))
	switch there, err := target.Stat(o.Blob); {
	case err == nil && there == size:
		return 0, nil
	case err == nil: // cut or grown: it is of no use to anybody
		if err := target.Delete(o.Blob); err != nil {
			return 0, err
		}
	case !errors.Is(err, archive.ErrNotFound):
		return 0, err
	}
	return size, target.take(ctx, source, o)
}

// take copies one blob through a temporary file.
func (s *store) take(ctx context.Context, source *store, o archive.Original) error {
	r, err := source.Open(o)
	if err != nil {
		return errors.Join(archive.ErrUnsound, err)
	}
	defer r.Close()
	if err := s.clear(); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Join(s.dir, tmpFolder), "*") // owner-only by itself
	if err != nil {
		return failed("store an original", err)
	}
	if err := errors.Join(r.(*reader).copyTo(ctx, f, o.Digest), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	_, err = s.place(f.Name(), o.Blob)
	return err
}

// copyTo writes the sealed chunks as they are, after opening each.
func (r *reader) copyTo(ctx context.Context, w io.Writer, want vidimus.Digest) error {
	digest := sha256.New()
	sealed := make([]byte, chunkSize+tagSize)
	plain := make([]byte, 0, chunkSize+tagSize)
	for index := range chunks(r.padded) {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(chunkSize, r.padded-index*chunkSize) + tagSize
		if _, err := r.f.ReadAt(sealed[:n], index*(chunkSize+tagSize)); err != nil {
			return errors.Join(archive.ErrUnsound, failed("read an original", err))
		}
		open, err := r.c.Open(plain, nonce(index, index == chunks(r.padded)-1), sealed[:n], []byte(chunkTag))
		if err != nil {
			return fmt.Errorf("%w: %w", archive.ErrUnsound, ErrDamaged)
		}
		digest.Write(open[:max(0, min(int64(len(open)), r.size-index*chunkSize))])
		if _, err := w.Write(sealed[:n]); err != nil {
			return vidimus.WithHint(failed("copy an original", err), "make room on the disk, then begin again: what was copied is kept")
		}
	}
	if vidimus.Digest(digest.Sum(nil)) != want {
		return fmt.Errorf("%w: the content is not what was taken in", archive.ErrUnsound)
	}
	return nil
}
