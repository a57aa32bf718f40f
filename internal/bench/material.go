package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"vidimus"
	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

// prose gives words without end, drawn from the practice leak's true texts: as
// many lines of Han, Uyghur and English as stand there, shuffled.
type prose struct {
	lines []string
	draw  *rand.Rand
}

// newProse reads the texts of these documents; the same seed gives the same
// words.
func newProse(seed uint64, documents ...string) (*prose, error) {
	p := &prose{draw: rand.New(rand.NewPCG(seed, 1))}
	for _, d := range documents {
		b, err := os.ReadFile(filepath.Join("testdata/leak/truth", d+".txt"))
		if err != nil {
			return nil, vidimus.WithHint(err, "run it in the repository's folder, as make bench does")
		}
		for line := range strings.FieldsFuncSeq(string(b), func(r rune) bool { return r == '\n' || r == '\f' }) {
			if strings.TrimSpace(line) != "" {
				p.lines = append(p.lines, line)
			}
		}
	}
	return p, nil
}

// text gives at least n bytes, none like another: a number is in it.
func (p *prose) text(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d\n", p.draw.Uint64())
	for b.Len() < n {
		b.WriteString(p.lines[p.draw.IntN(len(p.lines))])
		b.WriteByte('\n')
	}
	return b.String()
}

// press makes PDFs of prose.
type press struct{ set *typeset.Setter }

func newPress() (*press, error) {
	var faces [3][]byte
	for i, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		var err error
		if faces[i], err = fonts.Face(name); err != nil {
			return nil, err
		}
	}
	all, err := typeset.NewFaces(faces[0], faces[1], faces[2])
	if err != nil {
		return nil, err
	}
	return &press{typeset.NewSetter(all)}, nil
}

// print sets pages of so many lines. Every glyph of them is a drawing of its
// own (Type 3), as in the Han that browsers print: the hardest case for pdfium,
// which draws a glyph to measure it.
func (p *press) print(words *prose, pages, lines int, rtl bool) []byte {
	const size, leading, side, top = 10, 15, 60, 60
	var d typeset.PDF
	for range pages {
		page, y := d.AddPage(595, 842), float64(top)
		for n := 0; n < lines; {
			for _, l := range p.set.Paragraph(strings.ReplaceAll(words.text(300), "\n", " "), (595-2*side)*typeset.Em/size, rtl) {
				page.Text(l, size, side, y)
				y += leading
				n++
			}
		}
	}
	return d.Bytes()
}

// document is a PDF to measure with.
type document struct {
	path string // for peers that take files
	data []byte
}

func keep(dir, name string, data []byte) (document, error) {
	d := document{filepath.Join(dir, name), data}
	return d, os.WriteFile(d.path, data, 0o600)
}

// corpusPDFs gives the PDFs below a folder of the corpus whose size suits, or
// none where there is no corpus.
func corpusPDFs(below string, suits func(bytes int64) bool) ([]document, error) {
	root := os.Getenv("VIDIMUS_CORPUS")
	if root == "" {
		return nil, nil
	}
	var found []document
	err := filepath.WalkDir(filepath.Join(root, below), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.EqualFold(filepath.Ext(path), ".pdf") {
			return err
		}
		if info, err := d.Info(); err != nil || !suits(info.Size()) {
			return err
		}
		data, err := os.ReadFile(path)
		found = append(found, document{path, data})
		return err
	})
	return found, err
}
