// Package archive is a case on disk: the folder, its lock, its format, its
// head, and the interfaces of the store with the suites that every
// implementation of them passes.
//
// A case is written through Case.Do only. It takes its turn among the
// processes that write, lets the work happen in one transaction together with
// its entries in the custody log and the next generation, and then writes the
// head, which names that generation. Opening compares the two: records older
// than the head are an older copy, or have lost commits, and are refused.
// spec/archive.md draws the folder.
package archive
