package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/pipeline"
)

// passageLine is one passage as `passage` prints it; docs/json.md.
type passageLine struct {
	Passage   int64           `json:"passage"`
	Item      vidimus.ItemID  `json:"item"`
	Path      string          `json:"path"`
	Reading   int64           `json:"reading"`
	Page      int             `json:"page"`
	State     string          `json:"state"`
	Selectors []selector      `json:"selectors"`
	Boxes     [][4]float64    `json:"boxes"`
	Note      string          `json:"note"`
	Tags      []string        `json:"tags"`
	Star      bool            `json:"star"`
	Made      string          `json:"made"`
	Now       []pipeline.Spot `json:"now"`
}

// selector is one of the W3C Web Annotation model: the words, and the
// characters of the page's text.
type selector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
}

func lineOf(m pipeline.Marked) passageLine {
	start := utf8.RuneCountInString(m.Text[:m.Start])
	end := start + utf8.RuneCountInString(m.Text[m.Start:m.End])
	l := passageLine{
		m.Number, m.Item, utf8Path(m.Path), m.Reading, m.Page, "current", []selector{
			{Type: "TextQuoteSelector", Exact: m.Quote, Prefix: m.Prefix, Suffix: m.Suffix},
			{Type: "TextPositionSelector", Start: &start, End: &end},
		}, corners(m.Boxes), m.Note, m.Tags, m.Star, m.Made, m.Now,
	}
	if m.Stale {
		l.State = "stale"
	}
	if l.Tags == nil {
		l.Tags = []string{}
	}
	if l.Now == nil {
		l.Now = []pipeline.Spot{}
	}
	return l
}

func printPassage(c *console, m pipeline.Marked) error {
	l := lineOf(m)
	if c.json {
		return c.data(l)
	}
	mark := ""
	if l.Star {
		mark = "*"
	}
	_, err := fmt.Fprintf(c.out, "%d\t%s\t%s\tpage %d\t%s\t%s\n\t%s\n", l.Passage, l.Item, l.State, l.Page, mark, visible(strings.Join(l.Tags, ", ")),
		visible(strings.Join(strings.Fields(m.Quote), " ")))
	for _, line := range strings.Split(l.Note, "\n") {
		if line != "" && err == nil {
			_, err = fmt.Fprintf(c.out, "\t%s\n", visible(line))
		}
	}
	for _, s := range l.Now {
		if err == nil {
			_, err = fmt.Fprintf(c.out, "\tits words stand now on page %d (--nth %d)\n", s.Page, s.Nth)
		}
	}
	return err
}
