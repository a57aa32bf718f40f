package understand

import (
	"vidimus"
	"vidimus/writing"
)

// quantities gives the numbers of a text. Those within dates are dropped when
// mentions are settled.
func quantities(parts *writing.Parts, text string) (all []vidimus.Mention) {
	for _, n := range parts.Numbers() {
		confidence := 70
		if n.Unit != "" {
			confidence = 90
		}
		all = append(all, vidimus.Mention{Start: n.Start, End: n.End, Kind: vidimus.Quantity, Rule: n.Rule, Confidence: confidence,
			Value: writing.AmountOf(n).String()})
	}
	return all
}
