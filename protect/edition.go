package protect

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vidimus"
)

// EditionFormat is the first field of an edition's words: spec/edition.md.
const EditionFormat = "vidimus-edition/1"

// Edition is every word that the public would see.
type Edition struct {
	Format       string        `json:"format"`
	Mode         Mode          `json:"mode"`
	Title        string        `json:"title"`
	Publisher    string        `json:"publisher"`
	Date         string        `json:"date,omitempty"`
	Introduction []string      `json:"introduction,omitempty"`
	OnePerson    bool          `json:"one_person,omitempty"`
	Documents    []Shown       `json:"documents"`
	Withheld     map[Class]int `json:"withheld,omitempty"` // areas by class
	Corrections  []Correction  `json:"corrections,omitempty"`
}

// Shown is a document as the public sees it.
type Shown struct {
	Title        string        `json:"title"`
	Date         string        `json:"date,omitempty"`
	Language     string        `json:"language,omitempty"`
	About        []string      `json:"about,omitempty"`
	Attestations []Attestation `json:"attestations,omitempty"`
	Duress       bool          `json:"duress,omitempty"`
	Blocks       []Block       `json:"blocks"`
	Pictures     []Picture     `json:"pictures,omitempty"`
}

// Picture is one of an edition's pictures: its file, and what is in it.
type Picture struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Pictures are the pictures' files by their paths.
type Pictures map[string][]byte

// Draw gives the black and white picture of a page without what is under the
// areas; nil for a section, which has none in the source.
type Draw func(d Document, s Source, areas []vidimus.Box) ([]byte, error)

// Block is a paragraph, or the mark of something withheld.
type Block struct {
	Text     string `json:"text,omitempty"`
	Withheld Class  `json:"withheld,omitempty"`
	Quote    bool   `json:"quote,omitempty"`
}

// Source is a page as the archive has it.
type Source struct {
	Reading  int64
	Page     vidimus.Page
	Language string
	OCR      bool // it read the words from the picture, and nobody corrected them
}

// Sources gives the pages of a document, in order, and what is withheld of it.
type Sources func(d Document) ([]Source, []Area, error)

// ErrQuote says that a quotation does not stand in its document as it is
// written, or stands in a withheld line.
var ErrQuote = errors.New("a quotation does not stand in the document as it is written")

// Make builds the words and pictures of an edition from a plan. The same plan,
// pages and areas give the same edition. Draw is asked in mode facsimile only.
func Make(p Plan, sources Sources, draw Draw) (Edition, Pictures, error) {
	if err := p.Check(); err != nil {
		return Edition{}, nil, err
	}
	pictures := Pictures{}
	e := Edition{Format: EditionFormat, Mode: p.Mode, Title: Publishable(p.Title), Publisher: Publishable(p.Publisher), Date: Publishable(p.Date),
		Introduction: publishables(p.Introduction), OnePerson: p.OnePerson, Withheld: map[Class]int{}}
	for i, d := range p.Documents {
		pages, areas, err := sources(d)
		if err != nil {
			return Edition{}, nil, err
		}
		shown, err := show(p.Mode, d, pages, areas)
		if err == nil && p.Mode == Facsimile {
			shown.Pictures, err = pictures.draw(i, d, pages, areas, draw)
		}
		if err != nil {
			return Edition{}, nil, fmt.Errorf("document %d of the plan: %w", i+1, err)
		}
		for _, b := range shown.Blocks {
			if b.Withheld != "" {
				e.Withheld[b.Withheld]++
			}
		}
		e.Documents = append(e.Documents, shown)
	}
	return e, pictures, nil
}

// draw adds the pictures of a document's pages. Their names count what is
// shown, and say nothing of the document's own pages.
func (ps Pictures) draw(document int, d Document, pages []Source, areas []Area, draw Draw) (shown []Picture, err error) {
	wanted, err := PageList(d.Pages)
	if err != nil {
		return nil, err
	}
	for _, s := range pages {
		if wanted != nil && !wanted[s.Page.Number] || s.Page.Section {
			continue
		}
		var boxes []vidimus.Box
		for _, a := range areas {
			if a.Page != s.Page.Number || a.Reading != s.Reading {
				continue
			}
			if a.Box == (vidimus.Box{}) {
				return nil, vidimus.WithHint(errors.New("lines are withheld whose place on the picture is not known"), "withhold them by --box too, or show a transcript")
			}
			boxes = append(boxes, a.Box)
		}
		file, err := draw(d, s, boxes)
		if err != nil {
			return nil, err
		}
		path := fmt.Sprintf("document-%d-picture-%d.png", document+1, len(shown)+1)
		sum := sha256.Sum256(file)
		ps[path] = file
		shown = append(shown, Picture{path, hex.EncodeToString(sum[:])})
	}
	return shown, nil
}

func publishables(all []string) (out []string) {
	for _, s := range all {
		out = append(out, Publishable(s))
	}
	return out
}

func show(m Mode, d Document, pages []Source, areas []Area) (Shown, error) {
	s := Shown{Title: Publishable(d.Title), Date: Publishable(d.Date), About: publishables(d.About), Duress: d.Duress != ""}
	for _, a := range d.Attestations {
		s.Attestations = append(s.Attestations, Attestation{Publishable(a.By), a.How, Publishable(a.Says)})
	}
	wanted, err := PageList(d.Pages)
	if err != nil {
		return Shown{}, err
	}
	pages = slices.DeleteFunc(slices.Clone(pages), func(p Source) bool { return wanted != nil && !wanted[p.Page.Number] })
	if len(pages) == 0 {
		return Shown{}, vidimus.WithHint(errors.New("none of its pages has words"), "read it first, or leave it out")
	}
	s.Language = pages[0].Language
	s.Blocks = blocks(pages, areas)
	if m == Cite {
		s.Blocks, err = quoted(s.Blocks, d.Quotes)
	}
	return s, err
}

// quoted keeps of a document only what is quoted: words that stand in it, in
// the form in which they would be published, outside withheld lines.
func quoted(all []Block, quotes []string) ([]Block, error) {
	var out []Block
	for _, q := range quotes {
		q = strings.TrimSpace(Publishable(q))
		if q == "" || !slices.ContainsFunc(all, func(b Block) bool { return strings.Contains(b.Text, q) }) {
			return nil, ErrQuote
		}
		out = append(out, Block{Text: q, Quote: true})
	}
	return out, nil
}

// Rows are the words that follow each other, document by document.
func (e Edition) Rows() (all [][]string) {
	for _, d := range e.Documents {
		row := make([]string, len(d.Blocks))
		for i, b := range d.Blocks {
			row[i] = b.Text
		}
		all = append(all, row)
	}
	return all
}

// Digest is what an approval is over: exactly these words.
func (e Edition) Digest() [32]byte {
	return sha256.Sum256(append([]byte("vidimus/edition/1\x00"), e.Bytes()...))
}

// Bytes is the edition in its one encoding.
func (e Edition) Bytes() []byte {
	b, err := json.Marshal(e)
	if err != nil {
		panic("protect: an edition has only text and numbers")
	}
	return b
}
