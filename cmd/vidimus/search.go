package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/read/layout"
	"vidimus/search"
)

// hit is one hit as `search` gives it; docs/json.md.
type hit struct {
	Item    vidimus.ItemID `json:"item"`
	Path    string         `json:"path"`
	Reading int64          `json:"reading"`
	Page    int            `json:"page"`
	Score   float64        `json:"score"`
	Snippet string         `json:"snippet"`
	Boxes   [][4]float64   `json:"boxes"`
}

type results struct {
	Total  int           `json:"total"`
	Hits   []hit         `json:"hits"`
	Facets search.Facets `json:"facets"`
}

func searchVerb(c *console, u *unlocking) *cobra.Command {
	var w search.Window
	var sort string
	var facets bool
	cmd := &cobra.Command{
		Use:   "search CASE QUERY|-",
		Short: "find pages by their words",
		Long: `Finds the pages that answer the query, best first: those that have every word of
it, unless OR, NOT, - and ( ) say otherwise. "Quotes" make a phrase; a run of
Chinese characters is one; type: language: date: folder: state: path: reading: ask of
the file and the page. docs/search.md has the language.

Arguments stay in the shell's history: give - and type the query on standard
input instead.`,
		Example: "  vidimus search ~/cases/reservoir -\n  vidimus search ~/cases/reservoir '\"water level\" (水库 OR reservoir) -type:sheet' --facets",
		Args:    arguments(2, 2, "search CASE QUERY|-"),
		RunE: func(cmd *cobra.Command, args []string) error {
			w.Sort = search.Sort(sort)
			if w.Limit < 1 || w.Offset < 0 || !slices.Contains(search.Sorts, w.Sort) {
				return errUsage{fmt.Errorf("--limit is 1 or more, --offset 0 or more, --sort one of %v", search.Sorts)}
			}
			w.Facets = facets || c.json
			typed, err := words(c, args[1])
			if err != nil {
				return err
			}
			return runSearch(cmd, c, u, args[0], typed, w)
		},
	}
	cmd.Flags().IntVar(&w.Limit, "limit", 20, "give at most `N` hits")
	cmd.Flags().IntVar(&w.Offset, "offset", 0, "leave out the first `N` hits")
	cmd.Flags().StringVar(&sort, "sort", string(search.ByRank), "the `ORDER` of hits: rank, date (earliest first), newest or path")
	cmd.Flags().BoolVar(&facets, "facets", false, "count types, languages, dates, folders, states and readings of all hits")
	return cmd
}

// words takes an argument, or standard input for "-".
func words(c *console, arg string) (string, error) {
	if arg != "-" {
		return arg, nil
	}
	if terminal(c.in) {
		fmt.Fprint(c.err, "Query: ")
	}
	b, err := io.ReadAll(io.LimitReader(c.in, 64<<10))
	if err != nil {
		return "", errors.New("the query cannot be read from standard input")
	}
	return strings.TrimSpace(string(b)), nil
}

func runSearch(cmd *cobra.Command, c *console, u *unlocking, dir, typed string, w search.Window) error {
	q, err := search.Parse(typed)
	if err != nil {
		return errUsage{err}
	}
	d, err := openCase(cmd.Context(), c, u, dir, archive.ToRead)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.withIndex(cmd.Context(), c, archive.ToRead); err != nil {
		return err
	}
	places := search.Recorded
	if c.json {
		places = layout.New().Places // boxes are not printed for people
	}
	found, err := search.Run(cmd.Context(), d.index, d.Case, q, w, places)
	if err != nil {
		return asked(err)
	}
	if c.json {
		return c.data(resultsOf(found))
	}
	fmt.Fprintf(c.out, "%d page(s)\n", found.Total)
	for _, h := range found.Hits {
		unit := "page"
		if h.Section {
			unit = "section"
		}
		fmt.Fprintf(c.out, "%s\t%s\t%s %d\n\t%s\n", h.Item, visible(h.Path), unit, h.Page, h.Snippet)
	}
	printFacets(c, found.Facets)
	return nil
}

// asked makes an error in the question one of usage.
func asked(err error) error {
	if _, ok := search.AtCharacter(err); ok {
		return errUsage{err}
	}
	return err
}

func printFacets(c *console, facets search.Facets) {
	for _, f := range search.FacetFields {
		for _, v := range facets[f] {
			fmt.Fprintf(c.out, "%s\t%d\t%s\n", f, v.Count, visible(v.Value))
		}
	}
}

func resultsOf(found search.Results) results {
	r := results{found.Total, []hit{}, found.Facets}
	for _, h := range found.Hits {
		r.Hits = append(r.Hits, hit{h.Item, utf8Path(h.Path), h.Reading, h.Page, h.Score, h.Snippet, corners(h.Boxes)})
	}
	return r
}

func corners(boxes []vidimus.Box) [][4]float64 {
	all := [][4]float64{}
	for _, b := range boxes {
		all = append(all, [4]float64{b.X0, b.Y0, b.X1, b.Y1})
	}
	return all
}
