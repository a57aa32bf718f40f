// Package ppocr is what is asked of the engine PP-OCR and what it answers, and
// the work around its two networks: pictures scaled for them, lines found on
// the map that one draws, characters taken from the steps of the other.
//
// The networks run in a process of their own that is no part of the program
// (packs/ppocr): they need C code. This package is the half that needs none.
// What the process answers is checked number by number (Answers).
package ppocr
