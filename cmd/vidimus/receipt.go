package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
	"vidimus/pipeline"
)

// receipt is what `receipt` gives; docs/json.md.
type receipt struct {
	Case         string          `json:"case"`
	Sources      []receiptSource `json:"sources"`
	Entries      int64           `json:"entries"`
	Checkpoint   string          `json:"checkpoint"`
	DoesNotShow  []string        `json:"does_not_show"`
	practiceCase bool
}

type receiptSource struct {
	Source   int           `json:"source"`
	Folder   bool          `json:"folder"`
	Said     []receiptSaid `json:"said"`
	First    string        `json:"first"`
	Last     string        `json:"last"`
	Files    int           `json:"files"`
	Inside   int           `json:"inside"`
	NotTaken int           `json:"not_taken"`
	Disposed int           `json:"disposed"`
	Bytes    int64         `json:"bytes"`
}

type receiptSaid struct {
	Received string `json:"received"`
	Medium   string `json:"medium"`
	Note     string `json:"note"`
	Written  string `json:"written"`
}

// doesNotShow stands under every receipt, in the same size.
var doesNotShow = []string{
	"that the documents are genuine, complete, or unchanged before they were taken in",
	"who gave them, or where they came from: that was not asked",
	"that the days are right: they are what a person and this machine's clock said",
	"anything to somebody who does not trust the holder of the case's keys, who can write the log anew: for that a line of it must have been kept elsewhere before",
}

func receiptVerb(c *console, u *unlocking) *cobra.Command {
	var source int
	var output string
	var l leaving
	cmd := &cobra.Command{
		Use:   "receipt CASE",
		Short: "print the intake receipt: what was taken in, when, and how it came",
		Long: `Prints what the custody log and the records say of each source: the day of
receipt, medium and note as they were given to "add", how many files and bytes,
and the signed checkpoint of the log that fixes all of it. No file name, path,
machine or person stands in it. A court can read it; so can whoever takes it.`,
		Example: `  vidimus receipt ~/cases/reservoir
  vidimus receipt ~/cases/reservoir --source 1 --output receipt.age --to age1…`,
		Args: arguments(1, 1, "receipt CASE [--source N]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			mode := archive.ToWrite // a copy is logged
			if output == "" && terminal(c.out) {
				mode = archive.ToRead
			}
			d, err := openCase(ctx, c, u, args[0], mode)
			if err != nil {
				return err
			}
			defer d.Close()
			r, err := receiptOf(ctx, d.Case, source)
			if err != nil {
				return err
			}
			s := sheet{what: "receipt"}
			if output != "" {
				return l.toFile(ctx, c, d, s, output, !c.json, func(w io.Writer) error { return r.print(w, c.json) })
			}
			return l.toOutput(ctx, c, d, s, c.json, func(w io.Writer) error { return r.print(w, c.json) })
		},
	}
	cmd.Flags().IntVar(&source, "source", 0, "only source `N`; 0 is all")
	cmd.Flags().StringVar(&output, "output", "", "write to a new `FILE` instead of standard output")
	l.flags(cmd)
	return cmd
}

func receiptOf(ctx context.Context, cs *archive.Case, source int) (receipt, error) {
	made, err := pipeline.Receive(ctx, cs, source)
	if errors.Is(err, archive.ErrNotFound) {
		err = vidimus.WithHint(errors.New("there is no such source in this case"), "sources count from 1; without --source all are printed")
	}
	r := receipt{cs.Format.ID, []receiptSource{}, made.Entries, string(made.Checkpoint), doesNotShow, cs.Practice}
	for _, s := range made.Sources {
		p := receiptSource{s.Number, s.Folder, []receiptSaid{}, s.First, s.Last, s.Files, s.Inside, s.NotTaken, s.Disposed, s.Bytes}
		for _, a := range s.Said {
			p.Said = append(p.Said, receiptSaid(a))
		}
		r.Sources = append(r.Sources, p)
	}
	return r, err
}

func (r receipt) print(w io.Writer, json bool) error {
	if json {
		return (&console{out: w}).data(r)
	}
	fmt.Fprintf(w, "Intake receipt of case %s\n", r.Case)
	if r.practiceCase {
		fmt.Fprintln(w, "INVENTED - PRACTICE CASE")
	}
	for _, s := range r.Sources {
		s.print(w)
	}
	fmt.Fprintf(w, "\nCustody log: %d entries, of which this is the signed checkpoint:\n\n%s\nThis receipt does not show:\n", r.Entries, r.Checkpoint)
	for _, not := range r.DoesNotShow {
		fmt.Fprintf(w, "- %s\n", not)
	}
	return nil
}

func (s receiptSource) print(w io.Writer) {
	what := "one file"
	if s.Folder {
		what = "a folder"
	}
	fmt.Fprintf(w, "\nSource %d: %s\n", s.Source, what)
	if len(s.Said) == 0 {
		fmt.Fprintln(w, "  nothing was said of how it came")
	}
	for _, a := range s.Said {
		fmt.Fprintf(w, "  said on %s:", a.Written)
		for _, part := range []struct{ name, text string }{{"received", a.Received}, {"medium", a.Medium}, {"note", a.Note}} {
			for i, line := range strings.Split(part.text, "\n") {
				if i == 0 && line != "" {
					fmt.Fprintf(w, "\n    %s: %s", part.name, visible(line))
				} else if line != "" {
					fmt.Fprintf(w, "\n    %s", visible(line))
				}
			}
		}
		fmt.Fprintln(w)
	}
	if s.First != "" {
		fmt.Fprintf(w, "  taken in from %s to %s, by this machine's clock\n", s.First, s.Last)
	}
	fmt.Fprintf(w, "  %d file(s) given, %d bytes; %d more found inside them; of %d the content could not be had\n", s.Files, s.Bytes, s.Inside, s.NotTaken)
	if s.Disposed > 0 {
		fmt.Fprintf(w, "  %d of them were disposed of since\n", s.Disposed)
	}
}

// arrivalFlags are what `add` is told of how a source came.
type arrivalFlags struct{ received, medium, note string }

func (f *arrivalFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.received, "received", "", "year, month or `DAY` of receipt, as coarse as you wish: 2024, 2024-11, 2024-11-03")
	cmd.Flags().StringVar(&f.medium, "medium", "", "what it came on, e.g. `\"stick 1\"`; - reads the first line of standard input")
	cmd.Flags().StringVar(&f.note, "note", "", "`-` reads a note from standard input; never write who gave it: a court can read this")
}

// read checks what was said, and reads from standard input what was not typed.
func (f arrivalFlags) read(c *console, u *unlocking) (intake.Arrival, error) {
	a := intake.Arrival{Received: f.received, Medium: f.medium}
	if f.note != "" && f.note != "-" {
		return a, vidimus.WithHint(errUsage{errors.New("--note takes - only: the note itself comes from standard input")},
			"arguments stay in the shell's history and in the list of processes")
	}
	if f.note == "-" || f.medium == "-" {
		if p, i := u.files(); p == "-" || i == "-" {
			return a, errUsage{errors.New("standard input cannot give both a note and the way into the case")}
		}
		if err := f.ask(c, &a); err != nil {
			return a, err
		}
	}
	if err := a.Check(time.Now()); err != nil {
		return a, errUsage{err}
	}
	return a, nil
}

// ask reads the medium from the first line and the note from the rest.
func (f arrivalFlags) ask(c *console, a *intake.Arrival) error {
	c.say("what you write now stays in the case, and a court can read it: never write who gave this")
	if f.medium == "-" && terminal(c.in) {
		fmt.Fprint(c.err, "Medium, one line: ")
	}
	b, err := io.ReadAll(io.LimitReader(c.in, 64<<10))
	if err != nil {
		return errors.New("the note cannot be read from standard input")
	}
	rest := string(b)
	if f.medium == "-" {
		a.Medium, rest, _ = strings.Cut(rest, "\n")
		a.Medium = strings.TrimSpace(a.Medium)
	}
	if f.note == "-" {
		a.Note = strings.TrimSpace(rest)
	}
	return nil
}
