package leak

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// known has what is known of the leak, written by hand; where things stand is
// found in the pages and added.
//
//go:embed known
var known embed.FS

// sheetOf is a table of tab-separated lines under a line of names.
type sheetOf struct {
	names []string
	rows  []map[string]string
}

func knownTable(name string) (sheetOf, error) {
	b, err := known.ReadFile("known/" + name + ".tsv")
	if err != nil {
		return sheetOf{}, err
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	t := sheetOf{names: strings.Split(lines[0], "\t")}
	for n, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(t.names) {
			return sheetOf{}, fmt.Errorf("read %s.tsv: line %d has %d cells, want %d", name, n+2, len(cells), len(t.names))
		}
		row := map[string]string{}
		for i, c := range cells {
			row[t.names[i]] = c
		}
		t.rows = append(t.rows, row)
	}
	return t, nil
}

// output writes the table with its columns in this order.
func (t sheetOf) output(path string, names ...string) Output {
	var w strings.Builder
	w.WriteString(strings.Join(names, "\t") + "\n")
	for _, r := range t.rows {
		var cells []string
		for _, n := range names {
			cells = append(cells, r[n])
		}
		w.WriteString(strings.Join(cells, "\t") + "\n")
	}
	return Output{path, []byte(w.String())}
}

// tables makes the tables of what is known.
func tables(made map[string]Made) ([]Output, error) {
	p := newPlaces(made)
	var out []Output
	for _, f := range []func(places) (Output, error){entities, claims, duplicates, protected, traces} {
		o, err := f(p)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, nil
}

// places are the pages of all documents, without white space: a name can stand
// at the end of a line and go on in the next.
type places struct {
	made  map[string]Made
	pages map[string][]string
}

func newPlaces(made map[string]Made) places {
	p := places{made, map[string][]string{}}
	for name, m := range made {
		for _, page := range m.Pages {
			p.pages[name] = append(p.pages[name], squeezed(page.Text))
		}
	}
	return p
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, norm.NFC.String(s))
}

// page gives the first page of a document that has the words, counted from 1.
func (p places) page(document, words string) (int, error) {
	i := slices.IndexFunc(p.pages[document], func(page string) bool { return strings.Contains(page, squeezed(words)) })
	if i < 0 {
		return 0, fmt.Errorf("find %q in %s: it does not stand on one page", words, document)
	}
	return i + 1, nil
}

// seen lists the pages on which one of the forms stands, as "memo:1-2,4".
func (p places) seen(forms ...string) string {
	var all []string
	for _, d := range Documents() {
		var on []int
		for i, page := range p.pages[d.Name] {
			if slices.ContainsFunc(forms, func(f string) bool { return f != "" && strings.Contains(page, squeezed(f)) }) {
				on = append(on, i+1)
			}
		}
		if len(on) > 0 {
			all = append(all, d.Name+":"+ranges(on))
		}
	}
	return strings.Join(all, " ")
}

// ranges writes growing numbers as "1-3,5".
func ranges(numbers []int) string {
	var out []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if s := strconv.Itoa(numbers[i]); i == j {
			out = append(out, s)
		} else {
			out = append(out, s+"-"+strconv.Itoa(numbers[j]))
		}
		i = j + 1
	}
	return strings.Join(out, ",")
}

// scripts are the columns in which a name stands.
var scripts = []string{"latin", "han", "pinyin", "uyghur", "uly", "russian", "kazakh"}

func forms(row map[string]string) []string {
	var all []string
	for _, s := range scripts {
		all = append(all, row[s])
	}
	return append(all, strings.Split(row["also"], "|")...)
}

func entities(p places) (Output, error) {
	t, err := knownTable("entities")
	for _, r := range t.rows {
		r["seen"] = p.seen(forms(r)...)
	}
	return t.output("entities.tsv", append(t.names, "seen")...), err
}

func claims(p places) (Output, error) {
	t, err := knownTable("claims")
	if err != nil {
		return Output{}, err
	}
	for _, r := range t.rows {
		n, err := p.page(r["document"], r["words"])
		if err != nil {
			return Output{}, err
		}
		r["page"] = strconv.Itoa(n)
	}
	return t.output("claims.tsv", slices.Insert(slices.Clone(t.names), 2, "page")...), nil
}

func traces(p places) (Output, error) {
	t, err := knownTable("traces")
	if err != nil {
		return Output{}, err
	}
	for _, r := range t.rows {
		if r["words"] == "" {
			continue // of the file, not of a page
		}
		n, err := p.page(r["document"], r["words"])
		if err != nil {
			return Output{}, err
		}
		r["page"] = strconv.Itoa(n)
	}
	return t.output("traces.tsv", "kind", "document", "page", "words", "where"), nil
}

// protected lists who must not leave by name: the people known by hand, and
// everybody on the list of the first batch.
func protected(p places) (Output, error) {
	t, err1 := knownTable("protected")
	e, err2 := knownTable("entities")
	if err1 != nil || err2 != nil {
		return Output{}, fmt.Errorf("read who is protected: %v, %v", err1, err2)
	}
	for _, r := range t.rows {
		i := slices.IndexFunc(e.rows, func(x map[string]string) bool { return x["id"] == r["entity"] })
		if i < 0 {
			return Output{}, fmt.Errorf("protect %s: no such entity", r["entity"])
		}
		for _, s := range append(scripts, "also") {
			r[s] = e.rows[i][s]
		}
		r["seen"] = p.seen(forms(r)...)
	}
	for _, b := range prisoners() {
		if b.number == 119 {
			continue // known by hand
		}
		t.rows = append(t.rows, map[string]string{"entity": fmt.Sprintf("batch-%04d", b.number), "why": "on the list of the first batch",
			"latin": b.name.latin, "han": b.name.han, "uyghur": b.name.uyghur, "russian": b.name.russian, "seen": p.seen(b.name.han)})
	}
	return t.output("protected.tsv", slices.Concat([]string{"entity", "why"}, scripts, []string{"also", "seen"})...), nil
}

// duplicates lists pairs: by hand those that differ, and every exact copy,
// those in archives too.
func duplicates(p places) (Output, error) {
	t, err := knownTable("duplicates")
	for _, r := range t.rows {
		r["a"], r["b"] = p.made[r["a"]].Path, p.made[r["b"]].Path
	}
	exact := func(a, b string) {
		t.rows = append(t.rows, map[string]string{"a": a, "b": b, "how": "exact"})
	}
	for _, c := range Copies() {
		exact(p.made[c.Of].Path, c.Path)
	}
	for _, d := range Documents() {
		if d.mail == nil || d.mail.attach == "" {
			continue
		}
		archives, _, _ := strings.Cut(d.mail.attach, ": ")
		for _, name := range d.mail.carried() {
			_, file, _ := cut(p.made[name].Path, "/")
			exact(p.made[name].Path, d.Path+"/"+strings.ReplaceAll(archives, ">", "/")+"/"+file)
		}
	}
	return t.output("duplicates.tsv", "a", "b", "how", "differs"), err
}
