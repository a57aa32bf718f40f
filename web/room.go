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
// One page is one handler file and one template. All words that people see
// are in words.go.
package web

import (
	"context"

	"vidimus"
)

// Room is what the reading room needs of a case. The functions are called
// from several goroutines. Errors that carry a hint (vidimus.WithHint) are
// shown with it; no error may hold content, names or paths.
type Room struct {
	// Search gives hits offset … offset+limit-1 and the total. What is wrong
	// with the query itself is a *search.ParseError.
	Search func(ctx context.Context, query string, limit, offset int) (Results, error)
	// Page gives one page of a reading, 0 for the file's own words, lit for the
	// query; an empty query lights nothing.
	Page func(ctx context.Context, item vidimus.ItemID, reading int64, page int, query string) (PageView, error)
	// Picture gives a page of a reading as PNG, encoded by this program.
	Picture func(ctx context.Context, item vidimus.ItemID, reading int64, page, dpi int) ([]byte, error)
	// Files gives up to limit files with Order > after.
	Files func(ctx context.Context, after int64, limit int) ([]vidimus.File, error)
	// Counts gives the arithmetic of the case.
	Counts func(ctx context.Context) (vidimus.Counts, error)
	// Font gives a face: "noto-sans", "noto-sans-sc" or "ukij". A face that
	// cannot be had is left to the system.
	Font func(name string) ([]byte, error)
	// Practice is set for the invented case: every page then says so.
	Practice bool
}

// Results are the hits of one window.
type Results struct {
	Total int // of all pages that match
	Hits  []Hit
}

// Hit is one page that matches.
type Hit struct {
	Item     vidimus.ItemID
	Path     string // raw bytes, as the file system gave them
	Reading  int64
	Page     int
	Section  bool   // made by us; the source has no pages
	Language string // BCP 47, or "und"
	Snippet  string // « and » around what matched
}

// PageView is one page as the room shows it.
type PageView struct {
	Item          vidimus.ItemID
	Path          string
	Page          int // counts from 1
	Pages         int // how many pages or sections the file has
	Section       bool
	Kind          string // of the reading, where these are not the file's own words
	Language      string
	Text          string
	Width, Height float64 // points; 0 for a section without a picture
	Lit           []Range // ascending, without overlaps
	Boxes         []vidimus.Box
}

// Range is a lit stretch of bytes of a page's text.
type Range struct{ Start, End int }
