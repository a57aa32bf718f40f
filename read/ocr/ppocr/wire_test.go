package ppocr

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"reflect"
	"testing"
)

var (
	sizes  = []image.Point{{X: 100, Y: 40}, {X: 30, Y: 30}}
	answer = []Answer{
		{{{'水', image.Rect(0, 0, 40, 40), 0.5}, {'库', image.Rect(40, 0, 90, 40), 1}}, nil},
		{},
	}
)

func written(all ...Answer) []byte {
	out := AppendHead(nil)
	for _, a := range all {
		out = AppendAnswer(out, a)
	}
	return AppendEnd(out)
}

func TestAnAnswerIsReadAsItWasWritten(t *testing.T) {
	got, err := Answers(written(answer...), sizes)
	if err != nil || len(got) != 2 || len(got[0]) != 2 || !reflect.DeepEqual(got[0][0], answer[0][0]) || len(got[1]) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestAnAnswerThatBreaksItsFormIsNotBelieved(t *testing.T) {
	char := func(c Char) []byte { return written(Answer{{c}}, nil) }
	whole := written(answer...)
	for name, b := range map[string][]byte{
		"nothing":                     nil,
		"a picture too few":           written(answer[0]),
		"a picture too many":          written(append(answer, answer[0])...),
		"broken off":                  whole[:len(whole)-1],
		"more behind its end":         append(bytes.Clone(whole), 0),
		"another head":                append([]byte("vidimus/ppocr/answer/2\n"), whole[len(answerHead):]...),
		"a box beyond the picture":    char(Char{'水', image.Rect(60, 0, 101, 40), 1}),
		"a box of nothing":            char(Char{'水', image.Rect(60, 0, 60, 40), 1}),
		"a box turned about":          char(Char{'水', image.Rectangle{Min: image.Pt(9, 9), Max: image.Pt(1, 1)}, 1}),
		"a number below zero":         char(Char{'水', image.Rectangle{Min: image.Pt(-1, 0), Max: image.Pt(9, 9)}, 1}),
		"more than sure":              char(Char{'水', image.Rect(0, 0, 9, 9), 1.01}),
		"a surrogate":                 char(Char{0xd800, image.Rect(0, 0, 9, 9), 1}),
		"a control":                   char(Char{'\n', image.Rect(0, 0, 9, 9), 1}),
		"a mark of direction":         char(Char{'\u202e', image.Rect(0, 0, 9, 9), 1}),
		"more lines than a page has":  append(AppendHead(nil), 1, 0xff, 0xff, 0xff, 0xff),
		"more characters than follow": append(AppendHead(nil), 1, 0, 0, 0, 1, 0, 2, 0, 0),
	} {
		if _, err := Answers(b, sizes); err == nil {
			t.Errorf("%s is believed", name)
		}
	}
}

func TestPicturesAreAskedAsTheyWereGiven(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 7, 3))
	for i := range m.Pix {
		m.Pix[i] = byte(i)
	}
	a, err := ReadAsk(bytes.NewReader(Ask(WholePage, []*image.Gray{m, m})))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		kind, got, err := a.Next()
		if err != nil || kind != WholePage || !bytes.Equal(got.Pix, m.Pix) || got.Rect != m.Rect {
			t.Errorf("%c, %v, %v", kind, got, err)
		}
	}
	if _, _, err := a.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("after the last: %v", err)
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add(written(answer...))
	f.Add(written(nil, nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := Answers(b, sizes)
		if err != nil {
			return
		}
		for i, a := range all {
			for _, line := range a {
				for _, c := range line {
					if c.Box.Empty() || !c.Box.In(image.Rectangle{Max: sizes[i]}) || c.Confidence < 0 || c.Confidence > 1 {
						t.Errorf("%v", c)
					}
				}
			}
		}
		if !bytes.Equal(written(all...), b) {
			t.Error("what was read is not what was written")
		}
	})
}

func FuzzAsks(f *testing.F) {
	f.Add(Ask(OneLine, []*image.Gray{image.NewGray(image.Rect(0, 0, 3, 2))}))
	f.Add(append([]byte(askHead), 'p', 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > len(askHead)+9 && binary.BigEndian.Uint64(b[len(askHead)+1:]) > 1<<32 {
			return // a large picture takes its memory before it is missed
		}
		a, err := ReadAsk(bytes.NewReader(b))
		for err == nil {
			_, _, err = a.Next()
		}
	})
}
