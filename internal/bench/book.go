package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// book keeps what the rounds gave, in the order in which it first came.
type book struct {
	round   int
	ratios  []*ratio
	figures []*figure
}

// ratio is our cost and a peer's for the same work.
type ratio struct {
	what, ours, peer string // the work, and who did it on each side
	goal             float64
	wall             bool      // compared by the clock on the wall, not by CPU time
	a, b             []float64 // seconds of ours and of the peer, by round
}

// figure is a number of its own.
type figure struct {
	what, unit string
	values     []float64
}

// compare runs both sides and notes what each cost. A goal of 0 is none.
// Where the clock on the wall is compared, CPU time is noted beside it.
func (b *book) compare(ctx context.Context, r ratio, ours, peer func(context.Context) error) error {
	sides := []func(context.Context) error{ours, peer}
	var spent [2]cost
	for i := range sides {
		side := (i + b.round) % 2
		var err error
		if spent[side], err = costOf(func() error { return sides[side](ctx) }); err != nil {
			return err
		}
	}
	if r.wall {
		r.what += ", by the clock"
		b.keep(r, spent[0].Wall.Seconds(), spent[1].Wall.Seconds())
		r.what, r.goal = strings.TrimSuffix(r.what, ", by the clock"), 0
	}
	b.keep(r, spent[0].CPU.Seconds(), spent[1].CPU.Seconds())
	return nil
}

// keep adds one round's values of both sides.
func (b *book) keep(r ratio, ours, peer float64) {
	i := slices.IndexFunc(b.ratios, func(have *ratio) bool { return have.what == r.what && have.peer == r.peer })
	if i < 0 {
		i = len(b.ratios)
		b.ratios = append(b.ratios, &r)
	}
	have := b.ratios[i]
	have.a, have.b = append(have.a, ours), append(have.b, peer)
}

// note adds one round's value of a figure.
func (b *book) note(what, unit string, value float64) {
	i := slices.IndexFunc(b.figures, func(f *figure) bool { return f.what == what })
	if i < 0 {
		i = len(b.figures)
		b.figures = append(b.figures, &figure{what: what, unit: unit})
	}
	b.figures[i].values = append(b.figures[i].values, value)
}

// spread is the median of values with their least and greatest.
type spread struct{ Median, Least, Most float64 }

func spreadOf(values []float64) spread {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return spread{(sorted[(n-1)/2] + sorted[n/2]) / 2, sorted[0], sorted[n-1]}
}

func (s spread) String() string {
	return fmt.Sprintf("%s [%s–%s]", digits(s.Median), digits(s.Least), digits(s.Most))
}

// digits prints as many as mean something.
func digits(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v > 0 && v < 0.1:
		return fmt.Sprintf("%.4f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// spread of the ratio, each round's two sides against each other.
func (r *ratio) spread() spread {
	quotients := make([]float64, len(r.a))
	for i := range r.a {
		quotients[i] = r.a[i] / r.b[i]
	}
	return spreadOf(quotients)
}

// tables prints all as Markdown.
func (b *book) tables() string {
	var w strings.Builder
	if len(b.ratios) > 0 {
		w.WriteString("| The same work (CPU seconds; by the clock where it says so) | ours | peer | ratio | goal |\n|---|---|---|---|---|\n")
	}
	for _, r := range b.ratios {
		goal := "–"
		if r.goal > 0 {
			goal = fmt.Sprintf("≤ %g: met", r.goal)
			if r.spread().Median > r.goal {
				goal = fmt.Sprintf("≤ %g: **missed**", r.goal)
			}
		}
		fmt.Fprintf(&w, "| %s | %s: %s | %s: %s | **%s** | %s |\n", r.what,
			r.ours, digits(spreadOf(r.a).Median), r.peer, digits(spreadOf(r.b).Median), r.spread(), goal)
	}
	if len(b.figures) > 0 {
		w.WriteString("\n| By itself | median [least–greatest] | |\n|---|---|---|\n")
	}
	for _, f := range b.figures {
		fmt.Fprintf(&w, "| %s | %s | %s |\n", f.what, spreadOf(f.values), f.unit)
	}
	return w.String()
}
