// Package docs carries the pages that the program itself shows.
package docs

import _ "embed"

// FirstDay is what to do with the medium, the passphrase, the machine and the
// colleagues before the first file goes in.
//
//go:embed first-day.md
var FirstDay string
