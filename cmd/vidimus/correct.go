package main

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/read"
)

// correctedPage is what `correct` prints; docs/json.md.
type correctedPage struct {
	Item    vidimus.ItemID `json:"item"`
	Page    int            `json:"page"`
	Reading int64          `json:"reading"`
}

func correctVerb(c *console, u *unlocking) *cobra.Command {
	var page int
	var reading int64
	cmd := &cobra.Command{
		Use:   "correct CASE ITEM",
		Short: "write down what a page really says",
		Long: `Takes the whole text of one page from standard input and keeps it as a reading of
its own, beside what was read. The page is shown and found by the corrected words
from then on; what was read before stays, is found too, and passages on it do not
move. Words keep their places on the picture. The custody log has that the page
was corrected.`,
		Example: "  vidimus show ~/cases/reservoir ITEM --page 2 --text > page.txt\n  vidimus correct ~/cases/reservoir ITEM --page 2 - < page.txt",
		Args:    arguments(3, 3, "correct CASE ITEM --page N -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			item, err := vidimus.ParseItemID(args[1])
			switch {
			case err != nil:
				return errUsage{err}
			case args[2] != "-":
				return vidimus.WithHint(errUsage{errors.New("the text comes from standard input: write - for it")},
					"arguments stay in the shell's history and in the list of processes")
			case page < 1:
				return errUsage{errors.New("--page says which page, from 1")}
			}
			text, err := io.ReadAll(io.LimitReader(c.in, read.MaxText+1))
			if err != nil {
				return err
			}
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			n, err := pipeline.Correct(cmd.Context(), d.Case, item, reading, page, string(text))
			if err != nil {
				return err
			}
			if c.json {
				return c.data(correctedPage{item, page, n})
			}
			c.say("page %d is corrected: reading %d", page, n)
			return nil
		},
	}
	cmd.Flags().IntVar(&page, "page", 0, "page or section `N`, from 1")
	cmd.Flags().Int64Var(&reading, "reading", 0, "the words to correct are those of reading `N`; by default those shown")
	return cmd
}
