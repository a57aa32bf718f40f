// Package image reads pictures: JPEG, PNG, GIF, BMP, TIFF and WebP. A picture
// is a page without words; a TIFF has a page for each of its images, a GIF one
// for each frame as it is seen. What cameras and programs wrote into the file
// (EXIF, IPTC, XMP) is a reading of its own.
//
// Pictures are measured before they are decoded, so that few bytes cannot ask
// for much memory, and reduced row by row.
package image

import (
	"errors"
	std "image"
	_ "image/gif" // formats that Decode knows
	"image/jpeg"
	_ "image/png"
	"io"

	_ "golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// Engine names what a reading was made with.
const Engine = "image 3"

// Types that are read.
var types = [...]string{"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff", "image/webp"}

// Format reads pictures.
func Format() read.Format {
	return read.Format{Types: types[:], Ready: func() (sandbox.Reader, error) { return &reader{}, nil }}
}

// maxDecoded is how many bytes the pixels of a decoded picture may have.
const maxDecoded = 256 << 20

// usualDPI is taken where a file does not say how large its picture is.
const usualDPI = 150

// reader is the worker's side: one file at a time.
type reader struct {
	file   *sandbox.File
	frames frames
	format string // as the standard library names it
	about  about
	parts  read.Parts // nil before the first is asked for
	number int64      // of the frame in pixels; 0 when there is none
	pixels std.Image
}

// frames are the pictures of one file.
type frames interface {
	count() int
	decode(n int) (std.Image, error)
}

// Open finds the frames and what the file says of itself. No pixel is decoded.
func (r *reader) Open(f *sandbox.File) (err error) {
	*r = reader{file: f}
	_, format, err := std.DecodeConfig(stream(f))
	if err != nil && format == "" && !tiffMark(f) {
		return &vidimus.Fault{Reason: vidimus.Damaged}
	}
	switch {
	case tiffMark(f):
		r.frames, err = tiffFrames(f)
	case format == "gif":
		r.frames, err = gifFrames(f)
	default:
		r.frames, err = single{f}, nil
	}
	if err != nil {
		return err
	}
	r.about, r.format = describe(f, format), format
	return nil
}

func stream(f *sandbox.File) *io.SectionReader { return io.NewSectionReader(f, 0, f.Size) }

// single is a file of one picture.
type single struct{ file *sandbox.File }

func (s single) count() int { return 1 }

func (s single) decode(int) (std.Image, error) {
	return decode(func() io.Reader { return stream(s.file) })
}

// decode decodes one picture after it has looked at its size.
func decode(open func() io.Reader) (std.Image, error) {
	config, _, err := std.DecodeConfig(open())
	if err != nil {
		return nil, &vidimus.Fault{Reason: vidimus.Damaged}
	}
	if err := fits(config); err != nil {
		return nil, err
	}
	picture, _, err := std.Decode(open())
	if err != nil {
		return nil, damaged(err)
	}
	return picture, nil
}

// fits refuses a picture whose pixels would take too much memory.
func fits(c std.Config) error {
	if c.Width < 1 || c.Height < 1 {
		return &vidimus.Fault{Reason: vidimus.Damaged}
	}
	if int64(c.Width)*int64(c.Height) > maxDecoded/depth(c.ColorModel) {
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	return nil
}

// damaged keeps a fault and makes one of every other error.
func damaged(err error) error {
	if _, own := vidimus.FaultOf(err); own {
		return err
	}
	var packed tiff.UnsupportedError
	var coded jpeg.UnsupportedError
	if errors.As(err, &packed) || errors.As(err, &coded) {
		return &vidimus.Fault{Reason: vidimus.KindNotRead}
	}
	return &vidimus.Fault{Reason: vidimus.Damaged}
}

// Answer serves about, page, picture, source and next.
func (r *reader) Answer(q sandbox.Question, say sandbox.Say) error {
	switch {
	case q.Verb == "about":
		return say(sandbox.Message{Name: "about", Ints: []int64{int64(r.frames.count()), 0, 1}})
	case q.Verb == "page" && len(q.Args) == 1:
		page, err := r.page(q.Args[0])
		if err != nil {
			return err
		}
		return say(read.EncodePage(page))
	case q.Verb == "picture" && len(q.Args) == 2:
		message, err := r.picture(q.Args[0], q.Args[1])
		if err != nil {
			return err
		}
		return say(message)
	case q.Verb == "source" && len(q.Args) == 1:
		source, err := r.source(q.Args[0])
		if err != nil {
			return err
		}
		return say(read.EncodeSource(source))
	case q.Verb == "next":
		if r.parts == nil {
			r.parts = read.Sections(read.Cut(read.Properties, r.about.words))
		}
		return read.SayNext(r.parts, say)
	}
	return read.ErrQuestion
}

// Close forgets the file.
func (r *reader) Close() { *r = reader{} }

// load decodes frame n, unless it was the last one decoded.
func (r *reader) load(n int64) (std.Image, error) {
	if n < 1 || n > int64(r.frames.count()) {
		return nil, read.ErrQuestion
	}
	if r.number != n {
		r.pixels, r.number = nil, 0
		picture, err := r.frames.decode(int(n - 1))
		if err != nil {
			return nil, err
		}
		r.pixels, r.number = picture, n
	}
	return r.pixels, nil
}

// page gives frame n as a page: its size, and whether it has ink.
func (r *reader) page(n int64) (vidimus.Page, error) {
	picture, err := r.load(n)
	if err != nil {
		return vidimus.Page{}, err
	}
	w, h := r.about.points(picture.Bounds())
	return vidimus.Page{Number: int(n), Width: w, Height: h, Ink: ink(picture)}, nil
}

// picture gives frame n in its own pixels, or fewer.
func (r *reader) picture(n, dpi int64) (sandbox.Message, error) {
	picture, err := r.load(n)
	if err != nil {
		return sandbox.Message{}, err
	}
	b := picture.Bounds()
	scale := min(1, float64(min(max(dpi, 1), read.MaxDPI))/r.about.dpi)
	w, h := read.PictureSize(float64(b.Dx()), float64(b.Dy()), scale)
	w, h = min(w, b.Dx()), min(h, b.Dy())
	rgb := reduce(picture, w, h)
	w, h, rgb = turn(w, h, rgb, r.about.orientation)
	return read.EncodePicture(w, h, rgb), nil
}
