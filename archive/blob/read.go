package blob

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"vidimus"
	"vidimus/archive"
)

// ErrDamaged is returned for a blob that is not as it was written, or is read
// with another blob's key.
var ErrDamaged = errors.New("the stored original was changed or cut")

const hintDamaged = "put the file back from a backup; `vidimus audit` names it"

// reader is archive.BlobReader. It keeps the chunk that was read last.
type reader struct {
	f      *os.File
	c      chunkCipher
	size   int64 // true
	padded int64

	mu    sync.Mutex
	at    int64  // index of the chunk in plain, -1 for none; under mu
	plain []byte // under mu
	buf   []byte // under mu
	whole bool   // the chunks of padding were opened; under mu
}

// newReader owns f from here on only when it gives no error.
func newReader(f *os.File, o archive.Original) (*reader, error) {
	if o.Format != format {
		return nil, vidimus.WithHint(fmt.Errorf("this original is stored in form %d; this program reads %d", o.Format, format), "open the case with a newer vidimus")
	}
	info, err := f.Stat()
	if err != nil {
		return nil, failed("open an original", err)
	}
	r := &reader{f: f, c: newCipher(o.Key), size: o.Bytes, padded: padded(o.Bytes), at: -1}
	if o.Bytes < 0 || info.Size() != sealedSize(r.padded) {
		return nil, vidimus.WithHint(ErrDamaged, hintDamaged)
	}
	r.buf = make([]byte, min(chunkSize, r.padded)+tagSize)
	if r.size == 0 { // nothing will ever be read that could check it
		return r, r.checkPadding()
	}
	return r, nil
}

// Size is the true length.
func (r *reader) Size() int64 { return r.size }

// Close implements archive.BlobReader.
func (r *reader) Close() error { return r.f.Close() }

// ReadAt implements io.ReaderAt. Who reads the last byte has had all padding
// checked, too.
func (r *reader) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("read an original: the offset is negative")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	done := 0
	for done < len(p) && off < r.size {
		if err := r.load(off / chunkSize); err != nil {
			return done, err
		}
		have := r.plain[:min(int64(len(r.plain)), r.size-r.at*chunkSize)]
		n := copy(p[done:], have[off-r.at*chunkSize:])
		done += n
		off += int64(n)
	}
	if off >= r.size {
		if err := r.checkPadding(); err != nil {
			return 0, err
		}
	}
	if done < len(p) {
		return done, io.EOF
	}
	return done, nil
}

// load opens a chunk.
func (r *reader) load(index int64) error {
	if r.at == index {
		return nil
	}
	r.at = -1 // its buffer is about to be written over
	sealed := r.buf[:min(chunkSize, r.padded-index*chunkSize)+tagSize]
	if _, err := r.f.ReadAt(sealed, index*(chunkSize+tagSize)); errors.Is(err, io.EOF) {
		return vidimus.WithHint(ErrDamaged, hintDamaged)
	} else if err != nil {
		return vidimus.WithHint(failed("read an original", err), "check the disk; "+hintDamaged)
	}
	plain, err := r.c.Open(sealed[:0], nonce(index, index == chunks(r.padded)-1), sealed, []byte(chunkTag))
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("%w, in chunk %d of %d", ErrDamaged, index+1, chunks(r.padded)), hintDamaged)
	}
	r.at, r.plain = index, plain
	return nil
}

// checkPadding opens, once, the chunks that hold padding only.
func (r *reader) checkPadding() error {
	if r.whole {
		return nil
	}
	for index := chunks(r.size); index < chunks(r.padded); index++ {
		if err := r.load(index); err != nil {
			return err
		}
	}
	r.whole = true
	return nil
}
