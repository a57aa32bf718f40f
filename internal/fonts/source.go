package fonts

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"vidimus"
)

// Source says where a face comes from and which bytes are accepted for it.
type Source struct {
	Face    string // its name here
	File    string // its name in files/
	Package string // the Debian package that has it
	Version string // the version whose bytes are accepted
	Path    string // where that package installs it
	Member  int    // its place in a collection; -1 when the file is one face
	SHA256  string // of the file at Path, in hexadecimal
}

// Sources lists the faces. The hashes are those of Debian 12's packages: other
// bytes would draw other pictures, so a new version is a change of its own.
func Sources() []Source {
	return []Source{
		{
			Face: Sans, File: "noto-sans.ttf",
			Package: "fonts-noto-core", Version: "20201225-1",
			Path:   "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
			Member: -1,
			SHA256: "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
		},
		{
			Face: SansSC, File: "noto-sans-sc.otf",
			Package: "fonts-noto-cjk", Version: "1:20220127+repack1-1",
			Path:   "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
			Member: 2,
			SHA256: "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
		},
		{
			Face: UKIJ, File: "ukij.ttf",
			Package: "fonts-ukij-uyghur", Version: "20110217-4",
			Path:   "/usr/share/fonts/truetype/fonts-ukij-uyghur/UKIJTuT.ttf",
			Member: -1,
			SHA256: "94629f6a43e30d7bc883e6b872aac070683c7b3d916317c69e03341b4b7a3a56",
		},
	}
}

// ErrNotAccepted is returned for a font file whose bytes are not the listed ones.
var ErrNotAccepted = errors.New("the file is not the accepted version")

// Licence is the path of the package's copyright file.
func (s Source) Licence() string { return "/usr/share/doc/" + s.Package + "/copyright" }

// Installed reads the face from its Debian package, checks the bytes against
// the list, and takes it out of its collection when it lies in one.
func (s Source) Installed() ([]byte, error) {
	data, err := os.ReadFile(s.Path)
	if err != nil {
		return nil, vidimus.WithHint(fmt.Errorf("read face %s: %w", s.Face, err),
			"apt-get install --no-install-recommends "+s.Package+"="+s.Version)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != s.SHA256 {
		return nil, vidimus.WithHint(fmt.Errorf("read face %s from %s: %w", s.Face, s.Path, ErrNotAccepted),
			"the accepted one comes with "+s.Package+" "+s.Version)
	}
	if s.Member < 0 {
		return data, nil
	}
	return extract(bytes.NewReader(data), s.Member)
}

// Installed reads one face from its Debian package; see Source.Installed.
func Installed(name string) ([]byte, error) {
	s, err := find(name)
	if err != nil {
		return nil, err
	}
	return s.Installed()
}
