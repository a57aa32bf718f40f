package protect

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Point is something that the release check asks. Nothing is released while
// one is open. A point that is Final cannot be decided, only mended.
type Point struct {
	ID    string
	Check Check
	Page  string // the file of the edition, with the paragraph where there is one
	Why   string
	Final bool
}

// Check is one question of the release check.
type Check string

// The checks.
const (
	CheckFolder    Check = "folder"    // the files are those that were cleared, and no others
	CheckProtected Check = "protected" // protected people, in any form
	CheckWording   Check = "wording"   // words that only one copy has
	CheckTraces    Check = "traces"    // traces that this mode does not remove
	CheckDuress    Check = "duress"    // documents made under duress
	CheckBeside    Check = "beside"    // what stays visible beside withheld people
	CheckEarlier   Check = "earlier"   // what other editions have shown
)

// Found is a protected person met in bytes: never the name.
type Found struct {
	Person string // P-014
	Sure   bool
	How    string
	At     int // of texts in a row: the one that the name begins in
}

// Mark is a place in an edition's documents that somebody must look at.
type Mark struct {
	Document int // from 0
	Block    int // from 0; -1 for the whole document
	Check    Check
	Why      string
	Final    bool // it cannot be decided, only mended
}

// Examination is what the release check needs.
type Examination struct {
	CaseID  string
	Cleared Cleared
	Folder  fs.FS
	// Differs names the files that are not what was cleared.
	Differs func(Cleared, fs.FS) ([]string, error)
	// Find looks for protected people in a file of the edition, in every
	// view of its bytes. It is nil only where the case has no list.
	Find func(path string, data []byte) ([]Found, error)
	// Between looks for those named over the gaps of texts in a row; nil as
	// Find is.
	Between func(texts []string) []Found
	// Words reads the words off a picture, once for each scale that it is
	// read at; nil where the edition has none.
	Words func(picture []byte) ([]string, error)
	// Spot looks on a picture for what looks like a protected person's name,
	// as it is drawn or stands on pages of the case; nil where Words is.
	Spot func(picture []byte) ([]Found, error)
	// Marks are what the case knows of the documents shown.
	Marks     []Mark
	Decisions []Decision
	Signed    Signed
}

// Examine reads a finished folder as an enemy would. It gives what is still
// open; where nothing is, the folder is Released. An error is no pass.
func Examine(x Examination) (Released, []Point, error) {
	e, err := x.Cleared.Edition()
	if err != nil {
		return Released{}, nil, err
	}
	before, err := digests(x.Folder)
	if err != nil {
		return Released{}, nil, err
	}
	points, err := x.folder()
	if err != nil {
		return Released{}, nil, err
	}
	people, err := x.people(e)
	if err != nil {
		return Released{}, nil, err
	}
	points = append(append(points, people...), x.documents(e)...)
	open := slices.DeleteFunc(points, func(p Point) bool { return !p.Final && x.decided(p) })
	r := Released{x.Cleared.Digest(), before}
	if err := r.Same(x.Folder); err != nil { // somebody wrote to it meanwhile
		return Released{}, open, err
	}
	if len(open) > 0 {
		return Released{}, open, nil
	}
	return r, nil, nil
}

// folder holds the files against what was cleared.
func (x Examination) folder() ([]Point, error) {
	wrong, err := x.Differs(x.Cleared, x.Folder)
	if err != nil && len(wrong) == 0 {
		return nil, err
	}
	var points []Point
	for _, path := range wrong {
		points = append(points, point(CheckFolder, path, "this file is not as it was cleared, or does not belong here", true, path))
	}
	return points, nil
}

// people looks for protected people in the bytes and names of all files.
func (x Examination) people(e Edition) ([]Point, error) {
	if x.Find == nil {
		return nil, nil
	}
	if x.Between == nil {
		return nil, errors.New("an edition cannot be examined without a look over its gaps")
	}
	var points []Point
	read := map[string][]string{}
	err := x.eachRead(func(r readFile) error {
		read[r.path] = r.words
		found, err := x.inFile(r.path, x.Cleared.besides(r.path, r.bytes), r.words)
		for _, f := range found {
			points = append(points, f.point(r.path))
		}
		return err
	})
	points = append(points, x.overGaps(e, read)...)
	slices.SortFunc(points, func(a, b Point) int { return strings.Compare(a.Page+a.ID, b.Page+b.ID) })
	return slices.CompactFunc(points, func(a, b Point) bool { return a.ID == b.ID }), err
}

func (f Found) point(page string) Point {
	why := f.Person + " may stand here: " + f.How
	if f.Sure {
		why = f.Person + " stands here: " + f.How
	}
	return point(CheckProtected, page, why, f.Sure, f.Person, f.How)
}

// overGaps looks for those whose names begin in one paragraph, or on one
// picture, and end in the next.
func (x Examination) overGaps(e Edition, read map[string][]string) (points []Point) {
	for i, row := range e.Rows() {
		for _, f := range x.Between(row) {
			points = append(points, f.point(fmt.Sprintf("document-%d.html#p%d", i+1, f.At+1)))
		}
		scales := 0
		for _, p := range e.Documents[i].Pictures {
			scales = max(scales, len(read[p.Path]))
		}
		for scale := range scales {
			var pages []string
			for _, p := range e.Documents[i].Pictures {
				said := append(slices.Clone(read[p.Path]), make([]string, scales)...)
				pages = append(pages, said[scale])
			}
			for _, f := range x.Between(pages) {
				points = append(points, f.point(e.Documents[i].Pictures[f.At].Path))
			}
		}
	}
	return points
}

// inPicture reads what stands on a picture, once for each scale.
func (x Examination) inPicture(path string, b []byte) ([]string, error) {
	if !strings.HasSuffix(path, ".png") {
		return nil, nil
	}
	if x.Words == nil || x.Spot == nil {
		return nil, errors.New("an edition with pictures cannot be examined without OCR, and without comparing them with names")
	}
	read, err := x.Words(b)
	if err != nil {
		return nil, fmt.Errorf("read a picture of the edition: %w", err)
	}
	return read, nil
}

// spotted compares a picture with how names look: never sure.
func (x Examination) spotted(path string, b []byte) (all []Found, err error) {
	if !strings.HasSuffix(path, ".png") {
		return nil, nil
	}
	found, err := x.Spot(b)
	if err != nil {
		return nil, fmt.Errorf("compare a picture of the edition with names: %w", err)
	}
	for _, f := range found {
		all = append(all, Found{Person: f.Person, How: f.How})
	}
	return all, nil
}

// inFile looks for protected people in a file's bytes and, where it is a
// picture, in what stands on it and what looks alike.
func (x Examination) inFile(path string, b []byte, read []string) ([]Found, error) {
	views := [][]byte{b}
	for _, text := range read {
		views = append(views, []byte(text))
	}
	all, err := x.spotted(path, b)
	if err != nil {
		return nil, err
	}
	for _, v := range views {
		found, err := x.Find(path, v)
		if err != nil {
			return nil, fmt.Errorf("look for protected people: %w", err)
		}
		all = append(all, found...)
	}
	return all, nil
}

// lookYourself is asked of every document that is shown in pictures: measured,
// OCR and comparing miss some names there.
const lookYourself = "look at each of its pictures for protected people yourself: a name of rare characters over the end of a line, reversed or with letters far apart is not always found"

// documents asks what must be asked of each document shown, and what the case
// knows of it.
func (x Examination) documents(e Edition) []Point {
	var points []Point
	for i, d := range e.Documents {
		page := fmt.Sprintf("document-%d.html", i+1)
		if d.Duress {
			points = append(points, point(CheckDuress, page, "a document made under duress is shown", false, page))
		}
		if x.Find != nil && len(d.Pictures) > 0 {
			points = append(points, point(CheckProtected, page, lookYourself, false, page, lookYourself))
		}
		if beside := besidePeople(d); len(beside) > 0 {
			points = append(points, point(CheckBeside, page,
				"look at what stays visible beside withheld people (village, unit, age, relation, a rare post), in paragraphs "+beside, false, page, beside))
		}
	}
	for _, m := range x.Marks {
		page := fmt.Sprintf("document-%d.html", m.Document+1)
		if m.Block >= 0 {
			page += fmt.Sprintf("#p%d", m.Block+1)
		}
		points = append(points, point(m.Check, page, m.Why, m.Final, page, m.Why))
	}
	return points
}

// besidePeople lists the paragraphs that stand next to a withheld person.
func besidePeople(d Shown) string {
	var all []string
	for i, b := range d.Blocks {
		near := i > 0 && d.Blocks[i-1].Withheld == Person || i+1 < len(d.Blocks) && d.Blocks[i+1].Withheld == Person
		if b.Withheld == "" && near {
			all = append(all, fmt.Sprint(i+1))
		}
	}
	return strings.Join(all, ", ")
}

// point makes a point; its id is taken from what it asks, so that a decision
// holds for this and nothing else.
func point(c Check, page, why string, final bool, of ...string) Point {
	sum := sha256.Sum256([]byte(string(c) + "\x00" + page + "\x00" + strings.Join(of, "\x00")))
	return Point{hex.EncodeToString(sum[:5]), c, page, why, final}
}

// decided reports a point on which a signer has signed a decision.
func (x Examination) decided(p Point) bool {
	return slices.ContainsFunc(x.Decisions, func(d Decision) bool {
		return d.Point == p.ID && strings.TrimSpace(d.Reason) != "" &&
			x.Signed(d.Approval, DecisionText(x.CaseID, x.Cleared.Digest(), d.Point, d.Reason))
	})
}
