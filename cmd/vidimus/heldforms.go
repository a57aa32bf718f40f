package main

import (
	"context"
	"errors"
	"fmt"

	"vidimus/archive"
	"vidimus/pipeline"
)

// nameForms is what `names` gives; docs/json.md.
type nameForms struct {
	Forms []nameForm `json:"forms"`
}

type nameForm struct {
	Form   string `json:"form"`
	Script string `json:"script"`
	Source string `json:"source"`
	Count  int    `json:"count"`
}

// fromInput reads what must not be an argument: words of the case.
func fromInput(c *console, arg, what string) (string, error) {
	if arg != "-" {
		return "", errUsage{fmt.Errorf("%s from standard input: give - in its place", what)}
	}
	text, err := words(c, "-")
	if err == nil && text == "" {
		err = errUsage{errors.New("nothing came from standard input")}
	}
	return text, err
}

func runNames(ctx context.Context, c *console, u *unlocking, dir, name string) error {
	d, err := openSearched(ctx, c, u, dir)
	if err != nil {
		return err
	}
	defer d.Close()
	found, err := pipeline.HeldForms(ctx, d.Case, d.index, name)
	if err != nil {
		return err
	}
	all := nameForms{[]nameForm{}}
	for _, f := range found {
		all.Forms = append(all.Forms, nameForm(f))
	}
	if c.json {
		return c.data(all)
	}
	for _, f := range all.Forms {
		fmt.Fprintf(c.out, "%s\t%s\t%d\t%s\n", visible(f.Form), f.Script, f.Count, visible(f.Source))
	}
	return nil
}

// opened hands work a case open for reading.
func opened(ctx context.Context, c *console, u *unlocking, dir string, mode archive.Mode, work func(*desk) error) error {
	d, err := openCase(ctx, c, u, dir, mode)
	if err != nil {
		return err
	}
	defer d.Close()
	return work(d)
}
