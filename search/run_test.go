package search

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus"
	"vidimus/archive"
)

// oneIndex gives the same answer to every question.
type oneIndex struct {
	Index
	found Found
}

func (x oneIndex) Query(context.Context, Query, Window) (Found, error) { return x.found, nil }

// shelf holds one page.
type shelf struct{ page vidimus.Page }

func (s shelf) View(_ context.Context, work func(archive.Tx) error) error {
	return work(viewed{page: s.page})
}

type viewed struct {
	archive.Tx
	page vidimus.Page
}

func (v viewed) Readings() archive.Readings { return readings{page: v.page} }
func (v viewed) Files() archive.Files       { return files{} }

type readings struct {
	archive.Readings
	page vidimus.Page
}

func (r readings) Get(n int64) (vidimus.Reading, error) {
	if n != 3 {
		return vidimus.Reading{}, archive.ErrNotFound
	}
	return vidimus.Reading{Number: n, Item: "item"}, nil
}

func (r readings) Page(reading int64, n int) (vidimus.Page, error) {
	if n != r.page.Number {
		return vidimus.Page{}, archive.ErrNotFound
	}
	return r.page, nil
}

type files struct{ archive.Files }

func (files) Get(item vidimus.ItemID) (vidimus.File, error) {
	return vidimus.File{Item: item, Path: "folder/a.pdf"}, nil
}

var onePage = shelf{page: vidimus.Page{Number: 2, Text: "the camp",
	Places: []vidimus.Place{{Start: 4, End: 8, Box: vidimus.Box{X1: 9, Y1: 9}}}}}

func TestRunShowsWhatTheIndexFound(t *testing.T) {
	index := oneIndex{found: Found{Total: 41, Pages: []Ranked{{Page: vidimus.PageID(3, 2), Score: 1.5}}}}
	got, err := Run(t.Context(), index, onePage, query(t, "camp"), Window{Limit: 1}, Recorded)
	if err != nil {
		t.Fatal(err)
	}
	want := Results{Total: 41, Exact: 41, Hits: []Hit{{
		Item: "item", Path: "folder/a.pdf", Reading: 3, Page: 2, Score: 1.5,
		Matched: []Match{{"camp", "camp", "as typed"}},
		Facts:   Facts{Path: "folder/a.pdf", Language: "und", Number: vidimus.PageID(3, 2)},
		Snippet: "the «camp»", Boxes: []vidimus.Box{{X1: 9, Y1: 9}},
	}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestAnIndexThatDoesNotFitIsAnError(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		page        int64
	}{
		{"a page that has other words", "office", vidimus.PageID(3, 2)},
		{"a page that is not there", "camp", vidimus.PageID(3, 9)},
		{"a reading that is not there", "camp", vidimus.PageID(4, 2)},
	} {
		t.Run(c.name, func(t *testing.T) {
			index := oneIndex{found: Found{Total: 1, Pages: []Ranked{{Page: c.page}}}}
			_, err := Run(t.Context(), index, onePage, query(t, c.typed), Window{Limit: 1}, Recorded)
			if !errors.Is(err, ErrUnfit) || vidimus.HintOf(err) == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}
