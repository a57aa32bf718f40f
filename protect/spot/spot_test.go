package spot

import (
	"errors"
	"image"
	"math/rand/v2"
	"reflect"
	"testing"

	"vidimus"
	"vidimus/internal/specimen"
)

// as is a picture as one strip.
func as(m *image.Gray) Strip {
	return Strip{m, func(r image.Rectangle) image.Rectangle { return r.Intersect(m.Rect) }}
}

func spotter(t testing.TB, names ...string) *Spotter {
	t.Helper()
	s, err := New(listed(t, names))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOnlyAListOfPeopleSaysWhatToLookFor(t *testing.T) {
	kind := reflect.TypeFor[*Spotter]()
	var methods []string
	for i := range kind.NumMethod() {
		methods = append(methods, kind.Method(i).Name)
	}
	if want := []string{"Learn", "Look"}; !reflect.DeepEqual(methods, want) {
		t.Errorf("a spotter has the methods %q, not %q: none may take a picture of something to look for", methods, want)
	}
}

func TestNothingIsLearntFromAPageThatNamesNobody(t *testing.T) {
	s := spotter(t, "Zelmur Adivat")
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		t.Fatal(err)
	}
	before := len(s.templates)
	m, p := set(t, faces, "Yesterday somebody else spoke at the meeting")
	s.Learn(p, m.Rect.Max, lines(m))
	m, p = set(t, faces, "Yesterday Zelmur Adivad spoke at the meeting") // for review, not sure
	s.Learn(p, m.Rect.Max, lines(m))
	// A page whose words name somebody and whose picture does not.
	m, _ = set(t, faces, "Yesterday OOOOOO IIIIII spoke at the meeting")
	_, p = set(t, faces, "Yesterday Zelmur Adivat spoke at the meeting")
	s.Learn(p, m.Rect.Max, lines(m))
	if len(s.templates) != before {
		t.Errorf("%d looks were learnt", len(s.templates)-before)
	}
	s.Learn(vidimus.Page{Text: "Zelmur Adivat"}, image.Pt(100, 100), nil)
}

func TestAnotherFaceIsLearntFromAPage(t *testing.T) {
	faces, err := specimen.Faces(specimen.HeldOut)
	if err != nil {
		t.Skip("no other faces are installed: ", err)
	}
	for language, name := range map[string]string{"zh": "赵云舟", "en": "Uvrek Satlan", "ru": "Уврек Сатлан", "ug": "ئۇۋرېك ساتلان"} {
		s := spotter(t, name)
		m, _ := set(t, faces, around[language][1]+" "+name+" "+around[language][0])
		before, err := s.Look(t.Context(), lines(m))
		if err != nil {
			t.Fatal(err)
		}
		learnt(t, s, faces, language, []string{name})
		after, err := s.Look(t.Context(), lines(m))
		if err != nil {
			t.Fatal(err)
		}
		if len(after) != 1 || after[0].likeness < 0.8 || len(before) > 0 && before[0].likeness >= after[0].likeness {
			t.Errorf("%s: before %v, after an example %v", language, before, after)
		}
	}
}

func TestANameOnItsHeadIsSpotted(t *testing.T) {
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		t.Fatal(err)
	}
	for language, name := range map[string]string{"zh": "赵云舟", "en": "Uvrek Satlan", "ug": "ئۇۋرېك ساتلان"} {
		m, _ := set(t, faces, around[language][0]+name+around[language][1])
		for i, j := 0, len(m.Pix)-1; i < j; i, j = i+1, j-1 {
			m.Pix[i], m.Pix[j] = m.Pix[j], m.Pix[i]
		}
		hits, err := spotter(t, name).Look(t.Context(), lines(m))
		if err != nil || len(hits) != 1 {
			t.Errorf("%s: %v, %v", language, hits, err)
		}
	}
}

// noise is a picture of dots.
func noise(w, h int) *image.Gray {
	random := rand.New(rand.NewPCG(1, 2))
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = byte(255 * random.IntN(2))
	}
	return m
}

func TestPicturesOfAnySizeAreLookedAt(t *testing.T) {
	s := spotter(t, "赵云舟", "Zelmur Adivat")
	for _, size := range []image.Point{{}, {X: 1, Y: 1}, {X: 40_000, Y: 1}, {X: 1, Y: 40_000}, {X: 40_000, Y: 6}, {X: 6, Y: 40_000}, {X: 1500, Y: 1500}} {
		m := noise(size.X, size.Y)
		strips := append(lines(m), as(m))
		if _, err := s.Look(t.Context(), strips); err != nil && !errors.Is(err, ErrTooMuch) {
			t.Errorf("%v: %v", size, err)
		}
	}
}

func TestWhatIsTooMuchIsSaid(t *testing.T) {
	s := spotter(t, "赵云舟")
	m := image.NewGray(image.Rect(0, 0, 200_000, 56))
	for i := range m.Pix {
		m.Pix[i] = 255
		if i%m.Stride%12 < 6 {
			m.Pix[i] = 0
		}
	}
	strips := make([]Strip, 3)
	for i := range strips {
		strips[i] = as(m)
	}
	if _, err := s.Look(t.Context(), strips); !errors.Is(err, ErrTooMuch) {
		t.Errorf("ten thousand strokes a line: %v", err)
	}
}

func FuzzLook(f *testing.F) {
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		f.Fatal(err)
	}
	s := spotter(f, "赵云舟", "Uvrek Satlan")
	m, _ := set(f, faces, "A 赵云舟 Uvrek Satlan")
	f.Add(m.Pix[60*m.Stride:110*m.Stride], uint16(m.Stride))
	f.Add([]byte{0, 255, 0, 255}, uint16(2))
	f.Fuzz(func(t *testing.T, pixels []byte, width uint16) {
		w := max(int(width), 1)
		h := len(pixels) / w
		m := &image.Gray{Pix: pixels, Stride: w, Rect: image.Rect(0, 0, w, h)}
		hits, err := s.Look(t.Context(), []Strip{as(m)})
		if err != nil && !errors.Is(err, ErrTooMuch) {
			t.Fatal(err)
		}
		for _, h := range hits {
			if h.Box.Empty() || !h.Box.In(m.Rect) || !(h.likeness <= 1.001) {
				t.Errorf("a box %v of likeness %f on %v", h.Box, h.likeness, m.Rect)
			}
		}
	})
}
