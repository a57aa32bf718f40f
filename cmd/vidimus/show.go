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
)

type showFlags struct {
	leaving
	page            int
	reading         int64
	text            bool
	image, original string
	output          string
	dpi             int
}

func showVerb(c *console, u *unlocking) *cobra.Command {
	var f showFlags
	cmd := &cobra.Command{
		Use:   "show CASE ITEM",
		Short: "show a file's text, a page's picture, or the original",
		Long: `Gives one item: its text, the picture of a page, or the original. What is written
to a file, or to anything but a terminal, is a copy that leaves the case: it is
logged, owner-only, and marked INTERNAL unless it is encrypted.`,
		Example: `  vidimus show CASE ITEM --original copy.pdf.age --to age1…
  vidimus show CASE ITEM --page 2 --text
  vidimus show CASE ITEM --page 2 --image page.png`,
		Args: arguments(2, 2, "show CASE ITEM [--page N] --text | --image FILE.png | --original FILE"),
		RunE: func(cmd *cobra.Command, args []string) error { return runShow(cmd.Context(), c, u, args, f) },
	}
	cmd.Flags().IntVar(&f.page, "page", 0, "page or section `N`, from 1")
	cmd.Flags().BoolVar(&f.text, "text", false, "the text, of one page or of all")
	cmd.Flags().StringVar(&f.image, "image", "", "write the page's picture to a new `FILE`")
	cmd.Flags().Int64Var(&f.reading, "reading", 0, "the picture is of reading `N`, as a hit names it")
	cmd.Flags().IntVar(&f.dpi, "dpi", 150, "resolution of the picture")
	cmd.Flags().StringVar(&f.original, "original", "", "write the original to a new `FILE`")
	cmd.Flags().StringVar(&f.output, "output", "", "write the text to a new `FILE` instead of standard output")
	f.leaving.flags(cmd)
	return cmd
}

// valid tells what is wrong with the flags.
func (f showFlags) valid() error {
	ways := 0
	for _, way := range []bool{f.text, f.image != "", f.original != ""} {
		if way {
			ways++
		}
	}
	switch {
	case ways != 1:
		return errUsage{errors.New("one of --text, --image FILE and --original FILE says what to show")}
	case f.page < 0:
		return errUsage{errors.New("--page counts from 1")}
	case f.output != "" && !f.text:
		return errUsage{errors.New("--output goes with --text")}
	}
	return nil
}

func runShow(ctx context.Context, c *console, u *unlocking, args []string, f showFlags) error {
	item, err := vidimus.ParseItemID(args[1])
	if err == nil {
		err = f.valid()
	}
	if err != nil {
		return errUsage{err}
	}
	mode := archive.ToWrite
	if f.text && f.output == "" && terminal(c.out) {
		mode = archive.ToRead
	}
	d, err := openCase(ctx, c, u, args[0], mode)
	if err != nil {
		return err
	}
	defer d.Close()
	switch {
	case f.image != "":
		return f.showImage(ctx, c, d, item)
	case f.original != "":
		return f.showOriginal(ctx, c, d, item)
	}
	return f.showText(ctx, c, d, item)
}

func (f showFlags) showText(ctx context.Context, c *console, d *desk, item vidimus.ItemID) error {
	file, err := pipeline.File(ctx, d.Case, item)
	if err != nil {
		return err
	}
	if file.DuplicateOf != "" {
		if file, err = pipeline.File(ctx, d.Case, file.DuplicateOf); err != nil {
			return err
		}
	}
	if f.page > 0 {
		if _, err := pipeline.Page(ctx, d.Case, file.Item, f.page); err != nil {
			return err
		}
	}
	fill := func(w io.Writer) error { return writePages(ctx, w, c.json, d.Case, file, f.page) }
	s := sheet{what: "text", item: item, page: f.page, texts: true}
	if f.output != "" {
		return f.toFile(ctx, c, d, s, f.output, !c.json, fill)
	}
	return f.toOutput(ctx, c, d, s, c.json, fill)
}

func (f showFlags) showImage(ctx context.Context, c *console, d *desk, item vidimus.ItemID) error {
	walls, err := standing(ctx, false)
	if err != nil {
		return err
	}
	pictures := pipeline.NewPictures(d.Case, walls)
	defer pictures.Close()
	page := max(f.page, 1)
	png, err := pictures.PNG(ctx, item, f.reading, page, f.dpi)
	if err != nil {
		return err
	}
	err = f.toFile(ctx, c, d, sheet{what: picture, item: item, page: page, shown: true}, f.image, false, func(w io.Writer) error {
		_, err := w.Write(png)
		return err
	})
	if err != nil || !c.json {
		return err
	}
	return c.data(map[string]any{"item": item, "page": page, "bytes": len(png), "encrypted": f.to != ""})
}

func (f showFlags) showOriginal(ctx context.Context, c *console, d *desk, item vidimus.ItemID) error {
	file, blob, err := pipeline.OpenOriginal(ctx, d.Case, item)
	if err != nil {
		return err
	}
	defer blob.Close()
	err = f.toFile(ctx, c, d, sheet{what: "original", item: item, shown: true}, f.original, false, func(w io.Writer) error {
		_, err := io.Copy(w, io.NewSectionReader(blob, 0, blob.Size()))
		return err
	})
	if err != nil || !c.json {
		return err
	}
	return c.data(map[string]any{"item": item, "bytes": file.Bytes, "encrypted": f.to != ""})
}

// writePages writes the text of one page, or of all: JSON lines, or plain text
// with form feeds between pages.
func writePages(ctx context.Context, w io.Writer, json bool, cs *archive.Case, file vidimus.File, only int) error {
	out := &console{out: w}
	first := true
	return pipeline.Pages(ctx, cs, file.Item, func(r vidimus.Reading, p vidimus.Page) error {
		if only > 0 && p.Number != only {
			return nil
		}
		if json {
			return out.data(exported(file, r, p))
		}
		if !first {
			fmt.Fprint(w, "\f\n")
		}
		first = false
		_, err := fmt.Fprintln(w, p.Text)
		return err
	})
}
