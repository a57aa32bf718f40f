// Package fonts holds the three faces that the reading room and our own
// pictures of text are set in: one for Latin and Cyrillic, one for Han, one
// for the Arabic script as Uyghur writes it.
//
// Pictures and pages must look the same on every machine, so the faces are in
// the binary and never taken from the system at run time. The build copies
// them out of Debian's packages into files/, which git does not track; a
// fresh clone compiles without them and Face says what to do.
package fonts

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"vidimus"
)

// The faces.
const (
	Sans   = "noto-sans"    // Latin, Greek, Cyrillic
	SansSC = "noto-sans-sc" // Han, as mainland China writes it
	UKIJ   = "ukij"         // Arabic script, with the Uyghur letters
)

// ErrMissing is returned for a face that the build did not put in.
var ErrMissing = errors.New("this binary was built without its fonts")

// ErrUnknown is returned for a name that is no face of ours.
var ErrUnknown = errors.New("no face has this name")

//go:embed all:files
var files embed.FS

// Face gives the bytes of one face, an OpenType font file.
func Face(name string) ([]byte, error) {
	s, err := find(name)
	if err != nil {
		return nil, err
	}
	data, err := files.ReadFile("files/" + s.File)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, vidimus.WithHint(fmt.Errorf("open face %s: %w", name, ErrMissing), "run make build")
	}
	return data, err
}

func find(name string) (Source, error) {
	for _, s := range Sources() {
		if s.Face == name {
			return s, nil
		}
	}
	return Source{}, fmt.Errorf("open face %q: %w", name, ErrUnknown)
}
