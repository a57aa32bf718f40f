// Package ocr reads words off the pictures of pages with Tesseract.
//
// Tesseract is native code. For each page it runs in a process of its own
// inside bubblewrap: no network, no home, no file of the machine but its own
// program and models, memory and time bounded. It is given pixels that we have
// encoded ourselves, on its standard input, and nothing is ever written to a
// disk. What it answers is checked number by number.
//
// A page is first looked at for its script, since reading with every model
// takes thrice the time and mixes scripts that are not there. The pages of one
// file are read with the models that suited the page before, as long as the
// engine is sure of its words; where it is not, all models are asked.
package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"

	"vidimus"
)

// Version of our code around the engine.
const Version = 1

// models are used where they are installed, in this order.
var models = [...]string{"eng", "chi_sim", "rus", "kaz", "uig"}

// modelsOf tells which models read a script, as Tesseract names it.
var modelsOf = map[string][]string{
	"Latin": {"eng"}, "Han": {"chi_sim"}, "Arabic": {"uig"}, "Cyrillic": {"rus", "kaz"},
}

// sure is the mean confidence, in percent, from which words are believed to be
// in the language of their model. Measured: 84 to 96 with the right model, 27
// to 63 with one of another script.
const sure = 75

// Engine is Tesseract as this machine has it.
type Engine struct {
	walls     walls
	version   string
	languages []string
	osd       bool // can tell scripts
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
	e.version = word(version, 1)
	installed := strings.Fields(string(list))
	for _, m := range models {
		if slices.Contains(installed, m) {
			e.languages = append(e.languages, m)
		}
	}
	e.osd = slices.Contains(installed, "osd")
	if len(e.languages) == 0 {
		return nil, vidimus.WithHint(errors.New("the OCR engine has no language of ours"), hint)
	}
	return e, nil
}

// word gives the nth word of what a program printed, if it is a plain one.
func word(b []byte, n int) string {
	words := strings.Fields(string(b))
	if n >= len(words) || len(words[n]) > 32 || strings.ContainsFunc(words[n], func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "unknown"
	}
	return words[n]
}

// Producer names the engine and its models.
func (e *Engine) Producer() vidimus.Producer {
	return vidimus.Producer{Stage: "ocr", Version: Version,
		Parameters: "tesseract " + e.version + " " + strings.Join(e.languages, "+")}
}

// Begin begins with the pages of one file.
func (e *Engine) Begin() *File { return &File{engine: e} }

// File reads the pages of one file. One goroutine uses it.
type File struct {
	engine *Engine
	last   []string // models that suited the page before
}

// Page reads the words off a page's picture. The page given says how large it
// is; the one returned has the words and their boxes.
func (f *File) Page(ctx context.Context, picture image.Image, page vidimus.Page) (vidimus.Page, error) {
	pixels := grey(picture)
	best, err := f.recognise(ctx, pixels)
	if err != nil {
		return vidimus.Page{}, err
	}
	return best.page(page), nil
}

// recognise tries the models that suit the page until the words are sure.
func (f *File) recognise(ctx context.Context, p *pixmap) (best result, err error) {
	e := f.engine
	tried := map[string]bool{}
	try := func(models []string) (bool, error) {
		name := strings.Join(models, "+")
		if name == "" || tried[name] {
			return false, nil
		}
		tried[name] = true
		r, err := e.read(ctx, p, name)
		if err != nil {
			return false, err
		}
		if len(tried) == 1 || r.confidence > best.confidence {
			best = r
			f.last = models
		}
		return r.confidence >= sure || len(r.words) == 0, nil
	}
	if done, err := try(f.last); done || err != nil {
		return best, err
	}
	suited, err := e.suited(ctx, p)
	if err != nil {
		return best, err
	}
	if done, err := try(suited); done || err != nil {
		return best, err
	}
	_, err = try(e.languages)
	return best, err
}

// suited gives the models for the script of a page, all where it has too few
// letters to tell.
func (e *Engine) suited(ctx context.Context, p *pixmap) ([]string, error) {
	if !e.osd {
		return e.languages, nil
	}
	out, err := e.walls.run(ctx, p, "stdin", "stdout", "--psm", "0", "-l", "osd")
	if errors.Is(err, errRefused) {
		return e.languages, nil // "too few characters" is an exit of its own
	} else if err != nil {
		return nil, err
	}
	var suited []string
	for _, m := range modelsOf[script(out)] {
		if slices.Contains(e.languages, m) {
			suited = append(suited, m)
		}
	}
	if len(suited) == 0 {
		return e.languages, nil
	}
	return suited, nil
}

// script finds the line "Script: Han".
func script(out []byte) string {
	for line := range strings.Lines(string(out)) {
		if name, ok := strings.CutPrefix(line, "Script: "); ok {
			return strings.TrimSpace(name)
		}
	}
	return ""
}

// read runs the engine once.
func (e *Engine) read(ctx context.Context, p *pixmap, languages string) (result, error) {
	out, err := e.walls.run(ctx, p, "stdin", "stdout", "-l", languages, "--psm", "3",
		"-c", "thresholding_method=2", "-c", "tessedit_create_tsv=1")
	if errors.Is(err, errRefused) {
		return result{}, &vidimus.Fault{Reason: vidimus.ReaderDied}
	} else if err != nil {
		return result{}, err
	}
	return parse(out, p.width, p.height)
}
