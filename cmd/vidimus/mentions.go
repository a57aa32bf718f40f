package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/writing"
)

// mention is one mention as `mentions` gives it; docs/json.md. Text and value
// are absent where they are withheld.
type mention struct {
	Item       vidimus.ItemID      `json:"item"`
	Page       int                 `json:"page"`
	Reading    int64               `json:"reading"`
	Kind       vidimus.MentionKind `json:"kind"`
	Text       *string             `json:"text,omitempty"`
	Value      *string             `json:"value,omitempty"`
	Start      int                 `json:"start"`
	End        int                 `json:"end"`
	Rule       string              `json:"rule"`
	Confidence float64             `json:"confidence"`
	Mention    string              `json:"mention"`
	Verdict    vidimus.Verdict     `json:"verdict,omitempty"`
	Into       string              `json:"into,omitempty"`
	Stale      bool                `json:"stale,omitempty"`
	*amount
}

// amount is what a number says, in its parts.
type amount struct {
	Amount string        `json:"amount"`
	High   string        `json:"high,omitempty"`
	Bound  writing.Bound `json:"bound"`
	Unit   string        `json:"unit"`
}

func amountOf(f pipeline.Found) *amount {
	if a, ok := writing.ParseAmount(f.Value); ok && f.As == vidimus.Quantity {
		return &amount{a.Value, a.High, a.Bound, a.Unit}
	}
	return nil
}

func mentionsVerb(c *console, u *unlocking) *cobra.Command {
	var item string
	var kinds []string
	cmd := &cobra.Command{
		Use:   "mentions CASE",
		Short: "give the names, dates, numbers and quotations in one document",
		Long: `Gives what was found in one document, with its place, the rule that found it and
how sure that is. There is no list over a case: a search finds what you type, and
the program never offers you people. Of phones, identity documents, number plates,
accounts and addresses only the place and the kind are given.

A reader confirms, rejects, corrects or merges mentions, and adds what nobody found;
that is logged. What was added is looked for again where its page is read anew, and
"stale" where its words are gone from it.`,
		Example: "  vidimus mentions ~/cases/reservoir --item ITEM --kind person --kind place\n  vidimus mentions add ~/cases/reservoir ITEM --page 2 --kind place --quote -",
		Args:    arguments(1, 1, "mentions CASE --item ITEM [--kind KIND]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := vidimus.ParseItemID(item)
			if err != nil {
				return errUsage{vidimus.WithHint(errors.New("--item names the one document whose mentions are given"), "`vidimus list CASE` prints the items")}
			}
			wanted, err := mentionKinds(kinds)
			if err != nil {
				return err
			}
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			found, err := pipeline.MentionsIn(cmd.Context(), d.Case, id, wanted...)
			if err != nil {
				return err
			}
			return printMentions(c, found)
		},
	}
	cmd.Flags().StringVar(&item, "item", "", "the document: its `ITEM`, always needed")
	cmd.Flags().StringArrayVar(&kinds, "kind", nil, "only this `KIND`; may be given again")
	cmd.AddCommand(append(rulingVerbs(c, u), mentionsAddVerb(c, u))...)
	return cmd
}

func mentionKinds(names []string) (all []vidimus.MentionKind, err error) {
	for _, n := range names {
		k := vidimus.MentionKind(n)
		if !k.Known() {
			return nil, errUsage{vidimus.WithHint(errors.New("there is no such kind of mention"), "the kinds are "+kindNames())}
		}
		all = append(all, k)
	}
	return all, nil
}

func kindNames() string {
	var all []string
	for _, k := range vidimus.MentionKinds {
		all = append(all, string(k))
	}
	return strings.Join(all, ", ")
}

func printMentions(c *console, d pipeline.DocumentMentions) error {
	for _, f := range d.Found {
		m := mention{Item: d.Item, Page: f.At.Page, Reading: f.At.Reading, Kind: f.As, Start: f.At.Start, End: f.At.End,
			Rule: f.Rule, Confidence: float64(f.Confidence) / 100, Mention: f.MentionID.String(), Stale: f.Stale}
		if !f.As.Withheld() && !f.Kind.Withheld() {
			m.Text, m.Value, m.amount = &f.Text, &f.Value, amountOf(f)
		}
		if f.Ruling != nil {
			m.Verdict = f.Ruling.Verdict
			if f.Ruling.Into != (vidimus.MentionID{}) {
				m.Into = f.Ruling.Into.String()
			}
		}
		if c.json {
			if err := c.data(m); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "page %d\t%s\t%s\t%s\t%.2f %s\t%s%s\n", m.Page, m.Kind, visible(oneLine(f.Text)), visible(f.Value), m.Confidence, m.Rule, m.Mention, ruled(m.Verdict)+stale(m.Stale))
	}
	if d.NotLooked > 0 {
		c.say("%d page(s) with words were not looked at yet", d.NotLooked)
		c.hint("`vidimus understand CASE` does that")
	}
	if d.Stale > 0 {
		c.say("%d page(s) were looked at by an earlier version", d.Stale)
		c.hint("`vidimus understand CASE` looks again")
	}
	return nil
}

func ruled(v vidimus.Verdict) string {
	if v == "" {
		return ""
	}
	return "\t" + string(v)
}

func stale(is bool) string {
	if is {
		return ", stale"
	}
	return ""
}
