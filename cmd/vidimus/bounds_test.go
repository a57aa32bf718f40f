package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"vidimus"
)

// overCase are the verbs that print what is in a case, all of it, and what
// each may hold. A verb that is not here is looked at before it is added: none
// lists, counts or ranks people.
var overCase = map[string]string{
	"list": "files", "status": "counts of files", "duplicates": "files", "timeline": "dates", "conversations": "mails",
	"officials": "whom readers have entered", "export": "pages", "audit": "findings about files", "receipt": "sources",
}

// No verb over a case prints persons, and none of those about mentions prints
// the words of what is withheld.
func TestNoVerbListsPeopleOverACase(t *testing.T) {
	dir, u := practiceCase(t)
	call := func(args ...string) string {
		_, out := runVerb(t, "", append(args, "--identity", u.identityFile, "--json")...)
		return out
	}
	for verb := range overCase {
		args := []string{verb, dir}
		if verb == "export" {
			continue // the text itself, as a copy
		}
		if out := call(args...); strings.Contains(out, `"kind":"person"`) || strings.Contains(out, `"person"`) {
			t.Errorf("%s gives persons", verb)
		}
	}
	if out := call("mentions", dir); !strings.Contains(out, `"error"`) {
		t.Error("mentions are given without a document")
	}
	withheld, persons := 0, 0
	for line := range strings.Lines(call("list", dir)) {
		var f struct{ Item, State string }
		if json.Unmarshal([]byte(line), &f) != nil || f.Item == "" || f.State == "duplicate" {
			continue // a copy's mentions are those of what it copies
		}
		for line := range strings.Lines(call("mentions", dir, "--item", f.Item)) {
			var m map[string]any
			if json.Unmarshal([]byte(line), &m) != nil || m["kind"] == nil {
				continue
			}
			kind := vidimus.MentionKind(fmt.Sprint(m["kind"]))
			_, text := m["text"]
			_, value := m["value"]
			switch {
			case kind.Withheld() && (text || value || m["amount"] != nil):
				t.Errorf("a %s is given with its words", kind)
			case kind.Withheld():
				withheld++
			case kind == vidimus.Person:
				persons++
			}
			if m["item"] != f.Item {
				t.Fatal("a mention of another document is given")
			}
		}
	}
	if withheld == 0 || persons == 0 {
		t.Errorf("%d withheld and %d persons: the case shows nothing", withheld, persons)
	}
}

// No flag of any verb asks for persons over a case.
func TestNoFlagAsksForPeople(t *testing.T) {
	c := &console{in: strings.NewReader(""), out: os.Stdout, err: os.Stderr}
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		if f := cmd.Flag("kind"); f != nil && cmd.Name() == "mentions" && cmd.Flag("item") == nil {
			t.Error("mentions can be asked for without a document")
		}
		for _, word := range []string{"person", "people", "face", "rank", "score"} {
			if cmd.Flag(word) != nil || cmd.Name() == word {
				t.Errorf("%s: %s is asked for", cmd.CommandPath(), word)
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(manual(c, &unlocking{}))
}

// Every pair of the practice leak's table is found together, and no file
// stands in a group that the table does not put it in.
func TestTheLeaksDuplicatesAreFound(t *testing.T) {
	dir, u := practiceCase(t)
	_, out := runVerb(t, "", "duplicates", dir, "--identity", u.identityFile, "--json")
	var found alikes
	if err := json.Unmarshal([]byte(out[strings.Index(out, "{"):strings.LastIndex(out, "}")+1]), &found); err != nil {
		t.Fatal(err)
	}
	group := map[string]int{}
	for n, members := range found.Groups {
		for _, m := range members {
			group[m.Path] = n + 1
		}
	}
	b, err := os.ReadFile(filepath.Join(leak, "duplicates.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for n, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		f := strings.Split(line, "\t")
		if n == 0 || f[2] == "translation" {
			continue
		}
		wanted[f[0]], wanted[f[1]] = true, true
		if group[f[0]] == 0 || group[f[0]] != group[f[1]] {
			t.Errorf("a pair (%s) of line %d is not found", f[2], n+1)
		}
	}
	for path := range group {
		if !wanted[path] {
			t.Errorf("a file is in a group that the table does not have: %s", path)
		}
	}
}
