package main

import (
	"context"

	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/read/ocr"
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
	return cmd
}

// recogniser is the OCR engine of this machine.
func recogniser(ctx context.Context) (*pipeline.OCR, error) {
	e, err := ocr.Find(ctx)
	if err != nil {
		return nil, err
	}
	return &pipeline.OCR{Producer: e.Producer(), Begin: func() pipeline.Recognise { return e.Begin().Page }}, nil
}
