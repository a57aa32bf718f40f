package ppocr

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"unicode"
	"unicode/utf8"
)

// What may be asked and answered at once; spec/ocr-pack.md.
const (
	maxSide     = 65_535
	maxPixels   = 256 << 20 // of all pictures together
	maxPictures = 5000
	maxLines    = 5000    // of a picture
	maxChars    = 200_000 // of all pictures together
	whole       = 10_000  // a confidence of 1
)

const (
	askHead    = "vidimus/ppocr/ask/1\n"
	answerHead = "vidimus/ppocr/answer/1\n"
)

// Kind is what a picture is of.
type Kind byte

// The kinds.
const (
	OneLine   Kind = 'l' // a line, cut out straight
	WholePage Kind = 'p' // a page, whose lines are to be found
)

// Char is a character in its place on a picture.
type Char struct {
	Rune       rune
	Box        image.Rectangle
	Confidence float64 // from 0 to 1
}

// Answer is what was read on one picture, line by line.
type Answer [][]Char

// Ask writes the pictures down.
func Ask(kind Kind, pictures []*image.Gray) []byte {
	out := []byte(askHead)
	for _, m := range pictures {
		out = append(out, byte(kind))
		out = binary.BigEndian.AppendUint32(out, uint32(m.Rect.Dx()))
		out = binary.BigEndian.AppendUint32(out, uint32(m.Rect.Dy()))
		for y := range m.Rect.Dy() {
			out = append(out, m.Pix[y*m.Stride:y*m.Stride+m.Rect.Dx()]...)
		}
	}
	return out
}

// Asked reads the pictures one after another.
type Asked struct {
	r      *bufio.Reader
	n      int
	pixels int
}

// ReadAsk begins with what was asked.
func ReadAsk(r io.Reader) (*Asked, error) {
	a := &Asked{r: bufio.NewReaderSize(r, 1<<16)}
	if err := head(a.r, askHead); err != nil {
		return nil, fmt.Errorf("read what is asked: %w", err)
	}
	return a, nil
}

// Next gives the next picture; io.EOF after the last.
func (a *Asked) Next() (Kind, *image.Gray, error) {
	kind, err := a.r.ReadByte()
	if err != nil {
		return 0, nil, err
	}
	var size [2]uint32
	if err := binary.Read(a.r, binary.BigEndian, &size); err != nil {
		return 0, nil, fmt.Errorf("read a picture's size: %w", err)
	}
	w, h := size[0], size[1]
	if w == 0 || h == 0 || w > maxSide || h > maxSide || kind != byte(OneLine) && kind != byte(WholePage) {
		return 0, nil, errors.New("a picture of no kind or size")
	}
	a.n, a.pixels = a.n+1, a.pixels+int(w)*int(h)
	if a.n > maxPictures || a.pixels > maxPixels {
		return 0, nil, errors.New("more pictures than may be asked for at once")
	}
	m := image.NewGray(image.Rect(0, 0, int(w), int(h)))
	if _, err := io.ReadFull(a.r, m.Pix); err != nil {
		return 0, nil, fmt.Errorf("read a picture: %w", err)
	}
	return Kind(kind), m, nil
}

// AppendHead begins an answer.
func AppendHead(out []byte) []byte { return append(out, answerHead...) }

// AppendEnd ends an answer: one that was broken off lacks it.
func AppendEnd(out []byte) []byte { return append(out, 0) }

// AppendAnswer writes down what was read on one picture.
func AppendAnswer(out []byte, a Answer) []byte {
	out = binary.BigEndian.AppendUint32(append(out, 1), uint32(len(a)))
	for _, line := range a {
		out = binary.BigEndian.AppendUint32(out, uint32(len(line)))
		for _, c := range line {
			for _, v := range [5]int{int(c.Rune), c.Box.Min.X, c.Box.Min.Y, c.Box.Max.X, c.Box.Max.Y} {
				out = binary.BigEndian.AppendUint32(out, uint32(v))
			}
			out = binary.BigEndian.AppendUint16(out, uint16(math.Round(c.Confidence*whole)))
		}
	}
	return out
}

var errForm = errors.New("the engine's answer breaks its form")

// Answers reads an answer for pictures of these sizes. It is hostile: whatever
// breaks the form is an error, and nothing of it is believed.
func Answers(b []byte, sizes []image.Point) ([]Answer, error) {
	if len(b) < len(answerHead) || string(b[:len(answerHead)]) != answerHead {
		return nil, errForm
	}
	r := answerReader{b: b[len(answerHead):]}
	all := make([]Answer, len(sizes))
	chars := 0
	for i, size := range sizes {
		if r.next(1)[0] != 1 {
			return nil, errForm
		}
		lines := r.number()
		if lines > maxLines {
			return nil, errForm
		}
		for range lines {
			n := r.number()
			if chars += n; r.short || chars > maxChars {
				return nil, errForm
			}
			line := make([]Char, 0, min(n, len(r.b)/22))
			for range n {
				c, good := r.char(size)
				if !good {
					return nil, errForm
				}
				line = append(line, c)
			}
			all[i] = append(all[i], line)
		}
	}
	if r.next(1)[0] != 0 || r.short || len(r.b) != 0 {
		return nil, errForm
	}
	return all, nil
}

// answerReader takes numbers from an answer; one that is too short gives zeros.
type answerReader struct {
	b     []byte
	short bool
}

func (r *answerReader) next(n int) []byte {
	if len(r.b) < n {
		r.b, r.short = nil, true
		return make([]byte, n)
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *answerReader) number() int { return int(binary.BigEndian.Uint32(r.next(4))) }

// char reads a character; its box lies on the picture.
func (r *answerReader) char(size image.Point) (Char, bool) {
	v := rune(r.number())
	box := image.Rectangle{Min: image.Pt(r.number(), r.number()), Max: image.Pt(r.number(), r.number())}
	confidence := binary.BigEndian.Uint16(r.next(2))
	good := !r.short && confidence <= whole && utf8.ValidRune(v) && (unicode.IsPrint(v) || v == ' ' || v == '\u3000') &&
		!box.Empty() && box.In(image.Rectangle{Max: size})
	return Char{v, box, float64(confidence) / whole}, good
}

func head(r io.Reader, want string) error {
	got := make([]byte, len(want))
	if _, err := io.ReadFull(r, got); err != nil {
		return err
	}
	if string(got) != want {
		return errors.New("it is of another form, or of another version")
	}
	return nil
}
