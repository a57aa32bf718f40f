package leak

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Build makes all files of the leak, in the order of their paths, and last
// SHA256SUMS over them.
func Build() ([]Output, error) {
	set, err := Setter()
	if err != nil {
		return nil, err
	}
	m := maker{set, map[string]Made{}}
	var out []Output
	for _, d := range Documents() {
		made, err := m.Make(d)
		if err != nil {
			return nil, fmt.Errorf("make %s: %w", d.Name, err)
		}
		m.made[d.Name] = made
		out = append(out, Output{"files/" + d.Path, made.Data}, Output{"truth/" + d.Name + ".txt", truth(made.Pages)})
	}
	for _, c := range Copies() {
		out = append(out, Output{"files/" + c.Path, m.made[c.Of].Data})
	}
	sealed, err := locked(packed{"底稿.txt", m.made["counts"].Data}, Password)
	if err != nil {
		return nil, err
	}
	out = append(out, Output{"files/" + Damaged, damage(m.made["memo"].Data)}, Output{"files/" + Locked, sealed},
		Output{"documents.tsv", table(m.made)})
	known, err := tables(m.made)
	if err != nil {
		return nil, err
	}
	out = append(out, known...)
	slices.SortFunc(out, func(a, b Output) int { return cmp.Compare(a.Path, b.Path) })
	return append(out, Output{"SHA256SUMS", sums(out)}), nil
}

// textFile writes plain text between two lines that carry the mark.
func textFile(d Document, words string) (data []byte, pages []Page, err error) {
	text := markLine(d.Languages) + "\n\n" + words + "\n" + markLine(d.Languages) + "\n"
	data, pages = []byte(text), []Page{{Text: text}}
	if d.GB18030 {
		windows := strings.ReplaceAll(text, "\n", "\r\n")
		data, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(windows))
	}
	return data, pages, err
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
	w.WriteString("path\tkind\tlanguages\tpages\tsections\tblank\twordless\tduplicate_of\tdamaged\ttruth\tdocument\tcounted\tinside\tinside_duplicates\n")
	row := func(path string, m Made, of string) {
		pages, sections, blank, wordless := m.extent()
		inside, duplicates := 0, 0
		if m.mail != nil {
			inside, duplicates = m.mail.inside()
		}
		counted := m.counted()
		if of != "" {
			counted = 0
		}
		fmt.Fprintf(&w, "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%s\tno\ttruth/%s.txt\t%s\t%d\t%d\t%d\n", path, m.kind(),
			strings.Join(m.Languages, " "), pages, sections, blank, wordless, of, m.Name, m.document(), counted, inside, duplicates)
	}
	for _, d := range Documents() {
		row(d.Path, made[d.Name], "")
	}
	for _, c := range Copies() {
		row(c.Path, made[c.Of], made[c.Of].Path)
	}
	fmt.Fprintf(&w, "%s\tpdf\t\t\t\t\t\t\tyes\t\t\t0\t0\t0\n", Damaged)
	fmt.Fprintf(&w, "%s\tlocked\t\t\t\t\t\t\tno\t\t\t0\t1\t0\n", Locked)
	return []byte(w.String())
}

// extent counts what a reader finds: pages that the source has, sections that
// we make of what has none.
func (m Made) extent() (pages, sections, blank, wordless int) {
	if !m.pdf() && m.Scan == nil {
		for _, p := range m.Pages {
			if !p.Hidden {
				sections++
			}
		}
		return 0, sections, 0, 0
	}
	for _, p := range m.Pages {
		switch {
		case p.Blank:
			blank++
		case p.Text == "":
			wordless++
		}
	}
	return len(m.Pages), 0, blank, wordless
}

// counted is what a document adds to the pages of the leak: its pages; the
// pages that its writer's breaks make (Word); its sheets, hidden ones too; one
// for a mail and for a text file.
func (m Made) counted() int {
	if m.kind() == "docx" {
		words, _ := m.words() // it was made of them
		return 1 + strings.Count(words, "%page")
	}
	return len(m.Pages)
}

// inside counts the files that a mail holds, archives and what is in them, and
// how many of these are copies of documents that lie beside it.
func (m *mail) inside() (files, duplicates int) {
	if m.attach == "" {
		return 0, 0
	}
	archives, _, _ := strings.Cut(m.attach, ": ")
	duplicates = len(m.carried())
	return strings.Count(archives, ">") + 1 + duplicates, duplicates
}

// sums is a list that sha256sum -c understands.
func sums(files []Output) []byte {
	var w strings.Builder
	for _, f := range files {
		fmt.Fprintf(&w, "%x  %s\n", sha256.Sum256(f.Data), f.Path)
	}
	return []byte(w.String())
}
