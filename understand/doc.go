// Package understand derives from pages what a reader would mark: which
// documents are nearly the same and what differs between two, which names,
// dates and numbers stand where, which mails answer which. All of it is pure
// analysis of text that is known to be UTF-8; what it finds names its rule and
// how sure it is. Nothing here counts, lists or compares people over a case.
package understand
