package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// conversation is one conversation as `conversations` gives it; docs/json.md.
type conversation struct {
	Subject  string   `json:"subject"`
	Messages []posted `json:"messages"`
}

type posted struct {
	Item     vidimus.ItemID   `json:"item"`
	Path     string           `json:"path"`
	Subject  string           `json:"subject"`
	Date     string           `json:"date"`
	Answers  vidimus.ItemID   `json:"answers"`
	How      string           `json:"how"`
	Children []vidimus.ItemID `json:"children"`
}

func conversationsVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "conversations CASE",
		Short: "put the mails together that answer each other",
		Long: `Gives the mails of the case as conversations, oldest first, each mail with the one
that it answers, how that is known, and the files that came in it. The mails' own
headers decide; a subject alone never does: it counts where a mail without such a
header answers it, shares a correspondent, and came within sixty days.`,
		Example: "  vidimus conversations ~/cases/reservoir",
		Args:    arguments(1, 1, "conversations CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			found, err := pipeline.Conversations(cmd.Context(), d.Case)
			if err != nil {
				return err
			}
			for _, mails := range found {
				if err := printConversation(c, mails); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func printConversation(c *console, mails []pipeline.Mail) error {
	one := conversation{mails[0].Subject, mailsOf(mails)}
	if c.json {
		return c.data(one)
	}
	fmt.Fprintf(c.out, "%s (%d)\n", visible(oneLine(one.Subject)), len(one.Messages))
	for _, m := range one.Messages {
		answers := ""
		if m.Answers != "" {
			answers = fmt.Sprintf("answers %s (%s)", m.Answers, m.How)
		}
		fmt.Fprintf(c.out, "  %s\t%s\t%s\t%s\t%d file(s)\n", m.Item, m.Date, visible(oneLine(m.Subject)), answers, len(m.Children))
	}
	return nil
}

// mailsOf are the mails of a conversation.
func mailsOf(mails []pipeline.Mail) []posted {
	all := []posted{}
	for _, m := range mails {
		children := append([]vidimus.ItemID{}, m.Children...)
		all = append(all, posted{m.File.Item, utf8Path(m.File.Path), m.Subject, m.Date, m.Answers, m.How, children})
	}
	return all
}
