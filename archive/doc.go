// Package archive is a case on disk: the folder, its lock, its format, its
// head, and the interfaces of the store with the suites that every
// implementation of them passes.
package archive
