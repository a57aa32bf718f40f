package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/pipeline"
)

func editionGivenVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "given CASE DIR -",
		Short: "note who was given copies of a released edition",
		Long: `Reads from standard input, a line each, who got a copy and how they are reached:
a web server, a printer, a partner. The lines stay in the case, for "edition
recall"; none may name a protected person.`,
		Example: "  vidimus edition given ~/cases/reservoir ~/edition -",
		Args:    arguments(3, 3, "edition given CASE DIR -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[2] != "-" {
				return errUsage{errors.New("who was given copies is read from standard input: write - in its place")}
			}
			return runGiven(cmd.Context(), c, u, args[0], args[1])
		},
	}
}

// Limits of what is noted at once.
const (
	maxGiven     = 1000
	maxGivenLine = 300 // characters
)

func givenLines(r io.Reader) (to []string, err error) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		line := strings.TrimSpace(s.Text())
		switch {
		case line == "":
			continue
		case !utf8.ValidString(line) || utf8.RuneCountInString(line) > maxGivenLine:
			return nil, errUsage{fmt.Errorf("a line is UTF-8 and has at most %d characters", maxGivenLine)}
		}
		to = append(to, strings.Map(printable, line))
	}
	if s.Err() != nil || len(to) == 0 || len(to) > maxGiven {
		return nil, errUsage{fmt.Errorf("1 to %d lines are wanted on standard input: who was given a copy", maxGiven)}
	}
	return to, nil
}

// printable drops what would move a terminal's cursor.
func printable(r rune) rune {
	if r < ' ' || r >= 0x7f && r < 0xa0 {
		return -1
	}
	return r
}

func runGiven(ctx context.Context, c *console, u *unlocking, dir, of string) error {
	to, err := givenLines(c.in)
	if err != nil {
		return err
	}
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	m, err := releasedAt(ctx, d, of)
	if err != nil {
		return err
	}
	var l leaving
	if err := l.guard(ctx, c, d, sheet{what: "given"}, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(to, "\n"))
		return err
	}); err != nil {
		return err
	}
	if err := d.Do(ctx, func(w *archive.Work) error { return pipeline.KeepGiven(w, m.Edition.Digest(), to) }); err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]any{"digest": digestOf(m), "noted": len(to)})
	}
	_, err = fmt.Fprintf(c.out, "%d noted\n", len(to))
	return err
}

func editionRecallVerb(c *console, u *unlocking) *cobra.Command {
	var l leaving
	cmd := &cobra.Command{
		Use:   "recall CASE DIR",
		Short: "list whom to call: where copies of a released edition went",
		Long: `Lists all that the case has written down of where words of an edition went: who was
given it, its releases, copies of its documents. What nobody wrote down is not
there. DIR may be the digest that "edition withdraw" printed.`,
		Example: "  vidimus edition recall ~/cases/reservoir ~/edition",
		Args:    arguments(2, 2, "edition recall CASE DIR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRecall(cmd.Context(), c, u, l, args[0], args[1])
		},
	}
	l.flags(cmd)
	return cmd
}

func runRecall(ctx context.Context, c *console, u *unlocking, l leaving, dir, of string) error {
	d, err := openCase(ctx, c, u, dir, archive.ToWrite) // what leaves is logged
	if err != nil {
		return err
	}
	defer d.Close()
	m, err := releasedAt(ctx, d, of)
	if err != nil {
		return err
	}
	var went []pipeline.Went
	err = d.View(ctx, func(tx archive.Tx) (err error) {
		went, err = pipeline.Copies(tx, m.Edition.Digest())
		return err
	})
	if err != nil {
		return err
	}
	fill := func(w io.Writer) error { return writeWent(w, c.json, went) }
	s := sheet{what: "call list of an edition"}
	if terminal(c.out) { // a list to read aloud is held against the list too
		if err := l.guard(ctx, c, d, s, fill); err != nil {
			return err
		}
	}
	return l.toOutput(ctx, c, d, s, c.json, fill)
}

func writeWent(w io.Writer, json bool, went []pipeline.Went) error {
	for _, g := range went {
		if json {
			if err := (&console{out: w}).data(g); err != nil {
				return err
			}
			continue
		}
		what := g.To
		switch g.How {
		case "release":
			what = "a folder was released: whoever could reach it has it"
		case "copy":
			what = strings.TrimSpace(g.What + " " + g.Item)
			if g.Encrypted {
				what += " (encrypted)"
			}
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", g.Day, g.How, what); err != nil {
			return err
		}
	}
	return nil
}
