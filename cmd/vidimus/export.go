package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/writing"
)

// exportedPage is one page as `export --as pages` gives it; docs/json.md.
type exportedPage struct {
	Item     vidimus.ItemID `json:"item"`
	Path     string         `json:"path"`
	Page     int            `json:"page"`
	Reading  int64          `json:"reading"`
	Language string         `json:"language"`
	Text     string         `json:"text"`
	Kind     string         `json:"kind"`
	OCR      *quality       `json:"ocr,omitempty"`
}

// quality is how well OCR read a page; docs/json.md.
type quality struct {
	Confidence float64 `json:"confidence"`
}

// qualityOf is nil for what OCR did not read.
func qualityOf(confidence float64) *quality {
	if confidence == 0 {
		return nil
	}
	return &quality{confidence}
}

// sureness says beside a page how well OCR read it; nothing where it did not.
func sureness(confidence float64) string {
	if confidence == 0 {
		return ""
	}
	return fmt.Sprintf(" (OCR, %.0f %% sure)", 100*confidence)
}

func exported(f vidimus.File, r vidimus.Reading, p vidimus.Page) exportedPage {
	return exportedPage{f.Item, utf8Path(f.Path), p.Number, r.Number, writing.Language(p.Text), p.Text, r.Kind, qualityOf(p.Confidence)}
}

func exportVerb(c *console, u *unlocking) *cobra.Command {
	var as, output string
	var l leaving
	cmd := &cobra.Command{
		Use:   "export CASE --as pages",
		Short: "give the text of all pages, a line of JSON each",
		Long: `Gives every page and section of the case as JSON lines. What is written to a file,
or to anything but a terminal, is a copy that leaves the case: it is logged,
owner-only, and marked INTERNAL unless it is encrypted.`,
		Example: `  vidimus export CASE --as pages --output pages.jsonl.age --to age1…
  vidimus export CASE --as pages | jq -r .text`,
		Args: arguments(1, 1, "export CASE --as pages"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if as != "pages" {
				return errUsage{errors.New("--as pages is what this version exports")}
			}
			ctx := cmd.Context()
			d, err := openCase(ctx, c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			fill := func(w io.Writer) error { return exportPages(ctx, w, d.Case) }
			if output != "" {
				return l.toFile(ctx, c, d, sheet{what: "pages", texts: true}, output, false, fill)
			}
			return l.toOutput(ctx, c, d, sheet{what: "pages", texts: true}, true, fill)
		},
	}
	cmd.Flags().StringVar(&as, "as", "", "the form: `pages`")
	cmd.Flags().StringVar(&output, "output", "", "write to a new `FILE` instead of standard output")
	l.flags(cmd)
	return cmd
}

func exportPages(ctx context.Context, w io.Writer, cs *archive.Case) error {
	return pipeline.EachFile(ctx, cs, func(f vidimus.File) error {
		return writePages(ctx, w, true, cs, f, 0)
	})
}
