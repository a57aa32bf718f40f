// Package layout gives a page to what has none. Mail, text, tables and web
// pages have no page in the source; we cut their words into sections, and here
// a section is set in our own faces on a sheet as wide as A4 and as tall as
// the words need. From one and the same layout come the picture and the place
// of every letter on it. The source file is not opened for it.
//
// It runs in the main process, on text that was checked when it came out of
// the worker. What the text can ask for is bounded: so many characters a
// sheet, so many in a stretch that is shaped at once, so many pixels.
// spec/pages.md describes the sheet.
package layout

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"vidimus"
	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

// The sheet, in points. A change of these, of what drawn does or of the faces
// is a new version.
const (
	version = 1
	width   = 595
	margin  = 48
	size    = 11
	pitch   = 18      // from base line to base line
	rise    = 13      // of a line above its base line; boxes are as tall
	fall    = 4.5     // of a line below it
	longest = 1 << 15 // characters that are laid out; a section has fewer
	stretch = 2000    // characters that are broken into lines at once
	gapMost = 2       // empty lines in a row that are kept
)

// Layout lays sections out. It opens its faces when they are first needed,
// and can be used by several goroutines.
type Layout struct {
	open func() (*typeset.Setter, error)
	name func() (string, error)
	mu   sync.Mutex // held while the setter or its faces are used
}

// New prepares to lay sections out.
func New() *Layout { return &Layout{open: sync.OnceValues(openFaces), name: sync.OnceValues(renderer)} }

func openFaces() (*typeset.Setter, error) {
	files, err := faceFiles()
	if err != nil {
		return nil, err
	}
	faces, err := typeset.NewFaces(files[0], files[1], files[2])
	if err != nil {
		return nil, err
	}
	return typeset.NewSetter(faces), nil
}

// faceFiles are the embedded faces in the order of faceNames.
func faceFiles() ([][]byte, error) {
	var files [][]byte
	for _, name := range faceNames() {
		file, err := fonts.Face(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func faceNames() []string { return []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} }

// Renderer names what draws: the version of the layout, of the shaper, and the
// SHA-256 of each face. Equal names mean equal places and pixels.
func (l *Layout) Renderer() (string, error) { return l.name() }

func renderer() (string, error) {
	files, err := faceFiles()
	if err != nil {
		return "", err
	}
	var w strings.Builder
	fmt.Fprintf(&w, "vidimus layout %d, %s", version, shaper)
	for i, name := range faceNames() {
		fmt.Fprintf(&w, ", %s sha256:%x", name, sha256.Sum256(files[i]))
	}
	return w.String(), nil
}

// shaper is the module that shapes and breaks lines; a test holds it to go.mod.
const shaper = "github.com/go-text/typesetting v0.3.5"

// ErrText is returned for what is not UTF-8, or cannot be shaped.
var ErrText = errors.New("lay a section out: its text cannot be set")

// Lay sets text on a sheet. The error is fonts.ErrMissing in a binary without
// faces, or ErrText.
func (l *Layout) Lay(text string) (s *Sheet, err error) {
	if !utf8.ValidString(text) {
		return nil, ErrText
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	setter, err := l.open()
	if err != nil {
		return nil, err
	}
	defer func() {
		// The shaper is not ours, and the text is hostile: a panic there is
		// the section's misfortune and nobody else's. Its value may hold text.
		if recover() != nil {
			s, err = nil, ErrText
		}
	}()
	s = &Sheet{Width: width, layout: l}
	s.set(setter, text)
	return s, nil
}

// Page gives a section the measures and places of its sheet; any other page
// stays as it is. A section that cannot be laid out has no picture.
func (l *Layout) Page(p vidimus.Page) vidimus.Page {
	if !p.Section {
		return p
	}
	if s, err := l.Lay(p.Text); err == nil {
		p.Width, p.Height, p.Places = s.Width, s.Height, s.Places
	}
	return p
}

// Places are the places of a page: its own, or those of a section's sheet.
func (l *Layout) Places(p vidimus.Page) []vidimus.Place { return l.Page(p).Places }
