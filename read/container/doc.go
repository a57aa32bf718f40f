// Package container takes files out of archives (zip, tar, rar) and of compressed
// files (gzip, bzip2, xz, zstd), one after another and streaming.
//
// Nothing is ever followed: links, devices and entries that are encrypted or
// packed by an unknown method are children with a Fault, so that they are
// counted and named. Folders are not files. Names that carry no charset are
// guessed for the whole archive; the bytes as they stand go with each child.
// Of a damaged archive what can be read is given, and then the damage.
package container

// Engine names what a reading was made with.
const Engine = "container 2"

// Bounds of one archive; what may come out of all of them together is the
// parent's to bound.
const (
	maxEntries   = 200_000
	maxDirectory = 32 << 20 // bytes of a zip's list of its entries
	maxWindow    = 64 << 20 // bytes that a decoder may keep
)
