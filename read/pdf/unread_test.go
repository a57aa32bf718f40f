package pdf

import (
	"encoding/hex"
	"fmt"
	"image"
	"testing"

	"vidimus/read/layout"
)

// inline is a picture as part of a page's content, in a rectangle.
func inline(m *image.Gray, at string) string {
	return fmt.Sprintf("q %s cm BI /W %d /H %d /CS /G /BPC 8 /F /AHx ID %s> EI Q ", at, m.Rect.Dx(), m.Rect.Dy(), hex.EncodeToString(m.Pix))
}

// letter is a picture of two lines of writing.
func letter(t *testing.T) *image.Gray {
	sheet, err := layout.New().Lay("The dam was opened at night.\nNobody below had been told.")
	if err != nil {
		t.Fatal(err)
	}
	m := sheet.Draw(150)
	r := image.Rect(80, 80, 560, 200).Intersect(m.Rect)
	out := image.NewGray(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		copy(out.Pix[y*out.Stride:y*out.Stride+r.Dx()], m.Pix[m.PixOffset(r.Min.X, r.Min.Y+y):])
	}
	return out
}

// meadow is a picture without writing.
func meadow() *image.Gray {
	m := image.NewGray(image.Rect(0, 0, 240, 60))
	for i := range m.Pix {
		x, y := i%240, i/240
		m.Pix[i] = byte(60 + (x*x/90+y*y*y/400)%140)
	}
	return m
}

func TestWritingInPicturesBesideWordsIsUnread(t *testing.T) {
	const place = "160 0 0 40 20 20" // under the words at 80
	writing := letter(t)
	for _, c := range []struct {
		name, content string
		unread        bool
	}{
		{"words alone", hello, false},
		{"a picture of writing alone", inline(writing, place), false}, // it has no words: OCR reads it anyway
		{"words and a picture of writing", hello + " " + inline(writing, place), true},
		{"words and another picture", hello + " " + inline(meadow(), place), false},
		{"words and a very small picture", hello + " " + inline(writing, "16 0 0 4 20 20"), false},
		{"a picture with its words over it", inline(writing, place) + "BT /F 22 Tf 22 TL 3 Tr 20 44 Td (Words that lie over) Tj T* (pictures of writing) Tj ET", false},
	} {
		page, err := document(t, made([2]string{"", c.content})).Page(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if page.Unread != c.unread {
			t.Errorf("%s: unread is %v", c.name, page.Unread)
		}
	}
}

func TestPicturesInFormsStandWhereTheFormPutsThem(t *testing.T) {
	m := matrix{2, 0, 0, 2, 10, 20}.then(matrix{0, 1, -1, 0, 5, 5})
	if x, y := m.point(1, 2); x != -19 || y != 17 {
		t.Errorf("(%v, %v)", x, y)
	}
}
