// Command build makes the tables of names from the lists that inputs.sh
// fetches. The same lists give the same bytes.
package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func main() {
	in := flag.String("in", "", "the folder that inputs.sh made")
	out := flag.String("out", "understand/lexicon", "where the tables go")
	flag.Parse()
	b := builder{*in, *out}
	b.chinese()
	b.english()
	b.russian()
	for _, language := range []string{"kk", "ug"} {
		t := table{}
		for _, name := range b.lines("cldr-" + language + ".tsv") {
			t.add("place", name)
		}
		b.write(language, t)
	}
}

type builder struct{ in, out string }

// table is the words of each class.
type table map[string]map[string]bool

func (t table) add(class, word string) {
	if word == "" || strings.ContainsAny(word, "\t\n") {
		return
	}
	if t[class] == nil {
		t[class] = map[string]bool{}
	}
	t[class][word] = true
}

func (b builder) lines(name string) []string {
	raw, err := os.ReadFile(filepath.Join(b.in, name))
	if err != nil {
		log.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(raw)), "\n")
}

// write makes a table: a line "class<tab>word word …" for each class; words
// have no space but "_".
func (b builder) write(language string, t table) {
	var text bytes.Buffer
	for _, class := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(&text, "%s", class)
		for _, w := range slices.Sorted(maps.Keys(t[class])) {
			fmt.Fprintf(&text, "\t%s", w)
		}
		fmt.Fprintln(&text)
	}
	b.compress(language, text.Bytes())
}

func (b builder) compress(language string, text []byte) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := w.Write(text); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	path := filepath.Join(b.out, language+".gz")
	if err := os.WriteFile(path, packed.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Println(path, packed.Len(), "bytes")
}

// chinese keeps the words of gse's dictionary that are common, or names: a
// line "word<tab>frequency<tab>class", and CLDR's places.
func (b builder) chinese() {
	classes := map[string]string{"nr": "person", "nrt": "foreign", "nrfg": "person", "ns": "place", "nt": "organisation"}
	have, cldr := map[string]bool{}, map[string]bool{}
	for _, place := range b.lines("cldr-zh.tsv") {
		cldr[place] = len([]rune(place)) > 1
	}
	var text bytes.Buffer
	for _, line := range b.lines("gse.tsv") {
		f := strings.Fields(line)
		if len(f) != 3 {
			continue
		}
		n, err := strconv.Atoi(f[1])
		if err != nil || n < 4 && classes[f[2]] == "" {
			continue
		}
		have[f[0]] = true
		class := classes[f[2]]
		if class == "" && f[2] != "vn" && strings.ContainsAny(f[2][:1], "vdpcurqfyeotm") {
			class = "common" // no part of a name
		}
		if cldr[f[0]] {
			class = "place"
		}
		fmt.Fprintf(&text, "%s\t%d\t%s\n", f[0], n, class)
	}
	for _, place := range b.lines("cldr-zh.tsv") {
		if !have[place] && cldr[place] {
			fmt.Fprintf(&text, "%s\t%d\tplace\n", place, 50)
		}
	}
	b.compress("zh", text.Bytes())
}

func (b builder) english() {
	classes := map[string]string{
		"FirstName": "first", "MaleName": "first", "FemaleName": "first", "Person": "person", "LastName": "last",
		"City": "place", "Country": "place", "Region": "place", "Place": "place",
		"Organization": "organisation", "SportsTeam": "organisation", "Demonym": "demonym",
		"Singular": "common", "Plural": "common", "Adjective": "common", "Infinitive": "common", "PastTense": "common",
		"PresentTense": "common", "Gerund": "common", "Actor": "common", "Uncountable": "common", "Noun": "common",
		"Adverb": "common", "Preposition": "common", "Conjunction": "common", "Determiner": "common", "Pronoun": "common",
		"Month": "common", "WeekDay": "common", "Participle": "common", "Comparative": "common", "Superlative": "common",
		"Unit": "common", "Expression": "common", "QuestionWord": "common", "Modal": "common", "Ordinal": "common",
	}
	t := table{}
	for _, line := range b.lines("compromise.tsv") {
		tag, word, _ := strings.Cut(line, "\t")
		if class := classes[tag]; class != "" {
			t.add(class, word)
		}
	}
	for _, file := range []string{"cldr-en.tsv", "cities.tsv"} {
		for _, name := range b.lines(file) {
			t.add("place", strings.ToLower(name))
		}
	}
	b.write("en", t)
}

func (b builder) russian() {
	t := table{}
	for class, file := range map[string]string{"first": "opencorpora-first.tsv", "last": "opencorpora-last.tsv", "place": "opencorpora-place.tsv"} {
		for _, line := range b.lines(file) {
			word, _, _ := strings.Cut(line, "\t")
			t.add(class, word)
		}
	}
	for _, name := range b.lines("natasha/data/dict/first.txt") {
		t.add("first", strings.TrimSpace(name))
	}
	for _, name := range b.lines("cldr-ru.tsv") {
		t.add("place", strings.ToLower(name))
	}
	b.write("ru", t)
}
