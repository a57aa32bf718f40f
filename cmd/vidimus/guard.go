package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect/match"
)

// guard holds a copy that is to leave in clear against the list of protected
// people, before its first byte is written: what it will hold, and, of
// pictures and originals, what was read of the pages that they show.
func (l *leaving) guard(ctx context.Context, c *console, d *desk, s sheet, fill func(io.Writer) error) error {
	if l.to != "" {
		return nil
	}
	has, err := d.HasVault(ctx)
	if err != nil || !has {
		return err
	}
	list, err := d.people(ctx, c)
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("a copy in clear is held against the list of protected people, which cannot be read: %w", err),
			hintVaultWay+"; --to RECIPIENT writes an encrypted copy without it")
	}
	found, err := whoIsNamed(ctx, d, list.Matcher(), s, fill)
	if err != nil {
		return err
	}
	return l.verdict(found)
}

// whoIsNamed looks through all that a copy shows.
func whoIsNamed(ctx context.Context, d *desk, m *match.List, s sheet, fill func(io.Writer) error) (guarded, error) {
	found := guarded{matcher: m, exact: map[string]bool{}, review: map[string]bool{}}
	if s.shown {
		if err := found.pages(ctx, d, s); err != nil {
			return found, err
		}
	}
	if err := found.borders(ctx, d, s); err != nil {
		return found, err
	}
	if s.what != picture {
		w := &onlooker{found: &found}
		if err := errors.Join(fill(w), w.flush()); err != nil {
			return found, err
		}
	}
	return found, nil
}

// verdict refuses what names somebody. What may name somebody is refused until
// a person says that they have looked.
func (l *leaving) verdict(found guarded) error {
	if len(found.exact) > 0 {
		return vidimus.WithHint(fmt.Errorf("the copy names protected people: %s", numbers(found.exact)),
			"`vidimus protected find CASE P-NUMBER` shows where; --to RECIPIENT writes an encrypted copy")
	}
	if found.unread && !l.reviewed {
		return vidimus.WithHint(errors.New("the copy shows what was not read, or by OCR only, which misreads names: nobody can tell whom it names"),
			"look at it yourself; --reviewed goes on when it names none of the protected")
	}
	if len(found.review) > 0 && !l.reviewed {
		return vidimus.WithHint(fmt.Errorf("the copy may name protected people: %s", numbers(found.review)),
			"look at the places that `vidimus protected find CASE P-NUMBER` shows; --reviewed goes on when none of them is the person")
	}
	return nil
}

func numbers(ids map[string]bool) string { return strings.Join(slices.Sorted(maps.Keys(ids)), ", ") }

// guarded is whom a copy names.
type guarded struct {
	matcher       *match.List
	exact, review map[string]bool
	unread        bool // it shows what nobody has read
}

func (g *guarded) add(person string, certainty match.Certainty) {
	if certainty == match.Exact {
		g.exact[person] = true
	} else {
		g.review[person] = true
	}
}

// pages looks at all that was read of what a picture or an original shows.
func (g *guarded) pages(ctx context.Context, d *desk, s sheet) error {
	scope := pipeline.Scope{Item: s.item, Page: s.page, Inside: s.page == 0}
	unread, err := pipeline.Unread(ctx, d.Case, scope)
	if err != nil {
		return err
	}
	g.unread = unread
	return g.named(ctx, d, scope)
}

// borders looks at what begins on a page, or in a row of words, and ends on the
// next: in the copy, other words stand between.
func (g *guarded) borders(ctx context.Context, d *desk, s sheet) error {
	for _, row := range s.rows {
		for _, gap := range g.matcher.Between(row) {
			g.add(gap.Person, gap.Certainty)
		}
	}
	if !s.texts {
		return nil
	}
	return g.named(ctx, d, pipeline.Scope{Item: s.item, Page: s.page, Borders: true})
}

// named adds whom a scope names.
func (g *guarded) named(ctx context.Context, d *desk, scope pipeline.Scope) error {
	exact, review, err := pipeline.Named(ctx, d.Case, g.matcher, scope)
	for id := range exact {
		g.add(id, match.Exact)
	}
	for id := range review {
		g.add(id, match.Review)
	}
	return err
}

// Sizes of what an onlooker looks at together, and of what it looks at again so
// that nothing falls between.
const (
	watched = 256 << 10
	overlap = 4 << 10
)

// onlooker looks at a copy as it would be written.
type onlooker struct {
	found *guarded
	kept  []byte
}

func (w *onlooker) Write(p []byte) (int, error) {
	w.kept = append(w.kept, p...)
	for len(w.kept) >= watched+overlap {
		if err := w.look(w.kept[:watched+overlap]); err != nil {
			return 0, err
		}
		w.kept = append([]byte(nil), w.kept[watched:]...)
	}
	return len(p), nil
}

func (w *onlooker) flush() error { return w.look(w.kept) }

// look looks at a stretch as it stands, and at what its lines say as JSON.
func (w *onlooker) look(b []byte) error {
	hits, err := w.found.matcher.FindBytes(b, nil)
	if err != nil {
		return err
	}
	for _, h := range hits {
		w.found.add(h.Person, h.Certainty)
	}
	for line := range bytes.Lines(b) {
		for _, text := range said(line) {
			for _, h := range w.found.matcher.Find(text) {
				w.found.add(h.Person, h.Certainty)
			}
		}
	}
	return nil
}

// said gives the strings of a line of JSON.
func said(line []byte) (all []string) {
	if line = bytes.TrimSpace(line); len(line) == 0 || line[0] != '{' && line[0] != '[' {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(line))
	for {
		t, err := d.Token()
		if err != nil {
			return all // also a line that was cut: its beginning
		}
		if s, ok := t.(string); ok {
			all = append(all, s)
		}
	}
}
