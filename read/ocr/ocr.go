// Package ocr reads words off the pictures of pages with Tesseract.
//
// Tesseract is native code. It runs in a process of its own inside bubblewrap:
// no network, no home, no file of the machine but its own program and models,
// memory and time bounded. It is given pixels that we have encoded ourselves,
// on its standard input, and nothing is ever written to a disk. What it
// answers is checked number by number.
//
// The lines of a page are found by package ink and handed over one by one, cut
// out straight and evenly lit: Tesseract's own finding of lines costs more and
// fails on photographs and on Uyghur. Where the words that come back are in
// doubt, the whole page is handed over as well, and the better one is kept.
//
// Reading with every model takes thrice the time and mixes scripts that are
// not there, so three pieces of lines are read first to find the model, and to
// see whether the page stands on its head. The pages that follow begin with
// the model that suited the last one.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"sync"

	"vidimus"
	"vidimus/read/ocr/ink"
	"vidimus/read/ocr/pack"
)

// Version of our code around the engine.
const Version = 5

// Engine is Tesseract as this machine has it.
type Engine struct {
	walls     walls
	version   string
	languages []string
	pack      pack.Pack // reads Han; its digest is "" where there is none

	mu     sync.Mutex
	recent []string // models, the one that suited last first; guarded by mu
}

// Find looks for Tesseract and bubblewrap and tries them. The error's hint
// says what to install.
func Find(ctx context.Context) (*Engine, error) {
	const hint = "install the packages tesseract-ocr, tesseract-ocr-chi-sim, tesseract-ocr-rus, tesseract-ocr-kaz, tesseract-ocr-uig and bubblewrap"
	w, err := findWalls()
	if err != nil {
		return nil, vidimus.WithHint(err, hint)
	}
	e := &Engine{walls: w}
	version, err1 := w.run(ctx, nil, "--version")
	list, err2 := w.run(ctx, nil, "--list-langs")
	if err := errors.Join(err1, err2); err != nil {
		return nil, vidimus.WithHint(fmt.Errorf("try the OCR engine inside its walls: %w", err), "the system must let bubblewrap make namespaces")
	}
	e.version = word1(version)
	e.languages = known(strings.Split(string(list), "\n"))
	if len(e.languages) == 0 {
		return nil, vidimus.WithHint(errors.New("the OCR engine has no language of ours"), hint)
	}
	e.recent = slices.Clone(e.languages)
	return e, nil
}

// word1 gives the second word of what a program printed, if it is a plain one.
func word1(b []byte) string {
	words := strings.Fields(string(b))
	if len(words) < 2 || len(words[1]) > 32 || strings.ContainsFunc(words[1], func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "unknown"
	}
	return words[1]
}

// Producer names the engine and its models.
func (e *Engine) Producer() vidimus.Producer {
	models := slices.DeleteFunc(slices.Clone(e.languages), func(m string) bool { return m == packModel })
	p := vidimus.Producer{Stage: "ocr", Version: Version, Parameters: "tesseract " + e.version + " " + strings.Join(models, "+")}
	if name := PackName(e.pack); name != "" {
		p.Parameters += ", " + name
	}
	return p
}

// Begin begins with the pages of one file.
func (e *Engine) Begin() *File { return &File{engine: e} }

// File reads the pages of one file.
type File struct {
	engine *Engine

	mu   sync.Mutex
	last way // that suited the page before; no model before the first; guarded by mu
}

// way is how a page is read.
type way struct {
	model   string
	flipped bool // it stands on its head
}

// Page reads the words off a page's picture. The page given says how large it
// is; the one returned has the words and their boxes.
func (f *File) Page(ctx context.Context, picture image.Image, page vidimus.Page) (vidimus.Page, error) {
	r, err := f.recognise(ctx, grey(picture))
	if err != nil {
		return vidimus.Page{}, err
	}
	return r.page(page), nil
}

// recognise reads the lines in the way of the page before, or with the only
// model of their script; where that does not suit in the way that a sample
// shows; and where words stay in doubt the whole.
func (f *File) recognise(ctx context.Context, m *image.Gray) (result, error) {
	s := ink.Look(m)
	p := &paper{engine: f.engine, sheet: s, models: likely(f.order(), s.Writing()), width: m.Rect.Dx(), height: m.Rect.Dy()}
	if len(s.Lines) == 0 {
		return p.whole(ctx, f.first())
	}
	var best result
	begin := f.before()
	if begin.model == "" {
		begin.model = only(f.engine.languages, s.Writing())
	}
	if begin.model != "" {
		r, err := p.lines(ctx, begin)
		if err != nil {
			return r, err
		}
		if r.confidence() >= sureOf(begin.model) {
			f.keep(begin)
			return r, nil
		}
		best = r
	}
	found, err := p.sample(ctx)
	if err != nil {
		return best, err
	}
	p.sampled = true
	if found != begin || p.held {
		r, err := p.lines(ctx, found)
		if err != nil {
			return best, err
		}
		if r.worth() > best.worth() || len(best.words) == 0 {
			best = r
		}
	}
	if best.confidence() >= sure {
		f.keep(found)
		return best, nil
	}
	r, err := p.whole(ctx, found)
	if err == nil && r.worth() > best.worth() {
		best = r
	}
	return best, err
}

// first is the way to begin with where nothing shows another.
func (f *File) first() way {
	if before := f.before(); before.model != "" {
		return before
	}
	return way{model: f.order()[0]}
}

func (f *File) before() way {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.last
}

// order lists the models, the one that suited last first.
func (f *File) order() []string {
	f.engine.mu.Lock()
	defer f.engine.mu.Unlock()
	return slices.Clone(f.engine.recent)
}

// keep remembers what suited, for the next page and for the next file.
func (f *File) keep(w way) {
	f.mu.Lock()
	f.last = w
	f.mu.Unlock()
	f.engine.mu.Lock()
	defer f.engine.mu.Unlock()
	i := slices.Index(f.engine.recent, w.model)
	if i > 0 {
		f.engine.recent = slices.Insert(slices.Delete(f.engine.recent, i, i+1), 0, w.model)
	}
}

// read runs the engine once over pictures, each a line or a page.
func (e *Engine) read(ctx context.Context, pictures []*image.Gray, model, mode string) ([]found, error) {
	if model == packModel {
		return e.readPacked(ctx, pictures, mode)
	}
	sizes := make([]image.Point, len(pictures))
	for i, m := range pictures {
		sizes[i] = m.Rect.Max
	}
	out, err := e.walls.run(ctx, bytes.NewReader(ink.TIFF(pictures)), "stdin", "stdout", "-l", model, "--psm", mode,
		"-c", "thresholding_method=2", "-c", "tessedit_create_tsv=1")
	if errors.Is(err, errRefused) {
		return nil, &vidimus.Fault{Reason: vidimus.ReaderDied}
	} else if err != nil {
		return nil, err
	}
	return parse(out, sizes)
}
