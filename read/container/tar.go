package container

import (
	"archive/tar"
	"errors"
	"io"
	"unicode/utf8"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// Tar reads tar archives: v7, ustar, pax and GNU.
func Tar() read.Format { return read.PartsFormat([]string{"application/x-tar"}, openTar) }

// tarNames is how many names are looked at to guess their charset.
const tarNames = 2_000

func openTar(f *sandbox.File) (read.Parts, error) {
	var raw [][]byte
	for r := newTar(f); len(raw) < tarNames; {
		h, err := r.Next()
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			break
		}
		if !utf8.ValidString(h.Name) {
			raw = append(raw, []byte(h.Name))
		} else {
			raw = append(raw, nil)
		}
	}
	return &tarred{r: newTar(f), decode: guessNames(raw)}, nil
}

func newTar(f *sandbox.File) *tar.Reader { return tar.NewReader(io.NewSectionReader(f, 0, f.Size)) }

type tarred struct {
	r      *tar.Reader
	decode func([]byte) string
	given  int
	over   bool
}

// Next gives the next file, and after those of a damaged archive the damage.
func (t *tarred) Next() (read.Part, error) {
	for !t.over {
		h, err := t.r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return read.Part{}, io.EOF
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			t.over = true
			if t.given == 0 {
				return read.Part{}, &vidimus.Fault{Reason: vidimus.Damaged}
			}
			return faulty("rest of the archive", nil, vidimus.Damaged), nil
		case h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader:
			continue
		}
		if t.given++; t.given > maxEntries {
			t.over = true
			return faulty("further files", nil, vidimus.SizeLimit), nil
		}
		return t.child(h), nil
	}
	return read.Part{}, io.EOF
}

func (t *tarred) child(h *tar.Header) read.Part {
	raw := []byte(h.Name)
	name := t.decode(raw)
	if read.SafeName(read.Clean(name)) == string(raw) {
		raw = nil
	}
	switch h.Typeflag {
	case tar.TypeReg, tar.TypeCont, tar.TypeGNUSparse: // sparse: holes come as zeros, within the caps
		return read.Part{Child: &read.Child{Name: name, Raw: raw, Body: t.r}}
	}
	return faulty(name, raw, vidimus.LinkInside)
}
