package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/pipeline"
)

func ocrVerb(c *console, u *unlocking) *cobra.Command {
	var f addFlags
	cmd := &cobra.Command{
		Use:   "ocr CASE",
		Short: "read the words off pages that are pictures",
		Long: `Does what "add --ocr off" left, or goes on where a stopped one ended: every page
that has ink and no words is drawn behind walls, and its picture read by Tesseract
in a world of its own, without files or network.`,
		Example: "  vidimus ocr ~/cases/reservoir",
		Args:    arguments(1, 1, "ocr CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			engine, err := recogniser(cmd.Context())
			if err != nil {
				return err
			}
			return readAll(cmd, c, u, args[0], f, reading{ocr: engine, prepare: func(cs *archive.Case) error {
				_, err := pipeline.RetryOCR(cmd.Context(), cs)
				return err
			}})
		},
	}
	wallFlags(cmd, &f)
	cmd.AddCommand(ocrLanguagesVerb(c), ocrInstallVerb(c), ocrRemoveVerb(c))
	return cmd
}

// ocrLanguage is a model as `ocr languages` prints it; docs/json.md.
type ocrLanguage struct {
	Model   string `json:"model"`
	Writing string `json:"writing"`
	Served  bool   `json:"served"`
	Engine  string `json:"engine"`
}

func ocrLanguagesVerb(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "languages",
		Short: "list the languages that OCR can read on this machine",
		Long: `Lists the engine's installed models. All are used: which one reads a page is found
by reading a sample of it. Models of the languages served come first; others, from
the packages tesseract-ocr-*, are tried after them. Where an OCR pack is installed
("ocr install"), it stands first, and Chinese is read by it alone.`,
		Example: "  vidimus ocr languages",
		Args:    arguments(0, 0, "ocr languages"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			e, err := findOCR(cmd.Context())
			if err != nil {
				return err
			}
			for _, m := range e.Models() {
				if c.json {
					if err := c.data(ocrLanguage{m.Name, m.Writing, m.Served, m.Engine}); err != nil {
						return err
					}
					continue
				}
				fmt.Fprintf(c.out, "%-12s %-9s %s\n", m.Name, m.Writing, m.Engine)
			}
			return nil
		},
	}
}

// recogniser is the OCR engine of this machine.
func recogniser(ctx context.Context) (*pipeline.OCR, error) {
	e, err := findOCR(ctx)
	if err != nil {
		return nil, err
	}
	return &pipeline.OCR{Producer: e.Producer(), Begin: func() pipeline.Recognise { return e.Begin().Page }}, nil
}
