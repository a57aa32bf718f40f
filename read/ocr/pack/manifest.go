// Package pack is OCR packs: one file with a program that reads pictures, and
// its models (spec/ocr-pack.md). It writes, checks and installs them; it never
// runs one.
package pack

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
)

// Names within a pack and its folder.
const (
	format       = "vidimus-ocr-pack/1"
	manifestName = "manifest.json"
	digestName   = "digest"
	platform     = "linux/amd64"

	// Engine is the only engine that packs are made of; its program has its name.
	Engine = "ppocr"
)

// Bounds of a manifest.
const (
	maxManifest = 64 << 10
	maxFiles    = 32
	maxBytes    = 256 << 20 // of a file
)

// Manifest says what is in a pack.
type Manifest struct {
	Format    string    `json:"format"`
	Engine    string    `json:"engine"`
	Version   string    `json:"version"`
	Languages []string  `json:"languages"`
	Platform  string    `json:"platform"`
	Files     []File    `json:"files"`
	Licences  []Licence `json:"licences"`
}

// File is a file of a pack.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Licence says under which licence a part is.
type Licence struct {
	Of      string `json:"of"`
	Licence string `json:"licence"`
	File    string `json:"file"` // of the pack, with its text
}

// Bytes is how much all files hold.
func (m Manifest) Bytes() (n int64) {
	for _, f := range m.Files {
		n += f.Bytes
	}
	return n
}

var (
	plainName    = regexp.MustCompile(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$`)
	plainVersion = regexp.MustCompile(`^[a-z0-9.-]{1,16}$`)
	plainText    = regexp.MustCompile(`^[ -~]{1,200}$`)
)

// parse reads a manifest and checks every rule of it.
func parse(b []byte) (m Manifest, err error) {
	if len(b) > maxManifest {
		return m, errors.New("the pack's manifest is too long")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, errors.New("the pack's manifest cannot be read")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return m, errors.New("the pack's manifest goes on behind its end")
	}
	return m, m.check()
}

func (m Manifest) check() error {
	switch {
	case m.Format != format:
		return errors.New("the pack is of another form, or for another version of vidimus")
	case m.Engine != Engine || !plainVersion.MatchString(m.Version):
		return errors.New("the pack has an engine that is not known here")
	case !slices.Equal(m.Languages, []string{"zh"}):
		return errors.New("the pack is for languages that it may not read")
	case m.Platform != platform:
		return fmt.Errorf("the pack is not for %s", platform)
	case len(m.Files) == 0 || len(m.Files) > maxFiles || len(m.Licences) > maxFiles:
		return errors.New("the pack has no files, or too many")
	}
	seen := map[string]bool{manifestName: true, digestName: true}
	for _, f := range m.Files {
		if !plainName.MatchString(f.Name) || seen[f.Name] {
			return errors.New("the pack has a file whose name is not allowed")
		}
		seen[f.Name] = true
		if d, err := hex.DecodeString(f.SHA256); err != nil || len(d) != 32 || hex.EncodeToString(d) != f.SHA256 || f.Bytes < 1 || f.Bytes > maxBytes {
			return errors.New("the pack has a file without a size or digest")
		}
	}
	if !seen[Engine] {
		return errors.New("the pack has no program")
	}
	return m.checkLicences(seen)
}

func (m Manifest) checkLicences(files map[string]bool) error {
	for _, l := range m.Licences {
		if !plainText.MatchString(l.Of) || !plainText.MatchString(l.Licence) || !files[l.File] {
			return errors.New("the pack names a licence that it does not hold")
		}
	}
	return nil
}
