package protect

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"vidimus"
)

// PlanFormat is the first field of a plan: docs/plan.md.
const PlanFormat = "vidimus-plan/1"

// Plan says what an edition shows.
type Plan struct {
	Format       string   `json:"format"`
	Mode         Mode     `json:"mode"`
	Title        string   `json:"title"`
	Publisher    string   `json:"publisher"`
	Date         string   `json:"date"` // of the edition, as the publisher states it
	Introduction []string `json:"introduction,omitempty"`
	OnePerson    bool     `json:"one_person,omitempty"` // one approval is enough, and the edition says so
	// Replaces is the digest of the edition that this one takes the place of.
	Replaces   string     `json:"replaces,omitempty"`
	Protective bool       `json:"protective,omitempty"` // that one is withdrawn to protect people
	Documents  []Document `json:"documents"`
}

// Document is one document of a plan.
type Document struct {
	Item         vidimus.ItemID `json:"item"`
	Pages        string         `json:"pages,omitempty"` // "1-3,5"; empty for all
	Title        string         `json:"title"`           // ours, never the file's name
	Date         string         `json:"date,omitempty"`  // EDTF, as the publisher states it
	About        []string       `json:"about,omitempty"`
	Quotes       []string       `json:"quotes,omitempty"` // of mode cite: exactly as they stand
	Attestations []Attestation  `json:"attestations,omitempty"`
	// Duress says why a document that was made under duress, or shows a
	// detainee, is published all the same. Empty: it is none.
	Duress string `json:"duress,omitempty"`
	// Facsimile says why pictures of this document are shown.
	Facsimile string `json:"facsimile,omitempty"`
}

// Attestation is what somebody who saw the original says.
type Attestation struct {
	By   string `json:"by"` // a name, an institution, or a pseudonym for whom the newsroom vouches
	How  string `json:"how"`
	Says string `json:"says"`
}

// How somebody stands behind an attestation.
const (
	Named       = "named"
	Institution = "institution"
	Pseudonym   = "pseudonym"
)

// maxPlan is the longest plan in bytes.
const maxPlan = 1 << 20

// ParsePlan reads a plan and refuses what is not in the format.
func ParsePlan(r io.Reader) (Plan, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxPlan+1))
	if err != nil {
		return Plan{}, errors.New("the plan cannot be read")
	}
	if len(b) > maxPlan {
		return Plan{}, errors.New("the plan is longer than a plan can be")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var p Plan
	if err := d.Decode(&p); err != nil || d.More() {
		return Plan{}, vidimus.WithHint(errors.New("this is not a plan"), "docs/plan.md says how a plan is written")
	}
	return p, p.Check()
}

// Check refuses a plan that says too little.
func (p Plan) Check() error {
	wrong := func(what string) error {
		return vidimus.WithHint(errors.New("the plan "+what), "docs/plan.md says how a plan is written")
	}
	switch {
	case p.Format != PlanFormat:
		return wrong("does not begin with its format, " + PlanFormat)
	case p.Mode != Cite && p.Mode != Transcript && p.Mode != Facsimile:
		return wrong("has no mode: cite, transcript or facsimile")
	case strings.TrimSpace(p.Title) == "" || strings.TrimSpace(p.Publisher) == "":
		return wrong("has no title or no publisher")
	case len(p.Documents) == 0:
		return wrong("names no document")
	case p.Protective && p.Replaces == "":
		return wrong("is protective and does not say which edition it replaces")
	}
	if b, err := hex.DecodeString(p.Replaces); err != nil || p.Replaces != "" && len(b) != 32 {
		return wrong("replaces something that is no digest of an edition")
	}
	for i, d := range p.Documents {
		if err := d.check(p.Mode); err != nil {
			return wrong(fmt.Sprintf("is not whole in document %d: %v", i+1, err))
		}
	}
	return nil
}

func (d Document) check(m Mode) error {
	if _, err := vidimus.ParseItemID(string(d.Item)); err != nil {
		return err
	}
	if _, err := PageList(d.Pages); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(d.Title) == "":
		return errors.New("it has no title")
	case m == Cite && len(d.Quotes) == 0:
		return errors.New("mode cite needs quotes")
	case m != Cite && len(d.Quotes) > 0:
		return errors.New("quotes belong to mode cite")
	case m == Facsimile && strings.TrimSpace(d.Facsimile) == "":
		return errors.New("a facsimile needs the reason for which it is shown")
	}
	for _, a := range d.Attestations {
		if a.How != Named && a.How != Institution && a.How != Pseudonym || a.By == "" || a.Says == "" {
			return errors.New("an attestation says by whom, how (named, institution, pseudonym) and what")
		}
	}
	return nil
}

var pageRange = regexp.MustCompile(`^(\d{1,7})(?:-(\d{1,7}))?$`)

// PageList reads "1-3,5". Empty is nil: all pages.
func PageList(s string) (map[int]bool, error) {
	if s == "" {
		return nil, nil
	}
	pages := map[int]bool{}
	for part := range strings.SplitSeq(s, ",") {
		m := pageRange.FindStringSubmatch(strings.TrimSpace(part))
		if m == nil {
			return nil, errors.New("pages are written as 1-3,5")
		}
		from, _ := strconv.Atoi(m[1])
		to := from
		if m[2] != "" {
			to, _ = strconv.Atoi(m[2])
		}
		if from < 1 || to < from || to-from > vidimus.MaxPages {
			return nil, errors.New("pages are written as 1-3,5")
		}
		for n := from; n <= to; n++ {
			pages[n] = true
		}
	}
	return pages, nil
}
