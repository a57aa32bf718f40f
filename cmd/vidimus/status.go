package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// status is the arithmetic of a case; docs/json.md.
type status struct {
	Seen       int           `json:"seen"`
	Read       int           `json:"read"`
	Partly     int           `json:"partly"`
	Failed     int           `json:"failed"`
	Duplicates int           `json:"duplicates"`
	Disposed   int           `json:"disposed"`
	Waiting    int           `json:"waiting"`
	Pages      int           `json:"pages"`
	Sections   int           `json:"sections"`
	Blank      int           `json:"blank"`
	Bytes      int64         `json:"bytes"`
	Seconds    float64       `json:"seconds"`
	Stale      int           `json:"stale"`
	Understood int           `json:"stale_understood"`
	Types      []typeCount   `json:"types"`
	Reasons    []reasonCount `json:"reasons"`
}

type reasonCount struct {
	Reason vidimus.Reason `json:"reason"`
	Count  int            `json:"count"`
	Hint   string         `json:"hint"`
}

// typeCount is the arithmetic of the files of one media type.
type typeCount struct {
	Type       string `json:"type"`
	Seen       int    `json:"seen"`
	Read       int    `json:"read"`
	Partly     int    `json:"partly"`
	Failed     int    `json:"failed"`
	Duplicates int    `json:"duplicates"`
	Disposed   int    `json:"disposed"`
	Waiting    int    `json:"waiting"`
}

// typeCounts gives those of all types, the most frequent first.
func typeCounts(c vidimus.Counts) []typeCount {
	all := []typeCount{}
	for name, n := range c.Types {
		t := typeCount{name, 0, n[vidimus.Read], n[vidimus.Partly], n[vidimus.Failed], n[vidimus.Duplicate], n[vidimus.Disposed], n[vidimus.Waiting]}
		t.Seen = t.Read + t.Partly + t.Failed + t.Duplicates + t.Disposed + t.Waiting
		if t.Seen > 0 {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b typeCount) int {
		return cmp.Or(cmp.Compare(b.Seen, a.Seen), strings.Compare(a.Type, b.Type))
	})
	return all
}

func statusVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "status CASE",
		Short: "account for every file",
		Long: `Prints seen = read + partly + failed + duplicates + waiting (and disposed, where
files were), for each media type as well, why files are not, or only partly, read, and how many readings are stale:
another version of the program made them, and "reread --stale" makes new ones. The
same of pages in which it looked for mentions: "understand" looks again.`,
		Example: "  vidimus status ~/cases/reservoir",
		Args:    arguments(1, 1, "status CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			return printStatus(cmd.Context(), c, d.Case, false)
		},
	}
}

// gone is the term of what was disposed of, where there is any.
func gone(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" + disposed %d", n)
}

func printStatus(ctx context.Context, c *console, cs *archive.Case, list bool) error {
	counts, seconds, err := pipeline.Account(ctx, cs)
	if err != nil {
		return err
	}
	stale, err := pipeline.Stale(ctx, cs, producers())
	if err != nil {
		return err
	}
	understood, err := pipeline.StaleUnderstood(ctx, cs)
	if err == nil {
		err = pipeline.TypeDuplicates(ctx, cs, counts)
	}
	if err != nil {
		return err
	}
	s := status{counts.Seen, counts.Read, counts.Partly, counts.Failed, counts.Duplicates, counts.Disposed, counts.Waiting,
		counts.Pages, counts.Sections, counts.Blank, counts.Bytes, seconds, stale, understood, typeCounts(counts), []reasonCount{}}
	for _, r := range slices.Sorted(maps.Keys(counts.Reasons)) {
		s.Reasons = append(s.Reasons, reasonCount{r, counts.Reasons[r], vidimus.Hints[r]})
	}
	if c.json {
		return c.data(s)
	}
	fmt.Fprintf(c.out, "seen %d = read %d + partly %d + failed %d + duplicates %d%s + waiting %d\n",
		s.Seen, s.Read, s.Partly, s.Failed, s.Duplicates, gone(s.Disposed), s.Waiting)
	fmt.Fprintf(c.out, "pages %d (blank %d), sections %d, %s\n", s.Pages, s.Blank, s.Sections, size(s.Bytes))
	for _, t := range s.Types {
		fmt.Fprintf(c.out, "  %d %s = read %d + partly %d + failed %d + duplicates %d%s + waiting %d\n",
			t.Seen, cmp.Or(t.Type, "of no known type"), t.Read, t.Partly, t.Failed, t.Duplicates, gone(t.Disposed), t.Waiting)
	}
	if s.Stale > 0 {
		fmt.Fprintf(c.out, "stale %d readings: another version made them; `vidimus reread CASE --stale` makes new ones\n", s.Stale)
	}
	if s.Understood > 0 {
		fmt.Fprintf(c.out, "stale %d pages understood: another version looked at them; `vidimus understand CASE` looks again\n", s.Understood)
	}
	for _, r := range s.Reasons {
		fmt.Fprintf(c.out, "  %d %s: %s\n", r.Count, r.Reason, r.Hint)
	}
	if list {
		return listFailures(ctx, c.out, cs)
	}
	return nil
}

// listFailures names each file that is not wholly read.
func listFailures(ctx context.Context, out io.Writer, cs *archive.Case) error {
	return pipeline.EachFile(ctx, cs, func(f vidimus.File) error {
		if f.State == vidimus.Failed || f.State == vidimus.Partly {
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", f.Item, f.State, f.Reason, visible(f.Path))
		}
		return nil
	})
}

func size(n int64) string {
	switch {
	case n < 10<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 10<<20:
		return fmt.Sprintf("%d KiB", n>>10)
	case n < 10<<30:
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d GiB", n>>30)
}
