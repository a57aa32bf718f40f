package ppocr

import "image"

// Networks are the two that the engine is made of.
type Networks interface {
	// Lines gives for every step of a line how likely each key is.
	Lines(values []float32, wide int) ([]float32, error)
	// Pages gives for every pixel of a page how likely it is of writing.
	Pages(values []float32, wide, high int) ([]float32, error)
}

// Read reads one picture.
func Read(n Networks, keys Keys, kind Kind, m *image.Gray) (Answer, error) {
	if kind == OneLine {
		line, err := readLine(n, keys, m)
		return Answer{line}, err
	}
	return readPage(n, keys, m)
}

func readLine(n Networks, keys Keys, m *image.Gray) ([]Char, error) {
	l := LineOf(m)
	p, err := n.Lines(l.Values, l.Wide)
	if err != nil {
		return nil, err
	}
	return chars(m, l.Wide, peaks(p, keys)), nil
}
