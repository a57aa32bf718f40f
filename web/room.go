// Package web is the reading room: a small server on this machine that shows
// a case in a browser, to the one person who was let in.
//
// What it defends against, and how:
//
//   - Other machines: it listens on the loopback addresses only.
//   - Other pages in a browser (DNS rebinding, forged requests): it answers
//     only to its own Host, 128 random bits under .localhost; requests that
//     another origin or another port sent are refused; the cookie is
//     SameSite=Strict and reaches no other host.
//   - Other users of this machine: the way in is an owner-only page in
//     memory, good once and for thirty seconds. Whoever has only the address
//     gets nothing.
//   - Hostile text in the case: html/template escapes it, the content security
//     policy allows no inline script or style and no other host, trusted types
//     are on and no policy can be made; bidirectional controls are shown as
//     what they are, and every foreign string is isolated.
//   - What a browser keeps: words, names and ids of the case are never in an
//     address or a title. A view lives in this process under a random handle.
//
// One page is one handler file and one template, with a line in rooms.go and
// a route in server.go; tests visit it once it is among the visits of
// structure_test.go. All words that people see are in words_english.go. Two
// scripts add keys, step picture and text together, and ask for what is live;
// they can fetch from /live/ and from nowhere else.
package web

import (
	"context"
	"time"

	"vidimus"
	"vidimus/search"
)

// Room is what the reading room needs of a case. The functions are called
// from several goroutines. Errors that carry a hint (vidimus.WithHint) are
// shown with it; no error may hold content, names or paths.
type Room struct {
	// Search gives the hits of a window and the total. What is wrong with the
	// query itself is an error that search.AtCharacter knows.
	Search func(ctx context.Context, q Question, w search.Window) (Results, error)
	// Check gives such an error and asks nothing.
	Check func(ctx context.Context, q Question) error
	// Page gives one page of a reading, 0 for the file's own words, lit for the
	// question; an empty one lights nothing.
	Page func(ctx context.Context, item vidimus.ItemID, reading int64, page int, q Question) (PageView, error)
	// Text gives the words of a page or section of a reading, "" where it has
	// no such page.
	Text func(ctx context.Context, reading int64, page int) (string, error)
	// Picture gives a page of a reading as PNG, encoded by this program.
	Picture func(ctx context.Context, item vidimus.ItemID, reading int64, page, dpi int) ([]byte, error)
	// Files gives up to limit files with Order > after.
	Files func(ctx context.Context, after int64, limit int) ([]vidimus.File, error)
	// File gives what is known of a file, and what lies around it.
	File func(ctx context.Context, item vidimus.ItemID) (FileView, error)
	// Folder gives up to limit entries of a folder, from a place in it on.
	Folder func(ctx context.Context, in Folder, from Place, limit int) (FolderView, error)
	// OfReason gives up to limit files with this reason and Order > after.
	OfReason func(ctx context.Context, reason vidimus.Reason, after int64, limit int) ([]vidimus.File, error)
	// Conversation gives the mails that belong together with one, in their
	// order, and false while that is not known yet; nil where it never is.
	Conversation func(ctx context.Context, item vidimus.ItemID) ([]Letter, bool)
	// Alike gives the copies and versions of a file, itself among them, and
	// false while they are being looked for; nil where they never are.
	Alike func(ctx context.Context, item vidimus.ItemID) ([]Kin, bool)
	// Left gives what waits to be read in the case, and whether somebody is
	// at it.
	Left func(ctx context.Context) (Left, error)
	// Retry makes files wait again and has them read, after it has returned;
	// nil where the room can only read the case.
	Retry func(ctx context.Context, what Again) error
	// Retried tells of the last Retry.
	Retried func() Retried
	// Passages are what readers have marked; nil where nobody can.
	Passages *Passages
	// Mentions are what readers add to pages; nil where nobody can.
	Mentions *Mentions
	// Redaction withholds parts of pages; nil where nobody can.
	Redaction *Redaction
	// Editing is the plan of an edition and its review; nil where there is none.
	Editing *Editing
	// Protected is the list of protected people; nil where there can be none.
	Protected *Protected
	// Traces looks for what could lead to the source; nil where nobody can.
	Traces *Tracing
	// Vault tells of the vault of protected people; nil where there is none.
	Vault *Vault
	// Counts gives the arithmetic of the case.
	Counts func(ctx context.Context) (vidimus.Counts, error)
	// Font gives a face: "noto-sans", "noto-sans-sc" or "ukij". A face that
	// cannot be had is left to the system.
	Font func(name string) ([]byte, error)
	// Practice is set for the invented case: every page then says so.
	Practice bool
}

// Question is what is asked of the case.
type Question struct {
	Text  string
	Typed bool // only the words as they were typed, without other forms
}

// Results are the hits of one window.
type Results struct {
	Total int // of all pages that match
	Exact int // of these: with the words as typed; they come first
	// Waiting is how many pages nobody has looked at yet, where the question
	// is about places or numbers on them.
	Waiting int
	Hits    []Hit
	Facets  search.Facets // of all pages that match; nil unless asked for
}

// Hit is one page that matches.
type Hit struct {
	Item     vidimus.ItemID
	Path     string // raw bytes, as the file system gave them
	Type     string // media type of the file
	Reading  int64
	Kind     string // of the reading, where these are not the file's own words
	Page     int
	Section  bool   // made by us; the source has no pages
	Language string // BCP 47, or "und"
	Snippet  string // « and » around what matched
	Expanded bool   // other forms of the words have found it
	Matched  []search.Match
}

// PageView is one page as the room shows it.
type PageView struct {
	Item          vidimus.ItemID
	Path          string
	Type          string // media type of the file
	Page          int    // counts from 1
	Pages         int    // how many pages or sections the file has
	Section       bool
	Kind          string // of the reading, where these are not the file's own words
	From          string // the kind of the reading that the file's own words are from, where that is not "text"
	Sure          int    // how sure OCR is of the page, in percent; 0 where it did not read it
	Language      string
	Text          string
	Width, Height float64 // points; 0 for a section without a picture
	Lit           []Range // ascending, without overlaps
	Boxes         []vidimus.Box
	Places        []vidimus.Place
	Readings      []vidimus.Reading // the current ones of the file, one of each kind
	Before, After vidimus.ItemID    // the files around it in the order of intake; empty at the ends
}

// Range is a lit stretch of bytes of a page's text.
type Range struct{ Start, End int }

// FileView is a file as the room tells about it.
type FileView struct {
	vidimus.File
	Above         []vidimus.File // the containers that it was found in, the outermost first
	Inside        []vidimus.File // the first of those found in it
	More          bool           // there are more inside than these
	Original      *vidimus.File  // which it repeats; nil when it repeats none
	Readings      []ReadingView
	Before, After vidimus.ItemID // around it in the order of intake; empty at the ends
}

// ReadingView is a current reading and how many pages or sections it has.
type ReadingView struct {
	vidimus.Reading
	Length int
}

// Letter is a mail of a conversation.
type Letter struct {
	File    vidimus.File
	Subject string
	Date    string         // empty when it bears none
	Answers vidimus.ItemID // the mail that it answers; empty when it is the first
	How     string         // how that is known, in English
}

// Kin is a copy or a version of a file.
type Kin struct {
	File  vidimus.File
	How   string // first, same bytes, same words or near
	Share int    // of the shorter one's words, in percent
}

// Folder is a folder of a source, or of a container in it.
type Folder struct {
	Source int
	Parent vidimus.ItemID // the container; empty for the source itself
	Path   string         // as files have it; empty, or it ends in a slash
}

// Place is where a list goes on: after this path and order.
type Place struct {
	Path  string
	Order int64
}

// FolderView is some entries of a folder.
type FolderView struct {
	Folder
	Sources   []vidimus.Source
	Container *vidimus.File  // whose folder this is; nil at the top
	Above     []vidimus.File // the containers around that, the outermost first
	Entries   []Entry
	Next      *Place // nil at the end
}

// Entry is a folder in a folder, or a file.
type Entry struct {
	IsFolder bool
	Name     string       // of the folder
	File     vidimus.File // where it is none
	Holds    bool         // the file holds others
}

// Left is what waits to be read.
type Left struct {
	Counts vidimus.Counts
	OCR    int  // files with pages that wait for OCR
	Adding bool // somebody takes in or reads
}

// Again says what to read again: one file, or all that have a reason, or all
// that were not, or only partly, read.
type Again struct {
	Item   vidimus.ItemID
	Reason vidimus.Reason
}

// Retried tells of what the room had read again.
type Retried struct {
	Begun time.Time // zero when nothing was
	Tried int       // files
	Going bool
	Err   error // why it ended early; it holds nothing of the case
}
