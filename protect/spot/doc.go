// Package spot finds names on pictures by how they look, where OCR misreads
// them. It is asked only for people of a list of protected people: what it looks
// for are the forms of their names in our own faces, and stretches of pages
// whose words surely name them. Nothing in it takes a picture of anything else
// to look for, so that it is no search by picture; it compares written words and
// knows nothing of faces, stamps or hands.
//
// Lines that were cut out straight are made equally high, and white in them is
// narrowed, for how far words stand apart is the typesetter's. A line is parted
// where ink is thin; each stretch between two such places is a window. A window
// of a template's proportions is held against it first by where its ink lies,
// then by its edges: how strong they are in each of eight directions in each
// cell of a grid. The least alike part counts as much as the whole, for names
// that share a half are others.
//
// It sees grey pixels of stated size and nothing of any file. Work is bounded.
package spot
