package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/pipeline"
)

// spelled is one of a case's own spellings; docs/json.md.
type spelled struct {
	Number int64    `json:"number"`
	Forms  []string `json:"forms"`
	Added  string   `json:"added"`
}

func spellingsVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "spellings",
		Short: "a case's own forms of names: add, list, remove",
		Long: `Says that several words are forms of one name: a search for one then finds the
others too, and says why. They are sealed in this case and belong to it alone; no
other case sees them. The log keeps that one was added or removed, and no word.`,
		Example: "  vidimus spellings add ~/cases/reservoir - < forms\n  vidimus spellings list ~/cases/reservoir",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus spellings add CASE -, list CASE, or remove CASE NUMBER")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(spellingsAddVerb(c, u), spellingsListVerb(c, u), spellingsRemoveVerb(c, u))
	return cmd
}

func spellingsAddVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "add CASE -",
		Short:   "add forms of names, from standard input",
		Long:    "Reads a name a line from standard input, its forms parted by =.",
		Example: "  echo 'Berak Toshun = 别拉克·托顺' | vidimus spellings add ~/cases/reservoir -",
		Args:    arguments(2, 2, "spellings add CASE -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := fromInput(c, args[1], "the forms come")
			if err != nil {
				return err
			}
			return opened(cmd.Context(), c, u, args[0], archive.ToWrite, func(d *desk) error {
				for line := range strings.Lines(text) {
					if strings.TrimSpace(line) == "" {
						continue
					}
					s, err := pipeline.AddSpelling(cmd.Context(), d.Case, formsOf(line))
					if err != nil {
						return err
					}
					if err := printSpelling(c, s); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func formsOf(line string) []string {
	var all []string
	for f := range strings.SplitSeq(line, "=") {
		all = append(all, strings.TrimSpace(f))
	}
	return all
}

func printSpelling(c *console, s archive.Spelling) error {
	if c.json {
		return c.data(spelled(s))
	}
	_, err := fmt.Fprintf(c.out, "%d\t%s\t%s\n", s.Number, visible(strings.Join(s.Forms, " = ")), s.Added)
	return err
}

func spellingsListVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "list CASE",
		Short:   "list the case's own spellings",
		Long:    "Lists the forms of names that people of this case have added.",
		Example: "  vidimus spellings list ~/cases/reservoir",
		Args:    arguments(1, 1, "spellings list CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return opened(cmd.Context(), c, u, args[0], archive.ToRead, func(d *desk) error {
				all, err := pipeline.Spellings(cmd.Context(), d.Case)
				if err != nil {
					return err
				}
				for _, s := range all {
					if err := printSpelling(c, s); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func spellingsRemoveVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "remove CASE NUMBER",
		Short:   "remove one of the case's own spellings",
		Long:    "Forgets the forms of this number, as `spellings list` gives it.",
		Example: "  vidimus spellings remove ~/cases/reservoir 3",
		Args:    arguments(2, 2, "spellings remove CASE NUMBER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.ParseInt(args[1], 10, 64)
			if err != nil || number < 1 {
				return errUsage{errors.New("the number of a spelling is wanted, as `vidimus spellings list` gives it")}
			}
			return opened(cmd.Context(), c, u, args[0], archive.ToWrite, func(d *desk) error {
				return pipeline.RemoveSpelling(cmd.Context(), d.Case, number)
			})
		},
	}
}
