package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/protect/trace"
	"vidimus/search"
)

// Redaction is how people withhold parts of pages from every edition.
type Redaction struct {
	// Page gives a page as it would be shown, and all that is withheld of its
	// document.
	Page func(ctx context.Context, item vidimus.ItemID, page int) (RedactedPage, error)
	// Withhold adds areas, and gives their numbers.
	Withhold func(ctx context.Context, item vidimus.ItemID, areas []protect.Area) ([]int, error)
	// Show takes areas off again.
	Show func(ctx context.Context, item vidimus.ItemID, numbers []int) error
	// People gives the places on a page where protected people are named, while
	// the vault is open.
	People func(ctx context.Context, item vidimus.ItemID, page int) ([]pipeline.Sighting, error)
}

// RedactedPage is a page on which areas are chosen.
type RedactedPage struct {
	Item     vidimus.ItemID
	Path     string
	Language string
	Pages    int
	Reading  int64
	vidimus.Page
	Areas []protect.Area // of the whole document
}

// redactPage is the page of a document with what is withheld of it.
type redactPage struct {
	RedactedPage
	Lines              []redactLine
	Right              bool
	Sheet              *paper
	Drawn              []protect.Area // those of this page that have a place on the picture
	Areas              []areaLine
	Handle             string
	Added, Undo        string // what was withheld last, and the handle of taking it off
	Count              int
	Suggested          []suggestion
	Vault              VaultState
	Back               string
	PrevPage, NextPage string
	Plan               string // handle of adding the document to the plan
}

// redactLine is a line of the page's text that can be chosen.
type redactLine struct {
	line
	Number   int
	Withheld bool
	Empty    bool
}

// areaLine is an area in the list of the document's.
type areaLine struct {
	protect.Area
	Handle string // of taking it off
	Page   string // address
	Other  bool   // it is of another page
	Moved  bool   // it is of another reading than the one shown, and holds no more
}

// suggestion is a stretch that somebody may want to withhold. It is listed and
// not applied.
type suggestion struct {
	Person string // P-014; empty for a trace
	Kind   string // of a trace
	Sure   bool
	Line   int
	Handle string // of withholding its lines
}

// maxSuggested is how many suggestions one page lists.
const maxSuggested = 200

// redact shows a page on which areas are chosen.
func (s *Server) redact(w http.ResponseWriter, r *http.Request, in *session, v view) {
	page, err := s.room.Redaction.Page(r.Context(), v.Item, v.Page)
	if err != nil {
		s.trouble(w, http.StatusNotFound, "error.page", err)
		return
	}
	v.Item = page.Item // the original of a duplicate
	here := view{Show: showRedact, Item: v.Item, Page: v.Page}
	p := redactPage{RedactedPage: page, Right: direction(page.Text) == "rtl", Vault: s.vault()}
	mine := here
	mine.Seen = checksum([]byte(page.Text))
	p.Handle = in.keep(mine)
	if s.room.Editing != nil {
		p.Plan = in.keep(view{Show: showPlanned, Item: v.Item})
	}
	p.Lines = redactLines(page)
	p.areas(in, v)
	p.suggest(r.Context(), s, in, v)
	if v.Added != "" {
		p.Added, p.Count = v.Added, strings.Count(v.Added, ",")+1
		p.Undo = in.keep(view{Show: showArea, Item: v.Item, Page: v.Page, Added: v.Added})
	}
	p.Back = "/v/" + in.keep(view{Show: showPage, Item: v.Item, Page: v.Page})
	turn := func(by int) string {
		to := here
		to.Page += by
		return "/v/" + in.keep(to)
	}
	if v.Page > 1 {
		p.PrevPage = turn(-1)
	}
	if v.Page < p.Pages {
		p.NextPage = turn(1)
	}
	if page.Width > 0 && page.Height > 0 {
		p.Sheet = paperOf(PageView{Width: page.Width, Height: page.Height}, 0)
		p.Sheet.Picture = "/p/" + in.keep(view{Show: showPicture, Item: v.Item, Page: v.Page})
	}
	s.show(w, http.StatusOK, "redact", "", p)
}

// redactLines are the lines of a page, with those that are withheld marked.
func redactLines(page RedactedPage) (all []redactLine) {
	start := 0
	for i, l := range lines(page.Text, nil) {
		end := len(page.Text)
		if at := strings.IndexByte(page.Text[start:], '\n'); at >= 0 {
			end = start + at
		}
		held := slices.ContainsFunc(page.Areas, func(a protect.Area) bool {
			return a.Page == page.Number && a.Reading == page.Reading && a.Start < end && start < a.End
		})
		all = append(all, redactLine{l, i, held, strings.TrimSpace(page.Text[start:end]) == ""})
		start = min(end+1, len(page.Text))
	}
	return all
}

// areas lists what is withheld of the document.
func (p *redactPage) areas(in *session, v view) {
	for _, a := range p.RedactedPage.Areas {
		l := areaLine{Area: a, Other: a.Page != v.Page}
		l.Handle = in.keep(view{Show: showArea, Item: v.Item, Page: v.Page, Added: strconv.Itoa(a.Number)})
		l.Page = "/v/" + in.keep(view{Show: showRedact, Item: v.Item, Page: a.Page})
		if !l.Other {
			l.Moved = a.Reading != p.Reading
			if a.Box != (vidimus.Box{}) && !l.Moved {
				p.Drawn = append(p.Drawn, a)
			}
		}
		p.Areas = append(p.Areas, l)
	}
}

// suggest lists what of the page is not withheld and may have to be: where
// protected people are named, and traces that every edition would carry.
func (p *redactPage) suggest(ctx context.Context, s *Server, in *session, v view) {
	add := func(g suggestion, stretch search.Range) {
		held := slices.ContainsFunc(p.RedactedPage.Areas, func(a protect.Area) bool {
			return a.Page == p.Number && a.Reading == p.Reading && a.Start <= stretch.Start && stretch.End <= a.End
		})
		if held || stretch.End > len(p.Text) || len(p.Suggested) >= maxSuggested {
			return
		}
		first := strings.Count(p.Text[:stretch.Start], "\n")
		last := first + strings.Count(p.Text[stretch.Start:stretch.End], "\n")
		g.Line = first + 1
		g.Handle = in.keep(view{Show: showRedact, Item: v.Item, Page: v.Page, Seen: checksum([]byte(p.Text)),
			Lines: fmt.Sprintf("%d-%d", first, last), Person: g.Person})
		p.Suggested = append(p.Suggested, g)
	}
	found, err := s.room.Redaction.People(ctx, v.Item, v.Page)
	if errors.Is(err, ErrVaultClosed) && p.Vault == VaultOpen {
		p.Vault = VaultClosed
	}
	for _, f := range found { // none where the vault is closed
		if f.Reading == p.Reading && f.Page == p.Number {
			add(suggestion{Person: f.Person, Sure: f.Certainty == match.Exact}, search.Range{Start: f.Start, End: f.End})
		}
	}
	if s.room.Traces == nil {
		return
	}
	for _, f := range s.room.Traces.Looked().Files {
		for _, t := range f.Traces {
			if f.File.Item == p.Item && t.Reading == p.Reading && t.Page == p.Number && t.Start < t.End && len(t.RemovedBy()) == 0 {
				add(suggestion{Kind: string(t.Kind), Sure: t.Certainty == trace.Found}, search.Range{Start: t.Start, End: t.End})
			}
		}
	}
}
