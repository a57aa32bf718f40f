package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/understand"
)

// compared is the first line that `diff` gives; docs/json.md.
type compared struct {
	Item       vidimus.ItemID `json:"item"`
	Other      vidimus.ItemID `json:"other"`
	Similarity float64        `json:"similarity"`
	OfLonger   float64        `json:"of_longer"`
	Words      int            `json:"words"`
	OtherWords int            `json:"other_words"`
	Same       int            `json:"same"`
	Changes    int            `json:"changes"`
}

// changed is one place where two files differ.
type changed struct {
	Old    []stretch `json:"old"`
	New    []stretch `json:"new"`
	Slight bool      `json:"slight"`
}

// stretch is a place in a page's text.
type stretch struct {
	Reading int64  `json:"reading"`
	Page    int    `json:"page"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Text    string `json:"text"`
}

type diffFlags struct {
	leaving
	output string
}

func diffVerb(c *console, u *unlocking) *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:   "diff CASE ITEM ITEM",
		Short: "show what differs between two documents, word by word",
		Long: `Compares the words of two files, Chinese by characters. Layout, case, width,
punctuation and where a line breaks a word do not count, so that a text can be
compared with its scan; changes of single letters, as OCR makes them, are marked
slight. What was moved is shown as removed here and added there. What is written
to a file, or to anything but a terminal, is a copy as with "show".`,
		Example: "  vidimus diff ~/cases/reservoir ITEM ITEM",
		Args:    arguments(3, 3, "diff CASE ITEM ITEM"),
		RunE:    func(cmd *cobra.Command, args []string) error { return runDiff(cmd.Context(), c, u, args, f) },
	}
	cmd.Flags().StringVar(&f.output, "output", "", "write to a new `FILE` instead of standard output")
	f.leaving.flags(cmd)
	return cmd
}

func runDiff(ctx context.Context, c *console, u *unlocking, args []string, f diffFlags) error {
	before, err := vidimus.ParseItemID(args[1])
	if err != nil {
		return errUsage{err}
	}
	after, err := vidimus.ParseItemID(args[2])
	if err != nil {
		return errUsage{err}
	}
	mode := archive.ToWrite
	if f.output == "" && terminal(c.out) {
		mode = archive.ToRead
	}
	d, err := openCase(ctx, c, u, args[0], mode)
	if err != nil {
		return err
	}
	defer d.Close()
	found, err := pipeline.Compare(ctx, d.Case, before, after)
	if err != nil {
		return err
	}
	fill := func(w io.Writer) error { return printDiff(w, c.json, before, after, found) }
	s := sheet{what: "comparison", item: before}
	for _, change := range found.Changes {
		s.rows = append(s.rows, spanned(found.Old, change.Old), spanned(found.New, change.New))
	}
	if f.output != "" {
		return f.toFile(ctx, c, d, s, f.output, !c.json, fill)
	}
	return f.toOutput(ctx, c, d, s, c.json, fill)
}

func printDiff(w io.Writer, json bool, before, after vidimus.ItemID, d pipeline.Comparison) error {
	head := compared{before, after, hundredths(d.Likeness.Shorter), hundredths(d.Likeness.Longer), d.Difference.Old, d.Difference.New, d.Same, len(d.Changes)}
	out := &console{out: w}
	if !json {
		fmt.Fprintf(w, "similarity %.2f; %d words here, %d there, %d the same; %d change(s)\n",
			head.Similarity, head.Words, head.OtherWords, head.Same, head.Changes)
	} else if err := out.data(head); err != nil {
		return err
	}
	for _, change := range d.Changes {
		if json {
			if err := out.data(changed{stretches(d.Old, change.Old), stretches(d.New, change.New), change.Slight}); err != nil {
				return err
			}
			continue
		}
		if err := printChange(w, d, change); err != nil {
			return err
		}
	}
	return nil
}

func stretches(pages []pipeline.Worded, spans []understand.Span) []stretch {
	all := []stretch{}
	for _, s := range spans {
		p := pages[s.Page]
		all = append(all, stretch{p.Reading, p.Page.Number, s.Start, s.End, p.Page.Text[s.Start:s.End]})
	}
	return all
}

// printChange shows a change between the words before and after it.
func printChange(w io.Writer, d pipeline.Comparison, c understand.Change) error {
	first, last := c.New[0], c.New[len(c.New)-1]
	slight := ""
	if c.Slight {
		slight = " (slight)"
	}
	_, err := fmt.Fprintf(w, "page %d, there %d%s\n  %s[-%s-]{+%s+}%s\n", d.Old[c.Old[0].Page].Page.Number, d.New[first.Page].Page.Number, slight,
		visible(tail(d.New[first.Page].Page.Text[:first.Start])), visible(wording(d.Old, c.Old)), visible(wording(d.New, c.New)),
		visible(head(d.New[last.Page].Page.Text[last.End:])))
	return err
}

// spanned gives the text of spans, and wording all of it on one line.
func spanned(pages []pipeline.Worded, spans []understand.Span) (all []string) {
	for _, s := range spans {
		all = append(all, pages[s.Page].Page.Text[s.Start:s.End])
	}
	return all
}

func wording(pages []pipeline.Worded, spans []understand.Span) string {
	return oneLine(strings.Join(spanned(pages, spans), " "))
}

// around is how many characters are shown beside a change.
const around = 24

func tail(text string) string {
	r := []rune(oneLine(text[max(0, len(text)-8*around):]))
	return string(r[max(0, len(r)-around):])
}

func head(text string) string {
	r := []rune(oneLine(text[:min(len(text), 8*around)]))
	return string(r[:min(len(r), around)])
}

func oneLine(text string) string {
	return strings.NewReplacer("\r", "", "\n", " ", "\f", " ", "\t", " ").Replace(strings.ToValidUTF8(text, ""))
}
