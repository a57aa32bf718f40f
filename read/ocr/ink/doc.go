// Package ink finds the lines of writing on a picture: how the page lies, where
// its lines run, and in which order they are read.
//
// It sees grey pixels of stated size and nothing of any file. Light that falls
// unevenly is undone first; marks are what is dark and hangs together; a page
// lies askew by the angle in which marks gather best in rows; a line is a chain
// of marks. A line may bend, as on a photograph: it is cut out straight.
//
// All work is bounded by the number of pixels.
package ink
