package image

import (
	"io"

	"vidimus/read"
	"vidimus/read/tags"
	"vidimus/sandbox"
)

// source tells how the file's pictures are packed.
func (r *reader) source(n int64) (read.PictureSource, error) {
	if n < 1 || n > int64(r.frames.count()) {
		return read.PictureSource{}, read.ErrQuestion
	}
	s := read.PictureSource{Pictures: 1, DPI: r.about.dpi, Coarsest: r.about.dpi}
	album, isAlbum := r.frames.(*album)
	switch {
	case isAlbum:
		s.AnyLossy, s.Spread = album.spread(int(n - 1))
	case r.format == "jpeg":
		s.AnyLossy, s.Spread = true, tags.Spread(r.file)
	case r.format == "webp": // what it throws away depends on what is beside it
		s.AnyLossy = !lossless(r.file)
		s.Anywhere = s.AnyLossy
	}
	s.Lossy = s.AnyLossy
	return s, nil
}

// lossless reports a WebP of the method that keeps every pixel.
func lossless(f *sandbox.File) bool {
	var b [4]byte
	_, err := f.ReadAt(b[:], 12)
	return err == nil && string(b[:]) == "VP8L"
}

// spread tells of a directory's picture whether JPEG packed it, and how far
// that carries what is in one pixel.
func (t *album) spread(n int) (lossy bool, most int) {
	v := t.values(n)
	if c := append(v[tagCompression], 0)[0]; c != compressionJPEG {
		return false, 0
	}
	for _, at := range v[tagOffsets] {
		most = max(most, tags.Spread(io.NewSectionReader(t.file, int64(at), t.file.Size-int64(at))))
	}
	return true, most
}
