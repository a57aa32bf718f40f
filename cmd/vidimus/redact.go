package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/read/layout"
)

// redacting is what a person chooses to withhold.
type redacting struct {
	page   int
	find   string
	person string
	box    string
	line   float64
	class  string
	list   bool
	remove int
}

func redactVerb(c *console, u *unlocking) *cobra.Command {
	var r redacting
	cmd := &cobra.Command{
		Use:   "redact CASE ITEM",
		Short: "withhold lines of a document from every edition",
		Long: `Adds withheld areas to a document, for every edition that shows it. Words are
withheld by whole lines, so that no width tells how long they were. The words to
find come from standard input, never as an argument: the first line is what to
find, what follows is the reason, which stays in the case. The public is told one
of three reasons: person ("a person is protected"), not-ours, other.`,
		Example: "  vidimus redact ~/cases/reservoir ITEM --find -\n  vidimus redact ~/cases/reservoir ITEM --page 2 --box 72,100,300,140 --class other\n  vidimus redact ~/cases/reservoir ITEM --list",
		Args:    arguments(2, 2, "redact CASE ITEM --page N --find -|--protected P-NUMBER|--box X0,Y0,X1,Y1|--line Y"),
		RunE: func(cmd *cobra.Command, args []string) error {
			item, err := vidimus.ParseItemID(args[1])
			if err != nil {
				return errUsage{err}
			}
			return runRedact(cmd.Context(), c, u, args[0], item, r)
		},
	}
	cmd.Flags().IntVar(&r.page, "page", 0, "on page or section `N`; with --find, all pages by default")
	cmd.Flags().StringVar(&r.find, "find", "", "`-` reads from standard input the words whose lines are withheld")
	cmd.Flags().StringVar(&r.person, "protected", "", "withhold the lines that surely name protected person `P-NUMBER`")
	cmd.Flags().StringVar(&r.box, "box", "", "withhold what lies in `X0,Y0,X1,Y1`, in points from the page's top left corner")
	cmd.Flags().Float64Var(&r.line, "line", 0, "withhold the line at height `Y`, in points from the top")
	cmd.Flags().StringVar(&r.class, "class", "person", "the public `REASON`: person, not-ours or other")
	cmd.Flags().BoolVar(&r.list, "list", false, "print what is withheld of the document")
	cmd.Flags().IntVar(&r.remove, "remove", 0, "no longer withhold area `N`")
	return cmd
}

func runRedact(ctx context.Context, c *console, u *unlocking, dir string, item vidimus.ItemID, r redacting) error {
	class, ok := protect.ParseClass(r.class)
	ways := 0
	for _, chosen := range []bool{r.find != "", r.person != "", r.box != "", r.line != 0, r.list, r.remove != 0} {
		if chosen {
			ways++
		}
	}
	switch {
	case !ok:
		return errUsage{errors.New("--class is person, not-ours or other")}
	case ways != 1:
		return errUsage{errors.New("one of --find -, --protected, --box, --line, --list and --remove is needed")}
	case r.find != "" && r.find != "-":
		return errUsage{vidimus.WithHint(errors.New("words of the case are not arguments: shells keep them"), "give --find - and type them on standard input")}
	case (r.box != "" || r.line != 0) && r.page < 1:
		return errUsage{errors.New("--page is needed with --box and --line")}
	}
	mode := archive.ToWrite
	if r.list {
		mode = archive.ToRead
	}
	d, err := openCase(ctx, c, u, dir, mode)
	if err != nil {
		return err
	}
	defer d.Close()
	f, err := pipeline.File(ctx, d.Case, item)
	if err != nil {
		return err
	}
	if f.DuplicateOf != "" {
		item = f.DuplicateOf
	}
	switch {
	case r.list:
		return listWithheld(ctx, c, d, item)
	case r.remove != 0:
		return d.Do(ctx, func(w *archive.Work) error { return pipeline.Show(w, item, r.remove) })
	}
	areas, err := r.areas(ctx, c, d, item, class)
	if err != nil {
		return err
	}
	return withhold(ctx, c, d, item, areas)
}

func withhold(ctx context.Context, c *console, d *desk, item vidimus.ItemID, areas []protect.Area) error {
	var added []protect.Area
	err := d.Do(ctx, func(w *archive.Work) (err error) {
		added, err = pipeline.Withhold(w, item, areas)
		return err
	})
	if err != nil {
		return err
	}
	c.say("%d area(s) are withheld now; %d were already", len(added), len(areas)-len(added))
	return printAreas(c, item, added)
}

// areas finds what was chosen on the pages.
func (r redacting) areas(ctx context.Context, c *console, d *desk, item vidimus.ItemID, class protect.Class) ([]protect.Area, error) {
	wanted, why, err := r.words(c)
	if err != nil {
		return nil, err
	}
	box, err := r.corners()
	if err != nil {
		return nil, err
	}
	named, err := r.named(ctx, c, d)
	if err != nil {
		return nil, err
	}
	var all []protect.Area
	seen := false
	add := func(areas []protect.Area) {
		for _, a := range areas {
			a.Why = why
			all = append(all, a)
		}
	}
	finding := finding{wanted: wanted, only: r.page, class: class, add: add}
	row := named.row(r.page, class, add)
	err = pipeline.PageToWithhold(ctx, d.Case, item, layout.New().Places, func(reading int64, p vidimus.Page) error {
		on := sheetOf{reading, p}
		if r.page == 0 || p.Number == r.page {
			seen = true
			add(r.onPage(p, reading, box, class))
		}
		finding.next(on)
		return row.Add(p.Number, on, p.Text)
	})
	err = errors.Join(err, row.End())
	named.say(c)
	if err == nil && seen {
		err = named.suggest(ctx, c, d, item, r.page)
	}
	switch {
	case err != nil:
		return nil, err
	case !seen:
		return nil, vidimus.WithHint(errors.New("this document has no such page that was read"), "`vidimus list CASE` prints how many pages it has")
	case len(all) == 0:
		return nil, errors.New("nothing of that stands there; nothing is withheld")
	}
	return all, nil
}

// onPage withholds what was chosen by its place.
func (r redacting) onPage(p vidimus.Page, reading int64, box *vidimus.Box, class protect.Class) (all []protect.Area) {
	if box != nil {
		return []protect.Area{protect.WithholdBox(p, reading, *box, class)}
	}
	if start, end, ok := protect.LineAt(p, r.line); ok && r.line != 0 {
		all = append(all, protect.Withhold(p, reading, start, end, class))
	}
	return all
}

func (r redacting) corners() (*vidimus.Box, error) {
	if r.box == "" {
		return nil, nil
	}
	var n [4]float64
	parts := strings.Split(r.box, ",")
	for i := range n {
		if len(parts) != 4 {
			break
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(parts[i]), 64)
		if err != nil {
			return nil, errUsage{errors.New("--box takes four numbers: X0,Y0,X1,Y1")}
		}
		n[i] = v
	}
	if len(parts) != 4 || !(n[0] < n[2] && n[1] < n[3]) {
		return nil, errUsage{errors.New("--box takes four numbers: X0,Y0,X1,Y1")}
	}
	return &vidimus.Box{X0: n[0], Y0: n[1], X1: n[2], Y1: n[3]}, nil
}

// area is one withheld area as `redact` prints it: without the reason's words
// and without what it hides.
type area struct {
	Item    vidimus.ItemID `json:"item"`
	Number  int            `json:"number"`
	Page    int            `json:"page"`
	Reading int64          `json:"reading"`
	Box     [4]float64     `json:"box"`
	Class   protect.Class  `json:"class"`
	Person  string         `json:"person"`
}

func listWithheld(ctx context.Context, c *console, d *desk, item vidimus.ItemID) error {
	var areas []protect.Area
	err := d.View(ctx, func(tx archive.Tx) (err error) {
		areas, err = pipeline.Withheld(tx, item)
		return err
	})
	if err != nil {
		return err
	}
	return printAreas(c, item, areas)
}

func printAreas(c *console, item vidimus.ItemID, areas []protect.Area) error {
	for _, a := range areas {
		if c.json {
			if err := c.data(area{item, a.Number, a.Page, a.Reading, corners([]vidimus.Box{a.Box})[0], a.Class, a.Person}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(c.out, "%d\tp. %d\t%s\t%s\n", a.Number, a.Page, a.Class, a.Person)
	}
	return nil
}
