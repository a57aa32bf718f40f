package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"vidimus/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	os.Exit(m.Run())
}

func TestTheSpreadIsMedianLeastAndGreatest(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		want   string
	}{
		{"one round", []float64{2}, "2.00 [2.00–2.00]"},
		{"an odd number of rounds", []float64{3, 1, 20}, "3.00 [1.00–20.0]"},
		{"an even number lies between", []float64{400, 100, 200, 1}, "150 [1.00–400]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := spreadOf(c.values).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestARatioIsTakenRoundByRound(t *testing.T) {
	// The machine was twice as slow in the second round: the ratio is not.
	r := ratio{a: []float64{1, 2, 1}, b: []float64{2, 4, 2}}
	if got := r.spread(); got != (spread{0.5, 0.5, 0.5}) {
		t.Errorf("got %v", got)
	}
}

func TestTheTableSaysWhatMissedItsGoal(t *testing.T) {
	b := &book{ratios: []*ratio{
		{what: "slow", goal: 1, a: []float64{3}, b: []float64{1}},
		{what: "fast", goal: 1, a: []float64{1}, b: []float64{3}},
	}}
	for line := range strings.Lines(b.tables()) {
		if strings.HasPrefix(line, "| slow") != strings.Contains(line, "missed") ||
			strings.HasPrefix(line, "| fast") != strings.Contains(line, ": met") {
			t.Errorf("got %s", line)
		}
	}
}

func TestTheSideThatGoesFirstChanges(t *testing.T) {
	b, order := &book{}, ""
	side := func(name string) func(context.Context) error {
		return func(context.Context) error { order += name; return nil }
	}
	for b.round = range 3 {
		if err := b.compare(t.Context(), ratio{what: "it"}, side("a"), side("b")); err != nil {
			t.Fatal(err)
		}
	}
	if order != "abbaab" || len(b.ratios) != 1 || len(b.ratios[0].a) != 3 {
		t.Errorf("order %s, %d ratios", order, len(b.ratios))
	}
}

func TestAFailedSideEndsTheMeasure(t *testing.T) {
	broken := errors.New("broken")
	works := func(context.Context) error { return nil }
	err := (&book{}).compare(t.Context(), ratio{}, works, func(context.Context) error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestWorkIsCountedInProcessorTime(t *testing.T) {
	idle, err := costOf(func() error { time.Sleep(100 * time.Millisecond); return nil })
	if err != nil || idle.Wall < 100*time.Millisecond || idle.CPU > 50*time.Millisecond {
		t.Errorf("asleep for %v it took %v, %v", idle.Wall, idle.CPU, err)
	}
	busy, err := costOf(func() error {
		for end := cpuTime() + 60*time.Millisecond; cpuTime() < end; {
		}
		return nil
	})
	if err != nil || busy.CPU < 60*time.Millisecond {
		t.Errorf("busy it took %v, %v", busy.CPU, err)
	}
}
