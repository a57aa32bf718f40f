package intake

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
)

func TestTheDayOfReceiptIsAsCoarseAsThePersonWishes(t *testing.T) {
	now := time.Date(2024, 11, 30, 0, 0, 0, 0, time.UTC)
	for said, good := range map[string]bool{
		"": true, "2024": true, "2024-11": true, "2024-11-30": true, "1999": true,
		"2025": false, "2024-12": false, "2024-12-01": false, "2024-11-31": false, "24": false,
		"November": false, "2024-11-03T10:00:00Z": false, "2024-1": false, "-2024": false,
	} {
		if err := (Arrival{Received: said}).Check(now); (err == nil) != good {
			t.Errorf("%q: %v", said, err)
		} else if err != nil && vidimus.HintOf(err) == "" {
			t.Errorf("%q: no hint", said)
		}
	}
	if (Arrival{Note: "\xff"}).Check(now) == nil || (Arrival{Medium: strings.Repeat("x", maxSaid+1)}).Check(now) == nil {
		t.Error("what cannot be kept is accepted")
	}
}

func TestWhatWasSaidOfASourceComesBackAsItWasSaid(t *testing.T) {
	c, ctx := casetest.New(t), context.Background()
	first, second := Arrival{Received: "2024-11", Medium: "stick 1"}, Arrival{Note: "两行\nand one"}
	err := c.Do(ctx, func(w *archive.Work) error {
		for n := 1; n <= 2; n++ {
			if err := w.Files().AddSource(vidimus.Source{Number: n, Folder: true}); err != nil {
				return err
			}
		}
		RegisterArrival(w, 1, first)
		RegisterArrival(w, 2, second)
		RegisterArrival(w, 1, second)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []Arrival
	err = c.View(ctx, func(tx archive.Tx) (err error) {
		got, err = Arrivals(tx, 1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	today := time.Now().UTC().Format(time.DateOnly)
	first.Written, second.Written = today, today
	if diff := cmp.Diff([]Arrival{first, second}, got); diff != "" {
		t.Error(diff)
	}
	if second.Written = ""; !second.Known(got) || (Arrival{Medium: "stick 1", Received: "2024-11"}).Known(got) {
		t.Error("the last thing said is not known as such")
	}
	a, err := c.AuditContent(ctx)
	if err != nil || len(a.Findings) > 0 {
		t.Errorf("audit: %v, %v", a.Findings, err)
	}
}
