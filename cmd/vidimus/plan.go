package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
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
	draft     bool // the plan that the reading room keeps in the case
}

func (p *planning) flags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&p.items, "items", nil, "instead of a plan: `ITEM[:PAGES],…`, as ITEM:1-3;5")
	cmd.Flags().StringVar(&p.mode, "mode", "", "with --items: the `MODE` cite, transcript or facsimile; there is no default")
	cmd.Flags().StringVar(&p.title, "title", "Documents", "with --items: the edition's `TITLE`; each document is called by its number")
	cmd.Flags().StringVar(&p.publisher, "publisher", "The publisher", "with --items: `WHO` publishes")
	cmd.Flags().StringVar(&p.date, "date", "", "with --items: the `DAY` of publication, as the publisher states it")
	cmd.Flags().BoolVar(&p.draft, "draft", false, "instead of a plan: the one that the reading room keeps in the case")
	cmd.Flags().BoolVar(&p.onePerson, "one-person", false, "with --items: one approval is enough, and the edition says so")
}

// plan takes the plan that was named, or makes the simple one.
func (p *planning) plan(c *console, args []string) (protect.Plan, error) {
	switch {
	case p.draft && (len(args) > 0 || len(p.items) > 0):
		return protect.Plan{}, errUsage{errors.New("either --draft, a plan's file or --items says what the edition shows")}
	case len(args) == 1 && len(p.items) == 0:
		return readPlan(c, args[0])
	case len(args) == 0 && len(p.items) > 0:
		return checked(p.simple())
	}
	return protect.Plan{}, errUsage{vidimus.WithHint(errors.New("a plan is needed, or --items"), "docs/plan.md says how a plan is written")}
}

// drafted takes the plan that the reading room keeps.
func drafted(ctx context.Context, d *desk) (plan protect.Plan, err error) {
	err = d.View(ctx, func(tx archive.Tx) error {
		plan, err = pipeline.DraftPlan(tx)
		return err
	})
	if err == nil && len(plan.Documents) == 0 {
		err = vidimus.WithHint(errors.New("the reading room keeps no plan in this case"), "`vidimus open CASE`, Edition, writes one")
	}
	return plan, err
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
			return plan, err
		}
		plan.Documents = append(plan.Documents, protect.Document{Item: item, Pages: strings.ReplaceAll(pages, ";", ","), Title: "Document"})
	}
	return plan, nil
}

func checked(plan protect.Plan, err error) (protect.Plan, error) {
	if err == nil {
		err = plan.Check()
	}
	if err != nil {
		return plan, errUsage{err}
	}
	return plan, nil
}

// toFillIn is a simple plan as it is printed: of what it lacks, a facsimile's
// reasons are said, since only a person can give them.
func (p *planning) toFillIn(c *console) (protect.Plan, error) {
	plan, err := p.simple()
	if err != nil || plan.Mode != protect.Facsimile {
		return checked(plan, err)
	}
	filled := plan
	filled.Documents = slices.Clone(plan.Documents)
	for i := range filled.Documents {
		filled.Documents[i].Facsimile = "a reason"
	}
	c.say("write into each document \"facsimile\": the reason for which its pictures are shown")
	_, err = checked(filled, nil)
	return plan, err
}

func editionPlanVerb(c *console, u *unlocking) *cobra.Command {
	var p planning
	var l leaving
	cmd := &cobra.Command{
		Use:     "plan",
		Short:   "print a simple plan, to be filled in",
		Long:    "Prints a plan that shows the items given: a small file to write titles, dates,\nattestations and quotations into. With --draft, prints the one that the reading\nroom keeps in the case. docs/plan.md has the format.",
		Example: "  vidimus edition plan --items ITEM:1-3,ITEM --mode transcript --title 'The reservoir papers' >plan.json\n  vidimus edition plan ~/cases/reservoir --draft >plan.json",
		Args:    arguments(0, 1, "edition plan --items ITEM[:PAGES],… --mode MODE | CASE --draft"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if p.draft != (len(args) == 1) {
				return errUsage{errors.New("--draft takes a case, and only --draft does")}
			}
			if p.draft {
				return printDraft(cmd.Context(), c, u, args[0], l)
			}
			if len(p.items) == 0 {
				return errUsage{errors.New("--items ITEM[:PAGES],… is needed, or CASE --draft")}
			}
			plan, err := p.toFillIn(c)
			if err != nil {
				return err
			}
			return printPlan(c, plan)
		},
	}
	p.flags(cmd)
	l.flags(cmd)
	return cmd
}

// printDraft prints the plan that the reading room keeps: a copy, for it can
// quote.
func printDraft(ctx context.Context, c *console, u *unlocking, dir string, l leaving) error {
	mode := archive.ToRead
	if !terminal(c.out) {
		mode = archive.ToWrite // it is a copy, and logged
	}
	d, err := openCase(ctx, c, u, dir, mode)
	if err != nil {
		return err
	}
	defer d.Close()
	plan, err := drafted(ctx, d)
	if err != nil {
		return err
	}
	return l.toOutput(ctx, c, d, sheet{what: "plan of an edition"}, true, func(w io.Writer) error {
		return printPlan(&console{out: w, json: c.json}, plan)
	})
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
