package fonts

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// skipWithout skips where the package is absent, which CI does not allow.
func skipWithout(t *testing.T, err error) {
	t.Helper()
	if err != nil && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryInstalledFaceDrawsItsScript(t *testing.T) {
	samples := map[string]string{Sans: "Aя", SansSC: "虚构莎车", UKIJ: "ئۇيغۇرچە ھۆججەت"}
	for _, s := range Sources() {
		data, err := s.Installed()
		skipWithout(t, err)
		face, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", s.Face, err)
		}
		for _, r := range samples[s.Face] {
			if _, ok := face.NominalGlyph(r); !ok {
				t.Errorf("%s has no glyph for %q", s.Face, r)
			}
		}
	}
}

func TestTheFaceTakenFromTheCollectionIsWhole(t *testing.T) {
	data, err := Installed(SansSC)
	skipWithout(t, err)
	if got := checksum(data); got != checksumMagic {
		t.Errorf("the file sums to %#x, want %#x", got, uint32(checksumMagic))
	}
	if string(data[:4]) != "OTTO" {
		t.Errorf("an OpenType font with CFF outlines begins with OTTO, got %q", data[:4])
	}
	ld, err := opentype.NewLoader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	d, _ := font.Describe(ld, nil)
	if d.Family != "Noto Sans CJK SC" {
		t.Errorf("took face %q", d.Family)
	}
}

func TestTheEmbeddedFacesAreTheAcceptedOnes(t *testing.T) {
	for _, s := range Sources() {
		built, err := Face(s.Face)
		if errors.Is(err, ErrMissing) {
			skipWithout(t, err)
		}
		want, err := s.Installed()
		skipWithout(t, err)
		if !bytes.Equal(built, want) {
			t.Errorf("%s: the embedded face is not the accepted one: run make build", s.Face)
		}
	}
}

func TestAnUnknownFaceIsRefused(t *testing.T) {
	if _, err := Face("comic"); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown name gave %v", err)
	}
}
