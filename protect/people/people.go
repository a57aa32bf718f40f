// Package people is the list of protected people as the vault keeps it: who
// must not be found through what leaves a case. It knows names; nothing else
// of a person but what kind of protection is meant.
package people

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vidimus"
	"vidimus/protect/match"
	"vidimus/writing"
)

// Kind is why a person is protected.
type Kind string

// Kinds is the closed list.
var Kinds = []Kind{"victim", "witness", "family", "other"}

// Person is one protected person. It prints as its number only.
type Person struct {
	ID    string   `json:"id"`
	Kind  Kind     `json:"kind"`
	Names []string `json:"names"` // every spelling that was typed
	Added string   `json:"added"` // the day
}

// Format keeps names out of every log and message.
func (p Person) Format(f fmt.State, _ rune) { fmt.Fprint(f, p.ID) }

// List is all protected people of a case.
type List struct {
	Next   int      `json:"next"` // number of the next person
	People []Person `json:"people"`
}

// Format keeps names out of every log and message.
func (l List) Format(f fmt.State, _ rune) { fmt.Fprintf(f, "%d people", len(l.People)) }

// Bounds of what a person can type.
const (
	maxPeople = 10_000
	maxName   = 200 // bytes
	maxNames  = 20
)

// Parse reads what Encode gave.
func Parse(b []byte) (List, error) {
	l := List{Next: 1}
	if err := json.Unmarshal(b, &l); err != nil || l.Next < 1 || len(l.People) > maxPeople {
		return List{}, errors.New("the list of protected people is damaged")
	}
	return l, nil
}

// Encode gives the list as the vault seals it.
func (l List) Encode() ([]byte, error) { return json.Marshal(l) }

// Parted reads one person from a line: spellings of the name, parted by =.
// Errors do not repeat it.
func Parted(line string) (names []string, err error) {
	for _, name := range strings.Split(line, "=") {
		name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
		switch {
		case name == "":
			continue
		case len(name) > maxName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
			return nil, fmt.Errorf("a name is UTF-8 text of at most %d bytes", maxName)
		case !match.Findable(name):
			return nil, vidimus.WithHint(errors.New("a name is too short to be looked for"), "three letters, or two Han characters, are the least: write the whole name")
		}
		names = append(names, name)
	}
	if len(names) == 0 || len(names) > maxNames {
		return nil, fmt.Errorf("a person has 1 to %d spellings on a line, parted by =", maxNames)
	}
	return names, nil
}

// Add puts a person on the list, or gives the number of one of whom a name is
// there already, with the new spellings added.
func (l *List) Add(kind Kind, names []string, day string) (id string, known bool, err error) {
	if !slices.Contains(Kinds, kind) {
		return "", false, errors.New("there is no such kind of protection")
	}
	for i, p := range l.People {
		if slices.ContainsFunc(p.Names, func(n string) bool { return slices.ContainsFunc(names, func(o string) bool { return same(n, o) }) }) {
			for _, n := range names {
				if !slices.ContainsFunc(l.People[i].Names, func(o string) bool { return same(n, o) }) {
					l.People[i].Names = append(l.People[i].Names, n)
				}
			}
			return p.ID, true, nil
		}
	}
	if len(l.People) == maxPeople {
		return "", false, fmt.Errorf("the list has %d people and takes no more", maxPeople)
	}
	l.Next = max(l.Next, 1)
	p := Person{fmt.Sprintf("P-%03d", l.Next), kind, names, day}
	l.Next++
	l.People = append(l.People, p)
	return p.ID, false, nil
}

func same(a, b string) bool { return writing.Fold(a) == writing.Fold(b) }

// Remove takes a person off the list.
func (l *List) Remove(id string) bool {
	before := len(l.People)
	l.People = slices.DeleteFunc(l.People, func(p Person) bool { return p.ID == id })
	return len(l.People) < before
}

// Forms gives every form by which the person is looked for, in the cases that
// Russian gives a name too: those that are sure, and those that may be.
func (p Person) Forms() (sure, unsure []string) { return p.forms(writing.NameCases) }

// Spellings gives the sure forms without their cases, as they are drawn to be
// looked for in pictures.
func (p Person) Spellings() []string {
	sure, _ := p.forms(func(string) []string { return nil })
	return sure
}

func (p Person) forms(cases func(string) []string) (sure, unsure []string) {
	seen := map[string]bool{}
	add := func(to *[]string, name string) {
		if key := strings.ToLower(name); match.Findable(name) && !seen[key] {
			seen[key] = true
			*to = append(*to, name)
		}
	}
	both := func(to *[]string, name string) {
		for _, form := range append([]string{name}, cases(name)...) {
			add(to, form)
			add(to, turned(form))
		}
	}
	var all []writing.Form
	for _, n := range p.Names {
		both(&sure, n)
		all = append(all, writing.NameForms(n)...)
	}
	for _, f := range all {
		if !f.Suggested {
			both(&sure, f.Text)
		}
	}
	for _, f := range all { // last: what one spelling suggests, another may make sure
		if f.Suggested {
			both(&unsure, f.Text)
		}
	}
	return sure, unsure
}

// scripts are those of the languages served, as people call them.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{{"Chinese characters", unicode.Han}, {"Arabic letters", unicode.Arabic}, {"Cyrillic letters", unicode.Cyrillic}, {"Latin letters", unicode.Latin}}

// Lacks names the scripts in which the person has no sure form: written in
// these the name is not, or only perhaps, found.
func (p Person) Lacks() (lacks []string) {
	sure, _ := p.Forms()
	for _, s := range scripts {
		if !slices.ContainsFunc(sure, func(form string) bool {
			return strings.ContainsFunc(form, func(r rune) bool { return unicode.Is(s.table, r) })
		}) {
			lacks = append(lacks, s.name)
		}
	}
	return lacks
}

// turned gives a name of two words with the second first.
func turned(name string) string {
	words := strings.Fields(name)
	if len(words) != 2 {
		return name
	}
	return words[1] + " " + words[0]
}

// Matcher looks for these people; for all when ids is empty.
func (l List) Matcher(ids ...string) *match.List {
	var all []match.Person
	for _, p := range l.People {
		if len(ids) > 0 && !slices.Contains(ids, p.ID) {
			continue
		}
		sure, unsure := p.Forms()
		all = append(all, match.Person{ID: p.ID, Forms: sure, Unsure: unsure})
	}
	return match.New(all)
}
