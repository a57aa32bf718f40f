package understand

import (
	"cmp"
	"slices"

	"vidimus"
	"vidimus/writing"
)

// Version counts the changes of what is found in the same text. What another
// version found is stale, and stays until somebody looks again.
const Version = 5

// Producer is who understands pages in this version.
func Producer() vidimus.Producer {
	return vidimus.Producer{Stage: "understand", Version: Version, Parameters: "rules"}
}

// Mentions finds what a page names and states. Written is the day on which
// it was written, as writing.Dates takes it, or empty.
func Mentions(text, written string) []vidimus.Mention {
	found := contacts(text)
	found = append(found, documentNumbers(text)...)
	found = append(found, quotations(text)...)
	parts := writing.Parted(text)
	found = append(found, dates(parts, written)...)
	found = append(found, quantities(parts, text)...)
	found = append(found, gazetteer(parts, text)...)
	words := wordsOf(text)
	found = append(found, english(words)...)
	found = append(found, russian(words)...)
	found = append(found, kazakhOrganisations(text, words)...)
	found = append(found, uyghur(text)...)
	found = append(found, chineseNames(text)...)
	return placed(text, settle(len(text), found))
}

// placed gives the places that rules have found the names by which they are
// known.
func placed(text string, all []vidimus.Mention) []vidimus.Mention {
	for i, m := range all {
		if m.Kind == vidimus.Locality && m.Value == "" {
			all[i].Value = writing.PlaceValue(text[m.Start:m.End])
		}
	}
	return all
}

// dates gives the dates of a text in the form that timelines are made of.
func dates(parts *writing.Parts, written string) (all []vidimus.Mention) {
	for _, d := range parts.Dates(written) {
		confidence := 90
		switch {
		case d.Ambiguous:
			confidence = 50
		case !d.Resolved():
			confidence = 60
		}
		all = append(all, vidimus.Mention{Start: d.Start, End: d.End, Kind: vidimus.Dated, Value: d.EDTF, Rule: d.Rule, Confidence: confidence})
	}
	return all
}

// strength is the order in which kinds that overlap win: what is withheld
// first, so that no other kind tells its words.
func strength(k vidimus.MentionKind) int {
	switch k {
	case vidimus.Identity:
		return 0
	case vidimus.Account:
		return 1
	case vidimus.Phone, vidimus.Plate:
		return 2
	case vidimus.Address:
		return 3
	case vidimus.DocumentNumber:
		return 4
	case vidimus.Dated:
		return 5
	case vidimus.Quantity:
		return 7
	}
	return 6
}

// settle puts mentions in their order, without those that overlap a stronger
// one. A quotation holds others and loses to none.
func settle(length int, found []vidimus.Mention) []vidimus.Mention {
	slices.SortStableFunc(found, func(a, b vidimus.Mention) int {
		return cmp.Or(cmp.Compare(strength(a.Kind), strength(b.Kind)), cmp.Compare(b.End-b.Start, a.End-a.Start),
			cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Start, b.Start))
	})
	var kept []vidimus.Mention
	taken := make([]bool, length)
	for _, m := range found {
		if m.Kind != vidimus.Quotation {
			if slices.Contains(taken[m.Start:m.End], true) {
				continue
			}
			for i := m.Start; i < m.End; i++ {
				taken[i] = true
			}
		}
		kept = append(kept, m)
	}
	slices.SortFunc(kept, func(a, b vidimus.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.CompactFunc(kept, func(a, b vidimus.Mention) bool {
		return a.Start == b.Start && a.End == b.End && a.Kind == b.Kind
	})
}
