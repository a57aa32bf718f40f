package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/search"
)

func questionVerb(c *console, u *unlocking) *cobra.Command {
	var output string
	var l leaving
	cmd := &cobra.Command{
		Use:   "question-sheet CASE -",
		Short: "check that questions to the other side quote nothing",
		Long: `Reads from standard input the questions of a right of reply, a paragraph each, and
passes them on only if no eight words, or eight Chinese characters, in a row stand
on any page of the case, or over the border of two, headers and page numbers left
out: what is asked must be paraphrase, or the question shows which papers lie
here. Else the paragraphs are numbered that must be rewritten.`,
		Example: "  vidimus question-sheet ~/cases/reservoir - <questions.txt",
		Args:    arguments(2, 2, "question-sheet CASE -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[1] != "-" {
				return errUsage{errors.New("the questions come from standard input: give -")}
			}
			return runQuestions(cmd.Context(), c, u, args[0], output, l)
		},
	}
	cmd.Flags().StringVar(&output, "output", "", "write the sheet to the new `FILE`")
	l.flags(cmd)
	return cmd
}

func runQuestions(ctx context.Context, c *console, u *unlocking, dir, output string, l leaving) error {
	b, err := io.ReadAll(io.LimitReader(c.in, 1<<20))
	if err != nil {
		return errors.New("the questions cannot be read from standard input")
	}
	asked := protect.Paragraphs(protect.Publishable(string(b)))
	if len(asked) == 0 {
		return errUsage{errors.New("there are no questions on standard input")}
	}
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.withIndex(ctx, c, archive.ToWrite); err != nil {
		return err
	}
	quoting, err := quotes(ctx, d, asked)
	if err != nil {
		return err
	}
	if len(quoting) > 0 {
		return refuseQuestions(c, quoting)
	}
	fill := func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(asked, "\n\n")+"\n")
		return err
	}
	s := sheet{what: "question sheet"}
	if output != "" {
		return l.toFile(ctx, c, d, s, output, true, fill)
	}
	return l.toOutput(ctx, c, d, s, false, fill)
}

// quotes numbers the paragraphs with a run of words that stands in the case:
// in any form that a search finds, on a page, or over the border of two.
func quotes(ctx context.Context, d *desk, asked []string) (all []int, err error) {
	q := protect.LookForQuotes(asked)
	err = pipeline.EachFile(ctx, d.Case, func(f vidimus.File) error {
		return pipeline.Pages(ctx, d.Case, f.Item, func(_ vidimus.Reading, p vidimus.Page) error {
			q.Add(p.Text)
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	all = q.Paragraphs()
	for i, p := range asked {
		if slices.Contains(all, i+1) {
			continue
		}
		found, err := finds(ctx, d, p)
		if err != nil {
			return nil, err
		}
		if found {
			all = append(all, i+1)
		}
	}
	slices.Sort(all)
	return all, nil
}

// finds reports a paragraph with a run of words that a search finds.
func finds(ctx context.Context, d *desk, paragraph string) (bool, error) {
	for run := range protect.Runs(paragraph) {
		q, err := search.Parse(`"` + strings.Map(unquoted, run) + `"`)
		if err != nil {
			return false, errors.New("a run of words cannot be looked for")
		}
		found, err := d.index.Query(ctx, q, search.Window{})
		if err != nil {
			return false, err
		}
		if found.Total > 0 {
			return true, nil
		}
	}
	return false, nil
}

// unquoted makes spaces of what would end a phrase.
func unquoted(r rune) rune {
	if strings.ContainsRune("\"“”„«»「」『』＂", r) {
		return ' '
	}
	return r
}

func refuseQuestions(c *console, quoting []int) error {
	if c.json {
		if err := c.data(map[string]any{"passed": false, "paragraphs": quoting}); err != nil {
			return err
		}
		return errFound
	}
	for _, n := range quoting {
		fmt.Fprintf(c.out, "paragraph %d has eight words, or eight Chinese characters, in a row from a page of the case\n", n)
	}
	return vidimus.WithHint(errors.New("the questions quote"), "say it in other words")
}
