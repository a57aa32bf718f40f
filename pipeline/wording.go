package pipeline

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"vidimus"
	"vidimus/protect/trace"
	"vidimus/read"
	"vidimus/understand"
)

// wording finds where other copies of a document have other words. Of a file
// without another copy nobody can tell whether its words are its own.
func (t *Tracing) wording(ctx context.Context, item vidimus.ItemID) ([]trace.Trace, error) {
	own, err := words(ctx, t.c, item)
	if err != nil || len(own) == 0 {
		return nil, err
	}
	cannot := []trace.Trace{{Kind: trace.CopyWording, Certainty: trace.CannotTell, In: "file"}}
	var all []trace.Trace
	for _, other := range t.copies[item] {
		theirs, err := words(ctx, t.c, other)
		if err != nil {
			return nil, err
		}
		all = append(all, differing(own, theirs)...)
	}
	if len(t.copies[item]) == 0 {
		return cannot, nil
	}
	return all, nil
}

// differing gives the stretches of own pages that theirs do not say so.
func differing(own, theirs []Worded) (all []trace.Trace) {
	d := understand.Diff(texts(own), texts(theirs))
	for _, c := range d.Changes {
		for _, s := range c.Old {
			p := own[s.Page]
			all = append(all, trace.Trace{Kind: trace.CopyWording, Certainty: trace.Found, Reading: p.Reading, In: read.OwnWords, Page: p.Page.Number, Start: s.Start, End: s.End})
		}
	}
	if len(d.Changes) == 0 && !slices.Equal(marksOf(own), marksOf(theirs)) {
		all = append(all, trace.Trace{Kind: trace.CopyWording, Certainty: trace.Suspected, In: "file"})
	}
	return all
}

// marksOf gives each page's marks and signs, which a comparison of words leaves
// out.
func marksOf(pages []Worded) (all []string) {
	for _, p := range pages {
		all = append(all, strings.Map(func(r rune) rune {
			if unicode.In(r, unicode.P, unicode.S) {
				return r
			}
			return -1
		}, p.Page.Text))
	}
	return all
}
