// Package mail reads messages (RFC 5322 and MIME) and mailboxes (mbox), as they
// really are: with headers that nobody coded, boundaries that are missing,
// labels that are wrong.
//
// A message is walked once, by line, over the file itself; of the bodies only
// offsets are kept, so that the largest attachment needs no more memory than
// the smallest. It gives one text (subject, from, to, cc, date, then the body
// parts in order), the reading "properties" with every header field, decoded
// and raw where the two differ, the reading "hidden" with what a mail program
// would not show (HTML beside a plain text that says something else, text
// before the first and after the last part), and its attachments, inline
// pictures and attached messages as children.
package mail

// Engine names what a reading was made with.
const Engine = "mail 2"

// Bounds of what one message may make the reader keep.
const (
	maxNested = 100       // multiparts in multiparts
	maxParts  = 20_000    // parts of one message
	maxField  = 1 << 20   // bytes of one header field
	maxHeader = 8 << 20   // bytes of all header fields of one message
	maxBody   = 16 << 20  // bytes of a body shown as text; a longer one is a child
	maxBodies = 128 << 20 // of all bodies shown as text
)
