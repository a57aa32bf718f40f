package main

import (
	"context"
	"fmt"

	"vidimus/search"
)

// explanation says how a query was understood; docs/json.md.
type explanation struct {
	Query   string            `json:"query"`
	Clauses []explainedClause `json:"clauses"`
}

type explainedClause struct {
	Query string          `json:"query"`
	Field string          `json:"field"`
	Forms []explainedForm `json:"forms"`
}

type explainedForm struct {
	As  string `json:"as"`
	Why string `json:"why"`
}

func explained(ctx context.Context, d *desk, q search.Query) (*explanation, error) {
	words, err := d.index.Words(ctx, q)
	if err != nil {
		return nil, err
	}
	said := search.Explain(q, func(clause int) []string { return words[clause] })
	e := &explanation{Query: said.Query}
	for _, c := range said.Clauses {
		one := explainedClause{c.Query, string(c.Field), []explainedForm{}}
		for _, f := range c.Forms {
			one.Forms = append(one.Forms, explainedForm{f.Text, f.Why})
		}
		e.Clauses = append(e.Clauses, one)
	}
	return e, nil
}

func printExplained(c *console, e *explanation) {
	if e == nil {
		return
	}
	fmt.Fprintf(c.out, "asked\t%s\n", visible(e.Query))
	for _, clause := range e.Clauses {
		for _, f := range clause.Forms {
			fmt.Fprintf(c.out, "%s\t%s\t%s\n", visible(clause.Query), visible(f.As), visible(f.Why))
		}
	}
}
