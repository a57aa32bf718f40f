package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestALineOfTheShellIsWhatAPersonMeans(t *testing.T) {
	sh := &shell{session: &session{dir: "/c"}}
	for line, want := range map[string]string{
		"status":                         "status|/c",
		"show  ITEM --text":              "show|/c|ITEM|--text",
		`add "/media/my stick" 'it "is'`: `add|/c|/media/my stick|it "is`,
		"add '' x":                       "add|/c||x",
		"search water  level":            "search|/c|--|water level",
		`search "water level" it's`:      `search|/c|--|"water level" it's`,
		"search a --limit 5 b --json":    "search|/c|--limit|5|--json|--|a b",
		"search --offset=3 -minus":       "search|/c|--offset=3|--|-minus",
		"search --nothing x":             "search|/c|--|--nothing x",
		"search -":                       "search|/c|--|-",
		"search":                         "search|/c",
		"search --help":                  "search|--help",
		"help search":                    "help|search",
		"key list":                       "key|list|/c",
		"doctor":                         "doctor|/c",
		"doctor /media/stick":            "doctor|/media/stick",
		"init other":                     "init|/c|other", // refused: one case is enough for a shell
		"licences":                       "licences",
		"nonsense x":                     "nonsense|x",
	} {
		words, err := splitLine(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		got := sh.fill(manual(&console{}, &unlocking{}), words)
		if diff := cmp.Diff(strings.Split(want, "|"), got); diff != "" {
			t.Errorf("%s: %s", line, diff)
		}
	}
	for _, line := range []string{"add 'half", `show "x`, `add "a'`} {
		if words, err := splitLine(line); err == nil {
			t.Errorf("%s became %q", line, words)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add(`add "a b" 'c'`)
	f.Add(`search "x y" it's --limit 3`)
	f.Fuzz(func(t *testing.T, line string) {
		if line = strings.TrimSpace(line); line == "" {
			return
		}
		words, err := splitLine(line)
		if err == nil && len(words) == 0 {
			t.Fatalf("%q has no word", line)
		}
	})
}
