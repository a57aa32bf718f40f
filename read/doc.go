// Package read turns a file into pages. It holds both sides of the
// conversation with a worker: in the worker Kind types the file by content and
// name and hands it to the Format that reads its type; in the parent Open gives
// a Document, which asks questions and believes no answer before it has
// checked every length, order and box.
//
// A worker is asked three things:
//
//	about          → type (text), then about: ints = pages, sections (0 or 1)
//	page n         → page: text; ints = n, width, height in 1/1000 pt,
//	                 section (0 or 1), ink (0 or 1); bytes = encoded places
//	picture n dpi  → picture: ints = width, height in pixels; bytes = RGB, row by row
//
// Pages count from 1. Where a format makes sections (plain text), their number
// is not known before the end: pages is 0, and the first page beyond the last
// is answered by the message "end".
package read
