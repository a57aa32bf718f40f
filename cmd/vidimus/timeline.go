package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// event is one dated event as `timeline` gives it; docs/json.md.
type event struct {
	EDTF       string          `json:"edtf"`
	First      string          `json:"first"`
	Last       string          `json:"last"`
	Stated     string          `json:"stated"`
	Context    string          `json:"context"`
	ResolvedBy string          `json:"resolved_by"`
	Confidence float64         `json:"confidence"`
	Item       vidimus.ItemID  `json:"item"`
	Path       string          `json:"path"`
	Page       int             `json:"page"`
	Reading    int64           `json:"reading"`
	Start      int             `json:"start"`
	End        int             `json:"end"`
	Mention    string          `json:"mention"`
	Verdict    vidimus.Verdict `json:"verdict,omitempty"`
}

func timelineVerb(c *console, u *unlocking) *cobra.Command {
	var l leaving
	var svg string
	cmd := &cobra.Command{
		Use:   "timeline CASE",
		Short: "put the dates that the texts state in their order",
		Long: `Gives every date that a text of the case states: the words as they stand, what they
mean in EDTF, and which rule, or which reader, resolved them. Dates that stand for no
known day come last. A reader rejects or corrects one with "mentions".

--svg draws it. The drawing, and what is written to anything but a terminal, is a
copy as with "show".`,
		Example: "  vidimus timeline ~/cases/reservoir --svg timeline.svg.age --to age1…",
		Args:    arguments(1, 1, "timeline CASE [--svg FILE]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runTimeline(cmd.Context(), c, u, args[0], svg, l)
		},
	}
	cmd.Flags().StringVar(&svg, "svg", "", "draw it into a new `FILE`")
	l.flags(cmd)
	return cmd
}

func runTimeline(ctx context.Context, c *console, u *unlocking, dir, svg string, l leaving) error {
	mode := archive.ToWrite
	if svg == "" && terminal(c.out) {
		mode = archive.ToRead
	}
	d, err := openCase(ctx, c, u, dir, mode)
	if err != nil {
		return err
	}
	defer d.Close()
	events, err := pipeline.Timeline(ctx, d.Case)
	if err != nil {
		return err
	}
	if svg == "" {
		return l.toOutput(ctx, c, d, sheet{what: "timeline"}, c.json, func(w io.Writer) error { return printTimeline(w, c.json, events) })
	}
	err = l.toFile(ctx, c, d, sheet{what: "timeline"}, svg, false, func(w io.Writer) error { return pipeline.WriteTimeline(w, events) })
	if err != nil || !c.json {
		return err
	}
	return c.data(map[string]any{"events": len(events), "encrypted": l.to != ""})
}

func printTimeline(w io.Writer, json bool, events []pipeline.Event) error {
	out := &console{out: w}
	for _, e := range events {
		if json {
			err := out.data(event{e.EDTF, e.First, e.Last, e.Stated, e.Context, e.Rule, float64(e.Confidence) / 100, e.Item, utf8Path(e.Path),
				e.At.Page, e.At.Reading, e.At.Start, e.At.End, e.Mention.String(), e.Verdict})
			if err != nil {
				return err
			}
			continue
		}
		if _, err := fmt.Fprintf(w, "%s\t%s page %d\t%s\t%s (%s)%s\n", e.EDTF, e.Item, e.At.Page, visible(e.Context), visible(oneLine(e.Stated)), e.Rule, ruled(e.Verdict)); err != nil {
			return err
		}
	}
	return nil
}
