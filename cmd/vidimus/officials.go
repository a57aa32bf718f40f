package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// official is one entry as `officials` gives it; docs/json.md.
type official struct {
	Official int64          `json:"official"`
	Name     string         `json:"name"`
	Office   string         `json:"office"`
	Item     vidimus.ItemID `json:"item"`
	Page     int            `json:"page"`
	Reading  int64          `json:"reading"`
	Start    int            `json:"start"`
	End      int            `json:"end"`
	Words    string         `json:"words"`
}

func officialsVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "officials CASE",
		Short: "list those whom readers have entered as acting in public office",
		Long: `Nobody is listed over a case, except whom a reader has entered as acting in public
office, with the place whose words show the office. Entering and removing are logged.`,
		Example: "  vidimus officials ~/cases/reservoir\n  vidimus officials add ~/cases/reservoir ITEM --page 2 -",
		Args:    arguments(1, 1, "officials CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			all, err := pipeline.Officials(cmd.Context(), d.Case)
			if err != nil {
				return err
			}
			for _, o := range all {
				if c.json {
					err = c.data(official{o.Number, o.Name, o.Office, o.Item, o.Page, o.Reading, o.Start, o.End, o.Words})
				} else {
					_, err = fmt.Fprintf(c.out, "%d\t%s\t%s\t%s page %d\t%s\n", o.Number, visible(o.Name), visible(o.Office), o.Item, o.Page, visible(oneLine(o.Words)))
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.AddCommand(officialsAddVerb(c, u), officialsRemoveVerb(c, u))
	return cmd
}

func officialsAddVerb(c *console, u *unlocking) *cobra.Command {
	var page int
	cmd := &cobra.Command{
		Use:   "add CASE ITEM -",
		Short: "enter a person as acting in public office",
		Long: `Reads from standard input the name, the office, and from the third line on the words
of the page that show the office. Name and words must stand on that page.`,
		Example: "  vidimus officials add ~/cases/reservoir ITEM --page 2 -",
		Args:    arguments(3, 3, "officials add CASE ITEM --page N -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			item, err := vidimus.ParseItemID(args[1])
			if err != nil {
				return errUsage{err}
			}
			if args[2] != "-" || page < 1 {
				return errUsage{errors.New("--page names the page, from 1, and - reads the name, the office and the words from standard input")}
			}
			typed, err := words(c, "-")
			if err != nil {
				return err
			}
			lines := strings.SplitN(typed, "\n", 3)
			if len(lines) < 3 {
				return errUsage{errors.New("three lines are read: the name, the office, and the words that show it")}
			}
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			o := vidimus.Official{Name: strings.TrimSpace(lines[0]), Office: strings.TrimSpace(lines[1]), Item: item, Page: page}
			if o, err = pipeline.AddOfficial(cmd.Context(), d.Case, o, lines[2]); err != nil {
				return err
			}
			if c.json {
				return c.data(map[string]any{"official": o.Number})
			}
			c.say("official %d is entered", o.Number)
			return nil
		},
	}
	cmd.Flags().IntVar(&page, "page", 0, "the page `N` whose words show the office")
	return cmd
}

func officialsRemoveVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "remove CASE N",
		Short:   "take the entry of an official back",
		Long:    "Removes the entry of this number. The log keeps that it was there.",
		Example: "  vidimus officials remove ~/cases/reservoir 1",
		Args:    arguments(2, 2, "officials remove CASE N"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := strconv.ParseInt(args[1], 10, 64)
			if err != nil {
				return errUsage{errors.New("an official is named by the number that `vidimus officials CASE` prints")}
			}
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			if err := pipeline.RemoveOfficial(cmd.Context(), d.Case, n); err != nil {
				return err
			}
			if c.json {
				return c.data(map[string]any{"removed": n})
			}
			return nil
		},
	}
}
