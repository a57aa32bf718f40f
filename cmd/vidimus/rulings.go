package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

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

func mentionsAddVerb(c *console, u *unlocking) *cobra.Command {
	var s selecting
	var kind, value string
	cmd := &cobra.Command{
		Use:   "add CASE ITEM",
		Short: "mark a name, date or number that nobody found",
		Long: `Keeps a mention: the words that standard input gives, where they stand on the page,
as "passage add" finds them. Without --value it says what the rules read from the
words; with --value - the first line is the words, and what follows is what they
say. Phones, identity documents, plates, accounts and addresses have no value, and
their words are shown in no list of mentions.

"mentions reject" takes it back. It is logged.`,
		Example: "  vidimus mentions add ~/cases/reservoir ITEM --page 2 --kind place --quote -\n  vidimus mentions add ~/cases/reservoir ITEM --page 2 --kind date --start 10 --end 21 --value 2017-10",
		Args:    arguments(2, 2, "mentions add CASE ITEM --page N --kind KIND --quote - | --start A --end B [--value TEXT]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			item, err := vidimus.ParseItemID(args[1])
			if err != nil {
				return errUsage{err}
			}
			as, err := mentionKinds([]string{kind})
			if err != nil {
				return err
			}
			sel, err := s.selection(c)
			if err != nil {
				return err
			}
			said := value
			switch {
			case value == "-" && sel.Quote != "":
				sel.Quote, said, _ = strings.Cut(sel.Quote, "\n")
			case value == "-":
				said, err = words(c, "-")
			}
			if err == nil && sel.Quote == "" && sel.End == 0 {
				err = errUsage{errors.New("--quote - or --start and --end says what is selected")}
			}
			if err != nil {
				return err
			}
			sel.Item = item
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			id, err := pipeline.AddMention(cmd.Context(), d.Case, sel, as[0], said)
			if err != nil {
				return err
			}
			if c.json {
				return c.data(map[string]any{"mention": id.String(), "verdict": vidimus.Added})
			}
			c.say("mention %s is added", id)
			return nil
		},
	}
	s.flags(cmd)
	cmd.Flags().StringVar(&kind, "kind", "", "it is of this `KIND`: "+kindNames())
	cmd.Flags().StringVar(&value, "value", "", "it says `TEXT`; - reads it from standard input")
	return cmd
}
