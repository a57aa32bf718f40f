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

A reader confirms, rejects, corrects or merges mentions; that is logged.`,
		Example: "  vidimus mentions ~/cases/reservoir --item ITEM --kind person --kind place",
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
	cmd.AddCommand(rulingVerbs(c, u)...)
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
		m := mention{Item: d.Item, Page: f.Page, Reading: f.Reading, Kind: f.As, Start: f.Start, End: f.End,
			Rule: f.Rule, Confidence: float64(f.Confidence) / 100, Mention: f.MentionID.String()}
		if !f.As.Withheld() && !f.Kind.Withheld() {
			m.Text, m.Value, m.amount = &f.Text, &f.Value, amountOf(f)
		}
		if f.Ruling != nil {
			m.Verdict = f.Ruling.Verdict
			if m.Verdict == vidimus.Merged {
				m.Into = f.Ruling.Into.String()
			}
		}
		if c.json {
			if err := c.data(m); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "page %d\t%s\t%s\t%s\t%.2f %s\t%s%s\n", m.Page, m.Kind, visible(oneLine(f.Text)), visible(f.Value), m.Confidence, m.Rule, m.Mention, ruled(m.Verdict))
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

// rulingVerbs are those of a reader's word on mentions.
func rulingVerbs(c *console, u *unlocking) []*cobra.Command {
	var kind, value string
	correct := rulingVerb(c, u, "correct CASE MENTION", "say what a mention is, or what it says", vidimus.Corrected, func(r *vidimus.Ruling) (err error) {
		r.Kind = vidimus.MentionKind(kind)
		if kind != "" && !r.Kind.Known() {
			return errUsage{vidimus.WithHint(errors.New("there is no such kind of mention"), "the kinds are "+kindNames())}
		}
		if r.Value = value; value == "-" {
			r.Value, err = words(c, "-")
		}
		return err
	})
	correct.Flags().StringVar(&kind, "kind", "", "it is of this `KIND`")
	correct.Flags().StringVar(&value, "value", "", "it says `TEXT`; - reads it from standard input")
	var into string
	merge := rulingVerb(c, u, "merge CASE MENTION", "say that a mention is of the same as another in the document", vidimus.Merged, func(r *vidimus.Ruling) (err error) {
		if r.Into, err = vidimus.ParseMentionID(into); err != nil {
			return errUsage{fmt.Errorf("--into: %w", err)}
		}
		return nil
	})
	merge.Flags().StringVar(&into, "into", "", "the other `MENTION`, of the same kind in the same document")
	return []*cobra.Command{
		rulingVerb(c, u, "confirm CASE MENTION", "say that a mention is right", vidimus.Confirmed, nil),
		rulingVerb(c, u, "reject CASE MENTION", "say that a mention is wrong", vidimus.Rejected, nil),
		correct, merge,
	}
}

func rulingVerb(c *console, u *unlocking, use, short string, verdict vidimus.Verdict, more func(*vidimus.Ruling) error) *cobra.Command {
	return &cobra.Command{
		Use:     use,
		Short:   short,
		Long:    "Keeps a reader's word on a mention, in place of an earlier one, and logs it. What was found stays as it was.",
		Example: "  vidimus mentions " + strings.Fields(use)[0] + " ~/cases/reservoir 12.3.104.110.person",
		Args:    arguments(2, 2, "mentions "+use),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := vidimus.ParseMentionID(args[1])
			if err != nil {
				return errUsage{err}
			}
			r := vidimus.Ruling{Mention: id, Verdict: verdict}
			if more != nil {
				if err := more(&r); err != nil {
					return err
				}
			}
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			if err := pipeline.Rule(cmd.Context(), d.Case, r); err != nil {
				return err
			}
			if c.json {
				return c.data(map[string]any{"mention": id.String(), "verdict": verdict})
			}
			return nil
		},
	}
}

func understandVerb(c *console, u *unlocking) *cobra.Command {
	var f addFlags
	var all bool
	cmd := &cobra.Command{
		Use:   "understand CASE",
		Short: "look for names, dates and numbers in what was read",
		Long: `Does what add does after reading, for what an earlier version has read or looked
at; with --all again for everything. What readers have said of mentions stays.`,
		Example: "  vidimus understand ~/cases/reservoir",
		Args:    arguments(1, 1, "understand CASE [--all]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return readAll(cmd, c, u, args[0], f, reading{prepare: func(cs *archive.Case) error {
				_, err := pipeline.Reunderstand(cmd.Context(), cs, all)
				return err
			}})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "look again at everything")
	wallFlags(cmd, &f)
	return cmd
}
