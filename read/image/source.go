package image

import "vidimus/read"

// source tells how the file's pictures are packed. WebP is either way inside,
// and a TIFF's strips may be JPEG: both count as lossy.
func (r *reader) source(n int64) (read.PictureSource, error) {
	if n < 1 || n > int64(r.frames.count()) {
		return read.PictureSource{}, read.ErrQuestion
	}
	lossless := r.format == "png" || r.format == "gif" || r.format == "bmp"
	return read.PictureSource{Pictures: 1, Lossy: !lossless, DPI: r.about.dpi, Coarsest: r.about.dpi, AnyLossy: !lossless}, nil
}
