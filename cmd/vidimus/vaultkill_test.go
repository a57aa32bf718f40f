//go:build linux

package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// vaultOpens tells whether an identity opens the list of protected people.
func (k *keyed) vaultOpens(dir, identity string) bool {
	k.t.Helper()
	out, err := k.command("protected", "list", dir, "--vault-identity", identity, "--json").CombinedOutput()
	if err == nil && !strings.Contains(string(out), `"id":"P-001"`) {
		k.t.Errorf("the list is %s", out)
	}
	if err != nil && !strings.Contains(string(out), "does not open with this") {
		k.t.Fatalf("neither opened nor refused: %s", out)
	}
	return err == nil
}

// vaulted gives the case a list, with a way that is to be removed; it gives the
// id of that.
func (k *keyed) vaulted() (way string) {
	k.t.Helper()
	c := k.command("protected", "add", k.dir("first"), "--vault-recipient", k.recipients[0])
	c.Stdin = strings.NewReader("Berak Tushan\n")
	if out, err := c.CombinedOutput(); err != nil {
		k.t.Fatalf("%v: %s", err, out)
	}
	var added struct{ Way string }
	out := k.must("protected", "key", "add", k.dir("first"), "--recipient", k.recipients[1], "--vault-identity", k.stays, "--json")
	if err := json.Unmarshal([]byte(out), &added); err != nil {
		k.t.Fatal(err)
	}
	return added.Way
}

// A kill at any instant leaves the list with all ways, or with those that stay
// alone; nobody is lost from it, and the same command ends it.
func TestAKilledChangeOfTheVaultsWaysLeavesAllOrThoseThatStay(t *testing.T) {
	kills := 6
	if os.Getenv("VIDIMUS_STRESS") == "1" {
		kills = 100
	} else if testing.Short() {
		kills = 1
	}
	k := newKeyed(t)
	way := k.vaulted()
	remove := func(dir string) []string {
		return []string{"protected", "key", "remove", dir, way, "--vault-identity", k.stays}
	}
	began := time.Now()
	k.must(remove(k.copy(k.dir("whole")))...)
	whole := time.Since(began)
	random := rand.New(rand.NewPCG(7, 12))
	before, after := 0, 0
	for range kills {
		dir := k.copy(k.dir("killed"))
		c := k.command(remove(dir)...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(whole/4 + time.Duration(random.Int64N(int64(whole))))
		c.Process.Kill()
		ended := c.Wait() == nil
		if !k.vaultOpens(dir, k.stays) {
			t.Error("the way that stays does not open")
		}
		if k.vaultOpens(dir, k.removed) {
			if before++; ended {
				t.Error("it said that the way was removed, and it opens")
			}
			k.must(remove(dir)...)
		} else {
			after++
			// The way is gone; who writes next puts the rest in its place.
			if err := k.command(remove(dir)...).Run(); err == nil {
				t.Error("a way that is gone was removed again")
			}
		}
		if k.vaultOpens(dir, k.removed) || !k.vaultOpens(dir, k.stays) {
			t.Error("in the end the wrong way opens")
		}
		k.sound(dir)
		if left, err := os.ReadDir(filepath.Join(dir, "vault")); err != nil || len(left) != 2 {
			t.Errorf("%d files of the vault, %v", len(left), err)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d kills within %v: %d before the commit, %d after", kills, whole.Round(time.Millisecond), before, after)
}
