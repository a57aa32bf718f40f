package web

import (
	"context"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"vidimus"
	"vidimus/protect"
)

// maxPlanForm is how long the form of a plan can be.
const maxPlanForm = 1 << 20

// Editing is the plan of an edition that the room keeps, and what the public
// would see by it.
type Editing struct {
	Plan func(ctx context.Context) (protect.Plan, error)
	// Keep changes the plan that is kept.
	Keep func(ctx context.Context, change func(*protect.Plan) error) error
	// Review makes the words and pictures of the edition as they are now.
	Review func(ctx context.Context) (Reviewed, error)
}

// Reviewed is an edition as `approve` would sign it.
type Reviewed struct {
	protect.Edition
	Pictures  protect.Pictures
	Approvals []string // signers of exactly this
}

// editionPage is the plan.
type editionPage struct {
	protect.Plan
	Intro     string
	Documents []planned
	Seen      string // of the plan as it is shown
	Review    string // address
	Lacks     string // what the plan lacks before it can be reviewed
}

// planned is a document of the plan, as it is written in the form.
type planned struct {
	protect.Document
	N                           int // in the form, from 0
	Nth                         int // as people count
	Path                        string
	Address                     string
	About, Quotes, Attestations string
	First, Last                 bool
}

// edition shows the plan.
func (s *Server) edition(w http.ResponseWriter, r *http.Request, in *session) {
	plan, err := s.room.Editing.Plan(r.Context())
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p := editionPage{Plan: plan, Intro: paragraphs(plan.Introduction), Seen: planSum(plan)}
	if err := plan.Check(); err != nil {
		p.Lacks = err.Error()
	} else {
		p.Review = "/v/" + in.keep(view{Show: showReview})
	}
	for i, d := range plan.Documents {
		f, err := s.room.File(r.Context(), d.Item)
		if err != nil {
			s.trouble(w, http.StatusInternalServerError, "error.failed", err)
			return
		}
		p.Documents = append(p.Documents, planned{Document: d, N: i, Nth: i + 1, Path: f.Path, Address: "/v/" + in.keep(view{Show: showRedact, Item: d.Item, Page: 1}),
			About: paragraphs(d.About), Quotes: paragraphs(d.Quotes), Attestations: attestations(d.Attestations), First: i == 0, Last: i == len(plan.Documents)-1})
	}
	s.show(w, http.StatusOK, "edition", "", p)
}

// planSum tells one state of the plan from another, so that what somebody else
// wrote meanwhile is not overwritten.
func planSum(p protect.Plan) string {
	d := protect.Edition{Title: p.Title, Publisher: p.Publisher, Date: p.Date, Mode: p.Mode, Introduction: p.Introduction, OnePerson: p.OnePerson}
	sum := checksum(d.Bytes())
	for _, doc := range p.Documents {
		sum = checksum([]byte(sum + string(doc.Item) + doc.Pages + doc.Title + doc.Date + paragraphs(doc.About) + paragraphs(doc.Quotes) +
			attestations(doc.Attestations) + doc.Duress + doc.Facsimile))
	}
	return sum
}

// addToPlan puts a document at the end of the plan.
func (s *Server) addToPlan(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showPlanned {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	err := s.room.Editing.Keep(r.Context(), func(p *protect.Plan) error {
		if !slices.ContainsFunc(p.Documents, func(d protect.Document) bool { return d.Item == v.Item }) {
			p.Documents = append(p.Documents, protect.Document{Item: v.Item})
		}
		return nil
	})
	if err != nil {
		s.not(w, "error.plan", err)
		return
	}
	http.Redirect(w, r, "/edition", http.StatusSeeOther)
}

// keepPlan takes the plan's form.
func (s *Server) keepPlan(w http.ResponseWriter, r *http.Request, _ *session) {
	err := r.ParseForm() // a form that is too long is not taken in part
	if err == nil {
		err = s.room.Editing.Keep(r.Context(), func(p *protect.Plan) error {
			if planSum(*p) != r.PostFormValue("seen") {
				return vidimus.WithHint(errors.New("the plan was changed since it was shown"), "open it again, and change it there")
			}
			return fillPlan(r, p)
		})
	}
	if err != nil {
		s.not(w, "error.plan", err)
		return
	}
	http.Redirect(w, r, "/edition", http.StatusSeeOther)
}

// fillPlan writes what the form says into the plan: also a removed or moved
// document.
func fillPlan(r *http.Request, p *protect.Plan) (err error) {
	say := func(name string) string {
		return strings.TrimSpace(strings.ReplaceAll(r.PostFormValue(name), "\r\n", "\n"))
	}
	p.Format, p.Title, p.Publisher, p.Date = protect.PlanFormat, say("title"), say("publisher"), say("date")
	p.Mode, p.OnePerson, p.Introduction = protect.Mode(say("mode")), say("one") != "", parted(say("introduction"))
	for i := range p.Documents {
		n := "-" + strconv.Itoa(i)
		d := &p.Documents[i]
		d.Title, d.Pages, d.Date, d.Duress, d.Facsimile = say("title"+n), say("pages"+n), say("date"+n), say("duress"+n), say("facsimile"+n)
		d.About, d.Quotes = parted(say("about"+n)), parted(say("quotes"+n))
		if d.Attestations, err = attested(say("attestations" + n)); err != nil {
			return err
		}
		if _, err := protect.PageList(d.Pages); err != nil {
			return err
		}
	}
	if n, err := strconv.Atoi(say("remove")); err == nil && n >= 0 && n < len(p.Documents) {
		p.Documents = slices.Delete(p.Documents, n, n+1)
	}
	if n, err := strconv.Atoi(say("up")); err == nil && n > 0 && n < len(p.Documents) {
		p.Documents[n-1], p.Documents[n] = p.Documents[n], p.Documents[n-1]
	}
	return nil
}

// paragraphs are written one after another, parted by empty lines.
func paragraphs(all []string) string { return strings.Join(all, "\n\n") }

func parted(text string) (all []string) {
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// attestations are written one a line: who | how | what.
func attestations(all []protect.Attestation) string {
	var lines []string
	for _, a := range all {
		lines = append(lines, a.By+" | "+a.How+" | "+a.Says)
	}
	return strings.Join(lines, "\n")
}

func attested(text string) (all []protect.Attestation, err error) {
	for l := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(l) == "" {
			continue
		}
		parts := strings.SplitN(l, "|", 3)
		if len(parts) != 3 {
			return nil, vidimus.WithHint(errors.New("an attestation says by whom, how and what"), "write: who | named, institution or pseudonym | what they say")
		}
		all = append(all, protect.Attestation{By: strings.TrimSpace(parts[0]), How: strings.TrimSpace(parts[1]), Says: strings.TrimSpace(parts[2])})
	}
	return all, nil
}

// reviewPage is one document as the public would see it.
type reviewPage struct {
	Reviewed
	Sum        string // digest, as `approve` signs it
	N          int    // of the document, from 0
	Document   protect.Shown
	Blocks     []reviewBlock
	Right      bool
	Pictures   []numbered
	Others     []tab
	Prev, Next string
}

// numbered is a picture by its address.
type numbered struct {
	Nth     int
	Address string
}

type reviewBlock struct {
	line
	Withheld protect.Class
	Quote    bool
}

// review shows the edition, document by document, as it is now.
func (s *Server) review(w http.ResponseWriter, r *http.Request, in *session, v view) {
	e, err := s.room.Editing.Review(r.Context())
	if err != nil {
		s.not(w, "error.review", err)
		return
	}
	n := min(max(v.Page, 0), len(e.Documents)-1)
	digest := e.Digest()
	p := reviewPage{Reviewed: e, Sum: hex.EncodeToString(digest[:]), N: n, Document: e.Documents[n]}
	turn := func(n int) string { return "/v/" + in.keep(view{Show: showReview, Page: n}) }
	for i, d := range e.Documents {
		p.Others = append(p.Others, tab{Key: d.Title, Address: turn(i), Current: i == n})
	}
	if n > 0 {
		p.Prev = turn(n - 1)
	}
	if n+1 < len(e.Documents) {
		p.Next = turn(n + 1)
	}
	all := ""
	for _, b := range p.Document.Blocks {
		all += b.Text + "\n"
	}
	p.Right = direction(all) == "rtl"
	for _, b := range p.Document.Blocks {
		p.Blocks = append(p.Blocks, reviewBlock{line{lineDirection(b.Text, direction(all)), visible(nil, b.Text, false)}, b.Withheld, b.Quote})
	}
	for i := range p.Document.Pictures {
		p.Pictures = append(p.Pictures, numbered{i + 1, "/p/" + in.keep(view{Show: showCleared, Page: n, Offset: i})})
	}
	s.show(w, http.StatusOK, "review", "", p)
}

// cleared gives one picture of the edition, as it would be written.
func (s *Server) cleared(r *http.Request, v view) ([]byte, error) {
	e, err := s.room.Editing.Review(r.Context())
	if err != nil {
		return nil, err
	}
	if v.Page >= len(e.Documents) || v.Offset >= len(e.Documents[v.Page].Pictures) {
		return nil, errors.New("the edition has no such picture now")
	}
	return e.Pictures[e.Documents[v.Page].Pictures[v.Offset].Path], nil
}
