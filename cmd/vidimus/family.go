package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// family is what `family` gives; docs/json.md.
type family struct {
	Item         vidimus.ItemID `json:"item"`
	Path         string         `json:"path"`
	Containers   []related      `json:"containers"`
	Inside       []related      `json:"inside"`
	Conversation []posted       `json:"conversation"`
	Alike        []alike        `json:"alike"`
}

type related struct {
	Item vidimus.ItemID `json:"item"`
	Path string         `json:"path"`
	Type string         `json:"type"`
}

func familyVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "family CASE ITEM",
		Short: "tell what a document belongs to",
		Long: `Gives what one document belongs to: the containers and mails that it was found in,
what was found in it, such as the files attached to a mail, the conversation of its
mail, its copies and its versions. "conversations" and "duplicates" give the same of
the whole case; like these it reads all of it, to compare.`,
		Example: "  vidimus family ~/cases/reservoir 2ubjejqy5k4a70b0",
		Args:    arguments(2, 2, "family CASE ITEM"),
		RunE: func(cmd *cobra.Command, args []string) error {
			item, err := vidimus.ParseItemID(args[1])
			if err != nil {
				return errUsage{err}
			}
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			found, err := pipeline.FamilyOf(cmd.Context(), d.Case, item)
			if err != nil {
				return err
			}
			return printFamily(c, found)
		},
	}
}

func printFamily(c *console, f pipeline.Family) error {
	out := family{f.File.Item, utf8Path(f.File.Path), relatedTo(f.Above), relatedTo(f.Inside), mailsOf(f.Conversation), members(f.Alike)}
	if c.json {
		return c.data(out)
	}
	for _, list := range []struct {
		what string
		all  []related
	}{{"found in", out.Containers}, {"found in it", out.Inside}} {
		for _, r := range list.all {
			fmt.Fprintf(c.out, "%s\t%s\t%s\n", list.what, r.Item, visible(r.Path))
		}
	}
	for _, m := range out.Conversation {
		fmt.Fprintf(c.out, "conversation\t%s\t%s\t%s\n", m.Item, m.Date, visible(oneLine(m.Subject)))
	}
	for _, m := range out.Alike {
		if m.Item != out.Item {
			fmt.Fprintf(c.out, "%s\t%s\t%s\n", m.How, m.Item, visible(m.Path))
		}
	}
	if len(out.Containers)+len(out.Inside)+len(out.Conversation)+len(out.Alike) == 0 {
		c.say("this document stands alone")
	}
	return nil
}

func relatedTo(files []vidimus.File) []related {
	all := []related{}
	for _, f := range files {
		all = append(all, related{f.Item, utf8Path(f.Path), f.Type})
	}
	return all
}
