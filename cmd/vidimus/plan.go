package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/protect"
)

// planning is how a person says what an edition shows: by a plan's file, or
// by items for a simple one.
type planning struct {
	items     []string
	mode      string
	title     string
	publisher string
	date      string
	onePerson bool
}

func (p *planning) flags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&p.items, "items", nil, "instead of a plan: `ITEM[:PAGES],…`, as ITEM:1-3;5")
	cmd.Flags().StringVar(&p.mode, "mode", "", "with --items: `MODE` transcript; there is no default")
	cmd.Flags().StringVar(&p.title, "title", "Documents", "with --items: the edition's `TITLE`; each document is called by its number")
	cmd.Flags().StringVar(&p.publisher, "publisher", "The publisher", "with --items: `WHO` publishes")
	cmd.Flags().StringVar(&p.date, "date", "", "with --items: the `DAY` of publication, as the publisher states it")
	cmd.Flags().BoolVar(&p.onePerson, "one-person", false, "with --items: one approval is enough, and the edition says so")
}

// plan takes the plan that was named, or makes the simple one.
func (p *planning) plan(c *console, args []string) (protect.Plan, error) {
	switch {
	case len(args) == 1 && len(p.items) == 0:
		return readPlan(c, args[0])
	case len(args) == 0 && len(p.items) > 0:
		return p.simple()
	}
	return protect.Plan{}, errUsage{vidimus.WithHint(errors.New("a plan is needed, or --items"), "docs/plan.md says how a plan is written")}
}

func readPlan(c *console, path string) (protect.Plan, error) {
	var r io.Reader = c.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return protect.Plan{}, errors.New("the plan's file cannot be opened")
		}
		defer f.Close()
		r = f
	}
	return protect.ParsePlan(r)
}

func (p *planning) simple() (protect.Plan, error) {
	plan := protect.Plan{Format: protect.PlanFormat, Mode: protect.Mode(p.mode), Title: p.title, Publisher: p.publisher, Date: p.date, OnePerson: p.onePerson}
	for part := range strings.SplitSeq(strings.Join(p.items, ","), ",") {
		name, pages, _ := strings.Cut(part, ":")
		item, err := vidimus.ParseItemID(name)
		if err != nil {
			return plan, errUsage{err}
		}
		plan.Documents = append(plan.Documents, protect.Document{Item: item, Pages: strings.ReplaceAll(pages, ";", ","), Title: "Document"})
	}
	if err := plan.Check(); err != nil {
		return plan, errUsage{err}
	}
	return plan, nil
}

func editionPlanVerb(c *console) *cobra.Command {
	var p planning
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   "print a simple plan, to be filled in",
		Long:    "Prints a plan that shows the items given: a small file to write titles, dates,\nattestations and quotations into. docs/plan.md has the format.",
		Example: "  vidimus edition plan --items ITEM:1-3,ITEM --mode transcript --title 'The reservoir papers' >plan.json",
		Args:    arguments(0, 0, "edition plan --items ITEM[:PAGES],… --mode MODE"),
		RunE: func(*cobra.Command, []string) error {
			plan, err := p.plan(c, nil)
			if err != nil {
				return err
			}
			return printPlan(c, plan)
		},
	}
	p.flags(cmd)
	return cmd
}

func printPlan(c *console, p protect.Plan) error {
	if c.json {
		return c.data(p)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(p); err != nil {
		return err
	}
	_, err := c.out.Write(b.Bytes())
	return err
}
