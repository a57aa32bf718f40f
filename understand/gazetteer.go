package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vidimus"
	"vidimus/writing"
)

// shortest is how short a name with a capital may be any other word.
const shortest = 4

// gazetteer gives the places that writing's gazetteer knows, in any script. The
// value is their first Latin name; of several places of one name, all of them.
func gazetteer(parts *writing.Parts, text string) (all []vidimus.Mention) {
	for _, m := range parts.Places() {
		words := text[m.Start:m.End]
		if r, _ := utf8.DecodeRuneInString(words); cased(r) && (!unicode.IsUpper(r) || adjective(strings.ToLower(words)) || utf8.RuneCountInString(words) <= shortest) {
			continue // of the place, not the place; or any word that a sentence begins with
		}
		var names []string
		for _, p := range m.Places {
			names = append(names, p.Name())
		}
		confidence := 90
		if len(names) > 1 {
			confidence = 75
		}
		all = append(all, vidimus.Mention{Start: m.Start, End: m.End, Kind: vidimus.Locality, Value: writing.PlaceNames(names),
			Rule: "gazetteer", Confidence: confidence})
	}
	return all
}
