package pipeline_test

import (
	"bytes"
	"context"
	stdimage "image"
	"image/png"
	"path/filepath"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/specimen"
	"vidimus/internal/typeset"
	"vidimus/pipeline"
	"vidimus/protect/match"
	"vidimus/protect/people"
	"vidimus/sandbox"
)

// letter writes a scan of three lines, with this one in the middle.
func letter(t *testing.T, path, middle string) {
	t.Helper()
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		t.Fatal(err)
	}
	const size, wide, high = 40, 1200, 500
	m := stdimage.NewGray(stdimage.Rect(0, 0, wide, high))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	set := typeset.NewSetter(faces)
	for i, text := range []string{"The committee met on Monday, and nobody spoke.", middle, "It was agreed that all would come again."} {
		l := set.Paragraph(text, 1<<20, false)[0]
		typeset.NewRaster(m, size).Line(l, 60, float64(120+110*i), 0, high)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	write(t, path, b.String())
}

// misreading is an OCR that reads these words off every page.
func misreading(words string) *pipeline.OCR {
	return &pipeline.OCR{Producer: vidimus.Producer{Stage: "ocr", Version: 1}, Begin: func() pipeline.Recognise {
		return func(_ context.Context, _ stdimage.Image, p vidimus.Page) (vidimus.Page, error) {
			p.Text = words
			p.Places = []vidimus.Place{{Start: 0, End: len(words), Box: vidimus.Box{X1: p.Width, Y1: p.Height}}}
			return p, nil
		}
	}}
}

func TestANameThatOCRMisreadLooksAlike(t *testing.T) {
	var list people.List
	if _, _, err := list.Add("victim", []string{"Berak Tushan"}, "3017-01-01"); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		middle, read string
		want         int
	}{
		"a name that was misread":         {"Then Berak Tushan was called into the room.", "Then 8e7ak Iusnam was called", 1},
		"a name that was read":            {"Then Berak Tushan was called into the room.", "Then Berak Tushan was called", 0},
		"a page that names somebody else": {"Then Orvik Malnes was called into the room.", "Then 0rv1k Ma1nes was called", 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			letter(t, filepath.Join(dir, "scan.png"), x.middle)
			c := casetest.New(t)
			o := options
			o.OCR = misreading(x.read)
			if _, err := pipeline.Add(t.Context(), c, index(t, c), []string{dir}, o); err != nil {
				t.Fatal(err)
			}
			s := pipeline.NewSpotting(c, func() (sandbox.Options, error) { return sandbox.Options{}, nil }, list)
			defer s.Close()
			var got []pipeline.Sighting
			err := s.Look(t.Context(), pipeline.Scope{}, func(s pipeline.Sighting) error {
				got = append(got, s)
				return nil
			})
			if err != nil || s.Pages != 1 || s.Missed != 0 || len(got) != x.want {
				t.Fatalf("%d page(s), %d missed, %v (%v)", s.Pages, s.Missed, got, err)
			}
			for _, g := range got {
				if g.Person != "P-001" || g.Certainty != match.Review || g.How != pipeline.LooksAlike || g.Page != 1 || len(g.Boxes) != 1 {
					t.Errorf("%+v", g)
				}
			}
		})
	}
}
