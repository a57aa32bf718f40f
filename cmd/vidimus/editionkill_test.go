//go:build linux

package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

// harmful does an act in a way that can cut it short, and tells whether the
// program said that it was done.
type harmful func(act) (done bool)

// endure does each act so often under harm, and after each checks what is left
// and does the act again to its end. It counts how the acts were found.
func (e *edited) endure(times int, harm harmful) map[string]int {
	e.t.Helper()
	found := map[string]int{}
	for n, a := range e.acts {
		for range times {
			e.restore(n)
			said := harm(a)
			how := e.after(a, said)
			found[a.name+": "+how]++
			if e.t.Failed() {
				e.t.Fatalf("%s, %s", a.name, how)
			}
		}
	}
	return found
}

// after checks what an act has left, and does it again to its end.
func (e *edited) after(a act, said bool) (how string) {
	e.t.Helper()
	switch a.name {
	case "destroy":
		return e.afterDestroy(a, said)
	case "dispose":
		return e.afterDispose(a, said)
	}
	e.audited()
	how = e.honest()
	if said && (a.name == "release" || a.name == "withdraw") && how == "unreleased" {
		e.t.Errorf("%s said that it was done", a.name)
	}
	out, done := e.run(a)
	already := strings.Contains(out, "no unreleased edition of this name") && how == "released" ||
		strings.Contains(out, "was withdrawn already") && how == "withdrawn"
	if !done && !already {
		e.t.Errorf("%s again: %s", a.name, out)
	}
	e.audited()
	want := map[string]string{"release": "released", "withdraw": "withdrawn"}[a.name]
	if end := e.honest(); want != "" && end != want {
		e.t.Errorf("in the end it is %s", end)
	}
	if a.name == "withdraw" && len(e.files(e.out)) != 1 {
		e.t.Error("files of what was withdrawn are left")
	}
	return how
}

// afterDispose wants no disposal, or one to which the next opening finds an
// end; after it no word of the paper stands in the case.
func (e *edited) afterDispose(a act, said bool) (how string) {
	e.t.Helper()
	e.audited()
	how = "whole"
	if out := e.must("", "status", e.dir, "--no-state"); strings.Contains(out, `"disposed":1`) {
		how = "disposed"
	} else if said || !strings.Contains(out, `"read":2`) {
		e.t.Errorf("it said done: %v, and it is: %s", said, out)
	}
	out, done := e.run(a)
	if already := strings.Contains(out, "was disposed of already"); !done && !already || done == (how == "disposed") {
		e.t.Errorf("again, where it was %s: %s", how, out)
	}
	e.audited()
	e.honest()
	for path, b := range openedUp(e.t, e.dir, e.identity) {
		if bytes.Contains(b, []byte("stays.txt")) {
			continue
		}
		if bytes.Contains(b, []byte("paper.txt")) {
			e.t.Errorf("the name stands in %s", path)
		}
	}
	if out := e.must("", "search", e.dir, "meadow"); !strings.Contains(out, `"total":1`) {
		e.t.Errorf("what stays: %s", out)
	}
	return how
}

// afterDestroy wants a whole case, or one that opens no more and goes by the
// same command.
func (e *edited) afterDestroy(a act, said bool) (how string) {
	e.t.Helper()
	if _, err := os.Lstat(e.dir); os.IsNotExist(err) {
		return "gone"
	}
	if said {
		e.t.Error("it said that the case was destroyed")
	}
	how = "begun"
	if _, err := os.Lstat(e.dir + "/format"); err == nil {
		how = "whole"
		e.audited()
	} else if c, _ := e.command("", "status", e.dir); c.Run() == nil {
		e.t.Error("what is being destroyed opens")
	}
	if out, done := e.run(a); !done {
		e.t.Errorf("again: %s", out)
	}
	if _, err := os.Lstat(e.dir); !os.IsNotExist(err) {
		e.t.Errorf("the folder is left: %v", err)
	}
	return how
}

// span is how long an act takes unharmed.
func (e *edited) span(n int) time.Duration {
	e.t.Helper()
	e.restore(n)
	began := time.Now()
	if out, done := e.run(e.acts[n]); !done {
		e.t.Fatalf("%s: %s", e.acts[n].name, out)
	}
	return time.Since(began)
}

// A kill at any instant of approving, making, deciding, releasing, withdrawing,
// disposing and destroying leaves a case that opens and verifies, and nothing
// that looks released and is not; the same command, given again, ends it.
func TestAKilledActOnAnEditionLeavesNothingThatLooksReleasedAndIsNot(t *testing.T) {
	kills := 1
	if testing.Short() {
		t.Skip("it kills programs, and they are begun again")
	}
	if _, err := fmt.Sscan(os.Getenv("VIDIMUS_KILLS"), &kills); err != nil && os.Getenv("VIDIMUS_KILLS") != "" {
		t.Fatal(err)
	}
	e := newEdited(t)
	spans := map[string]time.Duration{}
	for n, a := range e.acts {
		spans[a.name] = e.span(n)
	}
	random := rand.New(rand.NewPCG(31, 7))
	tooLate := 0
	found := e.endure(kills, func(a act) bool {
		c, _ := e.command(a.in, a.args...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(spans[a.name]/4 + time.Duration(random.Int64N(int64(spans[a.name])))) // it opens the case first
		c.Process.Kill()
		done := c.Wait() == nil
		if done {
			tooLate++
		}
		return done
	})
	t.Logf("%d kills of %d acts within %v, %d of them too late: %v", kills*len(e.acts), len(e.acts), spans, tooLate, found)
}

// On a disk that is full no act leaves such a thing either, and what is said is
// clear.
func TestAFullDiskReleasesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it mounts disks and fills them")
	}
	rounds := 1
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 20
	}
	disk := newTight(t)
	e := newEditedOn(t, disk.dir)
	random := rand.New(rand.NewPCG(5, 9))
	stops := map[string]int{}
	found := e.endure(rounds, func(a act) bool {
		room := random.Int64N(random.Int64N(2<<20) + 1)
		if a.name == "make" && stops["make"] == 0 {
			room = min(room, 64<<10) // less than any edition takes
		}
		disk.leave(t, room)
		defer disk.makeRoom()
		out, done := e.run(a)
		if !done {
			stops[a.name]++
			stopped(t, a.name, out)
		}
		return done
	})
	t.Logf("%d rounds of %d acts; stopped by the full disk: %v; %v", rounds, len(e.acts), stops, found)
	if stops["make"]+stops["decide"]+stops["release"]+stops["dispose"] == 0 {
		t.Error("the disk was never full")
	}
}
