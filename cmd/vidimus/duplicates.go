package main

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/understand"
)

// alikes is what `duplicates` gives; docs/json.md.
type alikes struct {
	Threshold   float64   `json:"threshold"`
	OfShort     float64   `json:"threshold_of_short"`
	Groups      [][]alike `json:"groups"`
	Compared    int       `json:"compared"`
	NotCompared int       `json:"not_compared"`
}

type alike struct {
	Item       vidimus.ItemID `json:"item"`
	Path       string         `json:"path"`
	How        pipeline.How   `json:"how"`
	Like       vidimus.ItemID `json:"like"`
	Similarity float64        `json:"similarity"`
	OfLonger   float64        `json:"of_longer"`
}

// understandVerbs show what was understood of the pages.
func understandVerbs(c *console, u *unlocking) []*cobra.Command {
	return []*cobra.Command{understandVerb(c, u), mentionsVerb(c, u), officialsVerb(c, u), timelineVerb(c, u), conversationsVerb(c, u),
		duplicatesVerb(c, u), diffVerb(c, u), familyVerb(c, u)}
}

func duplicatesVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "duplicates CASE",
		Short: "find documents that are the same, or nearly so",
		Long: fmt.Sprintf(`Groups the files that are alike: of the same bytes, of the same words, or near
duplicates such as drafts, versions of one text, and a text and its scan.

The similarity is the share of the shorter document's runs of five Chinese
characters, or of three words, that the other has too. From %.2f on two documents
of like length are shown as near, short ones of less than about a page from %.2f on,
and from %.2f on a document of any length that stands within a longer one. Two laws
on like matters have about 0.15 in common.`, understand.Near, understand.NearShort, understand.Within),
		Example: "  vidimus duplicates ~/cases/reservoir",
		Args:    arguments(1, 1, "duplicates CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			found, err := pipeline.Duplicates(cmd.Context(), d.Case)
			if err != nil {
				return err
			}
			return printAlikes(c, found)
		},
	}
}

func printAlikes(c *console, found pipeline.Alikes) error {
	out := alikes{understand.Near, understand.NearShort, [][]alike{}, found.Compared, found.Wordless}
	for _, group := range found.Groups {
		out.Groups = append(out.Groups, members(group))
	}
	if c.json {
		return c.data(out)
	}
	for n, group := range found.Groups {
		fmt.Fprintf(c.out, "group %d\n", n+1)
		for _, m := range group {
			how := string(m.How)
			if m.How == pipeline.NearWords {
				how = fmt.Sprintf("near %.2f %s", m.Likeness.Shorter, m.Like)
			}
			fmt.Fprintf(c.out, "  %s\t%s\t%s\n", m.File.Item, how, visible(m.File.Path))
		}
	}
	fmt.Fprintf(c.out, "%d group(s) among %d file(s); %d have no words that were read\n", len(found.Groups), found.Compared, found.Wordless)
	return nil
}

// members are the files of a group.
func members(group []pipeline.Alike) []alike {
	all := []alike{}
	for _, m := range group {
		all = append(all, alike{m.File.Item, utf8Path(m.File.Path), m.How, m.Like, hundredths(m.Likeness.Shorter), hundredths(m.Likeness.Longer)})
	}
	return all
}

// hundredths rounds down: what is not wholly the same is not shown as 1.
func hundredths(v float64) float64 { return math.Floor(v*100) / 100 }
