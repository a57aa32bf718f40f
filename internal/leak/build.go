package leak

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// Build makes all files of the leak, in the order of their paths, and last
// SHA256SUMS over them.
func Build() ([]Output, error) {
	set, err := Setter()
	if err != nil {
		return nil, err
	}
	var out []Output
	made := map[string]Made{}
	for _, d := range Documents() {
		m, err := Make(d, set)
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", d.Name, err)
		}
		made[d.Name] = m
		out = append(out, Output{"files/" + d.Path, m.Data}, Output{"truth/" + d.Name + ".txt", truth(m.Pages)})
	}
	for _, c := range Copies() {
		out = append(out, Output{"files/" + c.Path, made[c.Of].Data})
	}
	out = append(out, Output{"files/" + Damaged, damage(made["memo"].Data)}, Output{"documents.tsv", table(made)})
	slices.SortFunc(out, func(a, b Output) int { return cmp.Compare(a.Path, b.Path) })
	return append(out, Output{"SHA256SUMS", sums(out)}), nil
}

// truth is a document's sidecar: its pages, split by form feeds.
func truth(pages []Page) []byte {
	var texts []string
	for _, p := range pages {
		texts = append(texts, p.Text)
	}
	return []byte(strings.Join(texts, "\f"))
}

// damage keeps the first line and the middle third.
func damage(pdf []byte) []byte {
	first := pdf[:bytes.IndexByte(pdf, '\n')+1]
	return slices.Concat(first, pdf[len(pdf)/3:len(pdf)*2/3])
}

// table is documents.tsv: a line for each file below files/.
func table(made map[string]Made) []byte {
	var w strings.Builder
	w.WriteString("path\tkind\tlanguages\tpages\tsections\tblank\twordless\tduplicate_of\tdamaged\ttruth\n")
	row := func(path string, m Made, of string) {
		kind, pages, sections := "text", 0, 1
		if m.pdf() {
			kind, pages, sections = "pdf", len(m.Pages), 0
		}
		var blank, wordless int
		for _, p := range m.Pages {
			switch {
			case p.Blank:
				blank++
			case p.Text == "":
				wordless++
			}
		}
		fmt.Fprintf(&w, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%s\tno\ttruth/%s.txt\n", path, kind,
			strings.Join(m.Languages, " "), pages, sections, blank, wordless, of, m.Name)
	}
	for _, d := range Documents() {
		row(d.Path, made[d.Name], "")
	}
	for _, c := range Copies() {
		row(c.Path, made[c.Of], made[c.Of].Path)
	}
	fmt.Fprintf(&w, "%s\tpdf\t\t\t\t\t\t\tyes\t\n", Damaged)
	return []byte(w.String())
}

// sums is a list that sha256sum -c understands.
func sums(files []Output) []byte {
	var w strings.Builder
	for _, f := range files {
		fmt.Fprintf(&w, "%x  %s\n", sha256.Sum256(f.Data), f.Path)
	}
	return []byte(w.String())
}
