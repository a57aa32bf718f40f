package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect/trace"
)

// traced is one trace as `traces` gives it; docs/json.md. It has no value, and
// its place in a line is not given: a place to the letter would be half of it.
type traced struct {
	Item      vidimus.ItemID  `json:"item"`
	Path      string          `json:"path"`
	Page      int             `json:"page"`
	Kind      trace.Kind      `json:"kind"`
	Where     string          `json:"where"`
	Class     trace.Class     `json:"class"`
	RemovedBy []trace.Mode    `json:"removed_by"`
	Certainty trace.Certainty `json:"certainty"`
}

func tracesVerb(c *console, u *unlocking) *cobra.Command {
	var kinds bool
	cmd := &cobra.Command{
		Use:   "traces CASE [ITEM…]",
		Short: "find what in the files could lead to the source",
		Long: `Lists, for all files or the items given, what could lead to one copy, a device, a
printer, an account, a place or a time: by kind and place, never with its value.
Look at the page itself to see it. "removed by" names the modes of an edition that
do not carry it; "cannot-tell" says what could be there and cannot be seen here.
Marks are found, not decoded. What is not listed may still be there.`,
		Example: "  vidimus traces ~/cases/reservoir\n  vidimus traces ~/cases/reservoir r63w7r8qvj9scd0v",
		Args:    arguments(0, -1, "traces CASE [ITEM…]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if kinds {
				return printTraceKinds(c)
			}
			if len(args) == 0 {
				return arguments(1, -1, "traces CASE [ITEM…]")(cmd, args)
			}
			return runTraces(cmd.Context(), c, u, args[0], args[1:])
		},
	}
	cmd.Flags().BoolVar(&kinds, "kinds", false, "print what kinds there are, and which mode of an edition removes each")
	return cmd
}

func runTraces(ctx context.Context, c *console, u *unlocking, dir string, items []string) error {
	var chosen []vidimus.ItemID
	for _, s := range items {
		item, err := vidimus.ParseItemID(s)
		if err != nil {
			return errUsage{err}
		}
		chosen = append(chosen, item)
	}
	d, err := openCase(ctx, c, u, dir, archive.ToRead)
	if err != nil {
		return err
	}
	defer d.Close()
	walls, err := standing(ctx, false)
	if err != nil {
		return err
	}
	t, err := pipeline.NewTracing(ctx, d.Case, walls)
	if err != nil {
		return err
	}
	defer t.Close()
	if len(chosen) == 0 {
		return everyTrace(ctx, c, d, t)
	}
	for _, item := range chosen {
		f, err := pipeline.File(ctx, d.Case, item)
		if err != nil {
			return err
		}
		if err := traceFile(ctx, c, t, f); err != nil {
			return err
		}
	}
	return nil
}

// everyTrace goes through all files but duplicates, whose traces are those of
// the files that they duplicate.
func everyTrace(ctx context.Context, c *console, d *desk, t *pipeline.Tracing) error {
	counts, _, err := pipeline.Account(ctx, d.Case)
	if err != nil {
		return err
	}
	looked, began, said := 0, time.Now(), time.Now()
	return pipeline.EachFile(ctx, d.Case, func(f vidimus.File) error {
		looked++
		if time.Since(said) > 5*time.Second {
			said = time.Now()
			left := time.Since(began) / time.Duration(looked) * time.Duration(counts.Seen-looked)
			c.say("%d of %d files looked at, about %s left", looked, counts.Seen, left.Round(time.Second))
		}
		if f.State == vidimus.Duplicate || f.State == vidimus.Disposed {
			return nil
		}
		return traceFile(ctx, c, t, f)
	})
}

func traceFile(ctx context.Context, c *console, t *pipeline.Tracing, f vidimus.File) error {
	all, err := t.File(ctx, f)
	if err != nil {
		return err
	}
	for _, tr := range all {
		line := traced{f.Item, utf8Path(f.Path), tr.Page, tr.Kind, where(tr), tr.Class(), tr.RemovedBy(), tr.Certainty}
		if err := printTrace(c, line); err != nil {
			return err
		}
	}
	return nil
}

// where says in what of the file the trace stands, and a box for what is seen.
func where(t trace.Trace) string {
	if b := t.Box; b != (vidimus.Box{}) && t.In == "picture" {
		return fmt.Sprintf("picture at %.0f,%.0f,%.0f,%.0f", b.X0, b.Y0, b.X1, b.Y1)
	}
	return t.In
}

func printTrace(c *console, t traced) error {
	if c.json {
		return c.data(t)
	}
	_, err := fmt.Fprintf(c.out, "%s\tp. %d\t%s\t%s\t%s\t%s\tremoved by: %s\t%s\n", t.Item, t.Page, t.Certainty, t.Kind, t.Where, t.Class, modes(t.RemovedBy), visible(t.Path))
	return err
}

func modes(all []trace.Mode) string {
	if len(all) == 0 {
		return "none"
	}
	var names []string
	for _, m := range all {
		names = append(names, string(m))
	}
	return strings.Join(names, ", ")
}

// traceKind is one kind as `traces --kinds` gives it.
type traceKind struct {
	Kind      trace.Kind   `json:"kind"`
	Class     trace.Class  `json:"class"`
	RemovedBy []trace.Mode `json:"removed_by"`
	Says      string       `json:"says"`
}

func printTraceKinds(c *console) error {
	for _, k := range trace.Kinds() {
		t := trace.Trace{Kind: k}
		if c.json {
			if err := c.data(traceKind{k, t.Class(), t.RemovedBy(), k.Says()}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%s\t%s\tremoved by: %s\t%s\n", k, t.Class(), modes(t.RemovedBy()), k.Says())
	}
	return nil
}
