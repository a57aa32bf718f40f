package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/read/layout"
	"vidimus/search"
)

// matched says why a hit is one; docs/json.md.
type matched struct {
	Query string `json:"query"`
	As    string `json:"as"`
	Why   string `json:"why"`
}

// hit is one hit as `search` gives it; docs/json.md.
type hit struct {
	Item    vidimus.ItemID `json:"item"`
	Path    string         `json:"path"`
	Reading int64          `json:"reading"`
	Page    int            `json:"page"`
	Score   float64        `json:"score"`
	Snippet string         `json:"snippet"`
	Boxes   [][4]float64   `json:"boxes"`
	Matched []matched      `json:"matched"`
	OCR     *quality       `json:"ocr,omitempty"`
}

type results struct {
	Total     int           `json:"total"`
	Exact     int           `json:"total_exact"`
	Expanded  int           `json:"total_expanded"`
	NotLooked int           `json:"not_looked"`
	Hits      []hit         `json:"hits"`
	Facets    search.Facets `json:"facets"`
	Explained *explanation  `json:"explained,omitempty"`
}

func searchVerb(c *console, u *unlocking) *cobra.Command {
	var i inquiry
	var b batch
	var sort string
	var facets bool
	cmd := &cobra.Command{
		Use:   "search CASE QUERY|-",
		Short: "find pages by their words",
		Long: `Finds the pages that answer the query, best first: those that have every word of
it, unless OR, NOT, - and ( ) say otherwise. "Quotes" make a phrase; a run of
Chinese characters is one; type: language: date: place: number: official: folder:
state: path: reading: ask of the file and the page. place: of a name that the
gazetteer does not know looks for its words too. docs/search.md has the language.

Arguments stay in the shell's history: give - and type the query on standard
input instead.`,
		Example: "  vidimus search ~/cases/reservoir -\n  vidimus search ~/cases/reservoir '\"water level\" (水库 OR reservoir) -type:sheet' --facets",
		Args:    arguments(1, 2, "search CASE QUERY|-, or search CASE --batch FILE.csv|-"),
		RunE: func(cmd *cobra.Command, args []string) error {
			i.window.Sort = search.Sort(sort)
			if i.window.Limit < 1 || i.window.Offset < 0 || !slices.Contains(search.Sorts, i.window.Sort) {
				return errUsage{fmt.Errorf("--limit is 1 or more, --offset 0 or more, --sort one of %v", search.Sorts)}
			}
			if (b.file != "") == (len(args) == 2) || b.file == "" && (b.since > 0 || b.output != "") {
				return errUsage{errors.New("usage: vidimus search CASE QUERY|-, or search CASE --batch FILE.csv|- [--new-since N] [--csv] [--output FILE]")}
			}
			if b.file != "" {
				return b.run(cmd.Context(), c, u, args[0], i)
			}
			i.window.Facets = facets || c.json
			typed, err := words(c, args[1])
			if err != nil {
				return err
			}
			return i.run(cmd.Context(), c, u, args[0], typed)
		},
	}
	cmd.Flags().IntVar(&i.window.Limit, "limit", 20, "give at most `N` hits")
	cmd.Flags().IntVar(&i.window.Offset, "offset", 0, "leave out the first `N` hits")
	cmd.Flags().StringVar(&sort, "sort", string(search.ByRank), "the `ORDER` of hits: rank, date (earliest first), newest or path")
	cmd.Flags().BoolVar(&facets, "facets", false, "count types, languages, dates, folders, states and readings of all hits")
	cmd.Flags().BoolVar(&i.exact, "exact", false, "look for no other forms of names and places")
	cmd.Flags().BoolVar(&i.explain, "explain", false, "say how the query was understood, and what its words stand for")
	b.flags(cmd)
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

// inquiry is how a question is asked.
type inquiry struct {
	window  search.Window
	exact   bool // no other forms of the words
	explain bool
	since   int64 // a reading: only pages of later ones
}

// ask parses a question, adds other forms of its words, and asks it.
func (i inquiry) ask(ctx context.Context, c *console, d *desk, typed string) (search.Query, search.Results, error) {
	expand, err := pipeline.Expander(ctx, d.Case)
	if err != nil {
		return search.Query{}, search.Results{}, err
	}
	if i.exact {
		expand = nil
	}
	var q search.Query
	err = d.View(ctx, func(tx archive.Tx) error {
		q, err = pipeline.Question(tx, typed, expand)
		return err
	})
	if err != nil {
		return q, search.Results{}, err
	}
	if i.since > 0 {
		q = search.Since(q, i.since)
	}
	places := search.Recorded
	if c.json {
		places = layout.New().Places // boxes are not printed for people
	}
	found, err := pipeline.Search(ctx, d.Case, d.index, q, i.window, places)
	return q, found, err
}

func (i inquiry) run(ctx context.Context, c *console, u *unlocking, dir, typed string) error {
	if _, err := search.Parse(typed); err != nil {
		return errUsage{err}
	}
	d, err := openSearched(ctx, c, u, dir)
	if err != nil {
		return err
	}
	defer d.Close()
	q, found, err := i.ask(ctx, c, d, typed)
	if err != nil {
		return asked(err)
	}
	r := resultsOf(found)
	if i.explain {
		if r.Explained, err = explained(ctx, d, q); err != nil {
			return asked(err)
		}
	}
	if c.json {
		return c.data(r)
	}
	printResults(c, found)
	printExplained(c, r.Explained)
	return nil
}

// openSearched opens a case with its index, to search it.
func openSearched(ctx context.Context, c *console, u *unlocking, dir string) (*desk, error) {
	d, err := openCase(ctx, c, u, dir, archive.ToRead)
	if err != nil {
		return nil, err
	}
	if err := d.withIndex(ctx, c, archive.ToRead); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// asked makes an error in the question one of usage.
func asked(err error) error {
	if _, ok := search.AtCharacter(err); ok {
		return errUsage{err}
	}
	return err
}

func printResults(c *console, found search.Results) {
	fmt.Fprintf(c.out, "%d page(s)", found.Total)
	if found.Expanded > 0 {
		fmt.Fprintf(c.out, ", %d with the words as typed, %d by other forms of them", found.Exact, found.Expanded)
	}
	fmt.Fprintln(c.out)
	if found.Waiting > 0 {
		c.say("not known of %d page(s): nobody has looked for places and numbers on them yet; `vidimus understand CASE` does", found.Waiting)
	}
	for _, h := range found.Hits {
		unit := "page"
		if h.Section {
			unit = "section"
		}
		fmt.Fprintf(c.out, "%s\t%s\t%s %d%s\n\t%s\n", h.Item, visible(h.Path), unit, h.Page, sureness(h.Confidence), h.Snippet)
		if h.Expanded {
			for _, m := range h.Matched {
				fmt.Fprintf(c.out, "\t%s: %s\n", visible(m.As), visible(m.Why))
			}
		}
	}
	printFacets(c, found.Facets)
}

func printFacets(c *console, facets search.Facets) {
	for _, f := range search.FacetFields {
		for _, v := range facets[f] {
			fmt.Fprintf(c.out, "%s\t%d\t%s\n", f, v.Count, visible(v.Value))
		}
	}
}

func resultsOf(found search.Results) results {
	r := results{found.Total, found.Exact, found.Expanded, found.Waiting, []hit{}, found.Facets, nil}
	for _, h := range found.Hits {
		why := []matched{}
		for _, m := range h.Matched {
			why = append(why, matched(m))
		}
		r.Hits = append(r.Hits, hit{h.Item, utf8Path(h.Path), h.Reading, h.Page, h.Score, h.Snippet, corners(h.Boxes), why, qualityOf(h.Confidence)})
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
