// Package pdf reads PDF files with pdfium, which is C++ and runs here as
// WebAssembly: it sees its own memory, the ranges of the file that it asks for,
// and nothing else of the machine.
//
// Beside the pages it gives properties (XMP and what its pictures say too), bookmarks, annotations with form values,
// and attached files as children. It does not tell which words belong to a layer
// that is switched off: they stand among the page's own.
//
// Between files the engine's memory goes back to the image it had after its
// start, which takes 20 µs where a start takes 17 ms, so that no file finds
// anything of the one before.
package pdf

import (
	"vidimus/read"
	"vidimus/sandbox"
)

// Engine names what a reading was made with: pdfium as package-lock.json pins
// it, and our code around it.
const Engine = "pdfium 2.15.1, pdf 4"

// Kind is a worker that reads PDF files and only types all others. The folder
// must have been warmed.
func Kind(cacheDir string) sandbox.Kind { return read.Kind("pdf", Format(cacheDir)) }

// Format reads PDF files.
func Format(cacheDir string) read.Format {
	return read.Format{Types: []string{read.TypePDF}, Ready: func() (sandbox.Reader, error) {
		e, err := newEngine(cacheDir)
		if err != nil {
			return nil, err
		}
		return &reader{engine: e}, nil
	}}
}

// Warm compiles the engine into the cache folder. It belongs into the main
// process before it touches anything hostile: workers cannot write there.
func Warm(cacheDir string) error {
	e, err := newEngine(cacheDir)
	if err != nil {
		return err
	}
	return e.close()
}
