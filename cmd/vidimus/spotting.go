package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"math"

	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/people"
	"vidimus/protect/spot"
	"vidimus/sandbox"
)

// spotting prepares to compare pictures with the names of protected people.
func spotting(ctx context.Context, d *desk, l people.List, ids ...string) *pipeline.Spotting {
	return pipeline.NewSpotting(d.Case, func() (sandbox.Options, error) { return standing(ctx, false) }, l, ids...)
}

// spotPages compares the pages of a scope that only OCR can read with names.
func spotPages(ctx context.Context, c *console, d *desk, l people.List, scope pipeline.Scope, ids []string, yield func(pipeline.Sighting) error) error {
	s := spotting(ctx, d, l, ids...)
	defer s.Close()
	if err := s.Look(ctx, scope, yield); err != nil {
		return fmt.Errorf("compare pictures of pages with names: %w", err)
	}
	if s.Missed > 0 {
		c.hint("%d of %d page(s) that only OCR can read could not be compared with names: look at them yourself", s.Missed, s.Pages)
	}
	return nil
}

// pictureSpots compares the pictures of an edition with the names of protected
// people; nil for an edition without pictures.
func pictureSpots(ctx context.Context, d *desk, cleared protect.Cleared, list people.List) (func([]byte) ([]protect.Found, error), error) {
	pictures, err := cleared.Pictures()
	if err != nil || len(pictures) == 0 {
		return nil, err
	}
	s := spotting(ctx, d, list)
	defer s.Close()
	spotter, err := s.Spotter(ctx)
	if err != nil {
		return nil, err
	}
	return func(file []byte) ([]protect.Found, error) {
		m, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			return nil, errors.New("a picture of the edition cannot be read")
		}
		hits, err := spotter.Look(ctx, pipeline.Lines(m))
		if errors.Is(err, spot.ErrTooMuch) {
			return []protect.Found{{Person: "somebody", How: err.Error()}}, nil
		}
		var found []protect.Found
		for _, h := range hits {
			found = append(found, protect.Found{Person: h.Person, How: fmt.Sprintf("a word %d mm from the left and %d mm from the top looks like the name", millimetres(h.Box.Min.X), millimetres(h.Box.Min.Y))})
		}
		return found, err
	}, nil
}

func millimetres(pixels int) int {
	return int(math.Round(float64(pixels) * 25.4 / protect.FacsimileDPI))
}
