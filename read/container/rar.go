package container

import (
	"errors"
	"io"
	"io/fs"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"

	"github.com/nwaples/rardecode/v2"
)

// Rar reads rar archives of one volume; the library is streaming and opens no
// other volume from a stream.
func Rar() read.Format {
	return read.PartsFormat([]string{"application/x-rar-compressed", "application/vnd.rar"}, openRar)
}

func openRar(f *sandbox.File) (read.Parts, error) {
	r, err := rardecode.NewReader(io.NewSectionReader(f, 0, f.Size), rardecode.MaxDictionarySize(maxWindow))
	if err != nil {
		return nil, &vidimus.Fault{Reason: rarFault(err)}
	}
	return &rarred{r: r}, nil
}

func rarFault(err error) vidimus.Reason {
	for reason, of := range map[vidimus.Reason][]error{
		vidimus.Encrypted:   {rardecode.ErrArchiveEncrypted, rardecode.ErrArchivedFileEncrypted, rardecode.ErrBadPassword},
		vidimus.SizeLimit:   {rardecode.ErrDictionaryTooLarge},
		vidimus.KindNotRead: {rardecode.ErrUnknownVersion, rardecode.ErrUnknownDecoder, rardecode.ErrUnsupportedDecoder, rardecode.ErrMultiVolume, rardecode.ErrFileNameRequired},
	} {
		for _, e := range of {
			if errors.Is(err, e) {
				return reason
			}
		}
	}
	return vidimus.Damaged
}

type rarred struct {
	r     *rardecode.Reader
	given int
	over  bool
}

// Next gives the next file, and after those of a damaged archive the damage.
func (a *rarred) Next() (read.Part, error) {
	for !a.over {
		h, err := a.r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return read.Part{}, io.EOF
		case err != nil && a.given == 0:
			return read.Part{}, &vidimus.Fault{Reason: rarFault(err)}
		case err != nil:
			a.over = true
			return faulty("rest of the archive", nil, rarFault(err)), nil
		case h.IsDir:
			continue
		}
		if a.given++; a.given > maxEntries {
			a.over = true
			return faulty("further files", nil, vidimus.SizeLimit), nil
		}
		switch {
		case h.Encrypted:
			return faulty(h.Name, nil, vidimus.Encrypted), nil
		case h.LinkType != 0 || h.Mode()&fs.ModeType != 0:
			return faulty(h.Name, nil, vidimus.LinkInside), nil
		}
		return read.Part{Child: &read.Child{Name: h.Name, Body: unrarring{a.r}}}, nil
	}
	return read.Part{}, io.EOF
}

// unrarring says what is wrong in our words.
type unrarring struct{ r io.Reader }

func (u unrarring) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		err = &vidimus.Fault{Reason: rarFault(err)}
	}
	return n, err
}
