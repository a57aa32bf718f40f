package main

import (
	"fmt"
	"io"
	"strings"

	"vidimus/protect"
)

// writeReview prints every word that would be published, and counts the
// pictures.
func writeReview(w io.Writer, out reviewed) error {
	e := out.Edition
	by := e.Publisher
	if e.Date != "" {
		by += " · " + e.Date
	}
	fmt.Fprintf(w, "%s · %s · mode %s\n", e.Title, by, e.Mode)
	if e.OnePerson {
		fmt.Fprintln(w, "Released by one person.")
	}
	for _, p := range e.Introduction {
		fmt.Fprintf(w, "%s\n", p)
	}
	for _, c := range e.Corrections {
		reviewCorrection(w, c)
	}
	for i, s := range e.Documents {
		reviewDocument(w, i+1, s)
	}
	_, err := fmt.Fprintf(w, "\n%d approval(s) of exactly this; digest %s\n", len(out.Approvals), out.Digest)
	return err
}

func reviewDocument(w io.Writer, n int, s protect.Shown) {
	fmt.Fprintf(w, "\n== %s\n", strings.TrimSpace(fmt.Sprintf("%d. %s %s", n, s.Title, s.Date)))
	for _, p := range s.About {
		fmt.Fprintf(w, "about: %s\n", p)
	}
	if s.Duress {
		fmt.Fprintln(w, "said of it: it may have been made under duress")
	}
	for _, a := range s.Attestations {
		fmt.Fprintf(w, "attested (%s): %s: %s\n", a.How, a.By, a.Says)
	}
	if len(s.Pictures) > 0 {
		fmt.Fprintf(w, "%d picture(s): look at each in the reading room, Edition, before you approve\n", len(s.Pictures))
	}
	for i, b := range s.Blocks {
		text := b.Text
		switch {
		case b.Withheld != "":
			text = "[withheld: " + string(b.Withheld) + "]"
		case b.Quote:
			text = "quoted: " + text
		}
		fmt.Fprintf(w, "¶%d %s\n", i+1, text)
	}
}

func reviewCorrection(w io.Writer, c protect.Correction) {
	said := "it takes the place of one before it"
	if c.Protective {
		said = "the one before was withdrawn to protect people; what changed is not told"
	}
	fmt.Fprintf(w, "correction: %s\n", strings.TrimSpace(c.Date+" "+said))
	for _, d := range c.Changes {
		fmt.Fprintf(w, "  document %d %s: %d paragraphs added, %d removed, %d more withheld\n", d.Document, d.How, d.Added, d.Removed, d.Withheld)
	}
}
