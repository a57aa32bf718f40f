package web

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"vidimus"
)

// filesOfReason is how many files one page lists of a reason, firstOfReason
// how many the progress page does.
const (
	filesOfReason = 100
	firstOfReason = 5
)

// progressPage is how far the reading is, and what was not read and why.
type progressPage struct {
	Going
	Counts  vidimus.Counts
	Reasons []reasonPart
	Again   string // handle of reading again all that can be
	Retry   bool   // the room can have files read again
	Trouble string // hint of what ended the last retry early
	Stopped bool   // it ended early
	Tried   int    // files of the last retry
}

// Going is what changes while something is read.
type Going struct {
	Adding   bool
	Here     bool // the room began it
	Done     int  // files with which nothing is left to do
	Seen     int
	Waiting  int
	OCR      int // files with pages that wait for OCR
	PerMin   int // files a minute, as of late
	Measured bool
	Minutes  int // until nothing waits, at this rate; 0 when that is not known
}

// reasonPart is a reason with the first of its files.
type reasonPart struct {
	Reason vidimus.Reason
	Count  int
	Files  []fileLine
	All    string // address of all of them, where there are more
	Again  string // handle of reading them again
}

// progress shows how far the reading is.
func (s *Server) progress(w http.ResponseWriter, r *http.Request, in *session) {
	left, err := s.room.Left(r.Context())
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p := progressPage{Going: s.going(left), Counts: left.Counts, Retry: s.room.Retry != nil}
	if p.Retry && left.Counts.Partly+left.Counts.Failed > 0 && !p.Adding {
		p.Again = s.again(in, Again{})
	}
	if last := s.retried(); !last.Going && !last.Begun.IsZero() {
		p.Tried, p.Stopped, p.Trouble = last.Tried, last.Err != nil, vidimus.HintOf(last.Err)
	}
	for _, reason := range reasons(left.Counts) {
		part, err := s.part(r, in, reason, left.Counts.Reasons[reason], p.Adding)
		if err != nil {
			s.trouble(w, http.StatusInternalServerError, "error.failed", err)
			return
		}
		p.Reasons = append(p.Reasons, part)
	}
	s.show(w, http.StatusOK, "progress", "", p)
}

// part is a reason with the first of its files.
func (s *Server) part(r *http.Request, in *session, reason vidimus.Reason, count int, busy bool) (reasonPart, error) {
	p := reasonPart{Reason: reason, Count: count}
	files, err := s.room.OfReason(r.Context(), reason, 0, firstOfReason)
	for _, f := range files {
		p.Files = append(p.Files, fileLine{File: f, Address: about(in, f.Item)})
	}
	if count > len(files) {
		p.All = "/v/" + in.keep(view{Show: showReason, Reason: reason})
	}
	if !busy && slices.ContainsFunc(files, func(f vidimus.File) bool { return f.Digest != (vidimus.Digest{}) }) {
		p.Again = s.again(in, Again{Reason: reason})
	}
	return p, err
}

// reasons are those of the case, the most frequent first.
func reasons(c vidimus.Counts) (list []vidimus.Reason) {
	for r := range c.Reasons {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b vidimus.Reason) int {
		if c.Reasons[a] != c.Reasons[b] {
			return c.Reasons[b] - c.Reasons[a]
		}
		return strings.Compare(string(a), string(b))
	})
	return list
}

// reasonPage lists the files of one reason.
type reasonPage struct {
	Reason vidimus.Reason
	Count  int
	Files  []fileLine
	First  string
	Next   string
	Again  string
}

// reason lists the files of the reason that v names.
func (s *Server) reason(w http.ResponseWriter, r *http.Request, in *session, v view) {
	left, err := s.room.Left(r.Context())
	files, err2 := s.room.OfReason(r.Context(), v.Reason, v.After, filesOfReason+1)
	if err := errors.Join(err, err2); err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p := reasonPage{Reason: v.Reason, Count: left.Counts.Reasons[v.Reason]}
	if len(files) > filesOfReason {
		files = files[:filesOfReason]
		p.Next = "/v/" + in.keep(view{Show: showReason, Reason: v.Reason, After: files[filesOfReason-1].Order})
	}
	if v.After > 0 {
		p.First = "/v/" + in.keep(view{Show: showReason, Reason: v.Reason})
	}
	if !left.Adding {
		p.Again = s.again(in, Again{Reason: v.Reason})
	}
	for _, f := range files {
		p.Files = append(p.Files, fileLine{File: f, Address: about(in, f.Item)})
	}
	s.show(w, http.StatusOK, "reason", "", p)
}

// again gives the handle of reading something again, where the room can.
func (s *Server) again(in *session, what Again) string {
	if s.room.Retry == nil {
		return ""
	}
	return in.keep(view{Show: showAgain, Item: what.Item, Reason: what.Reason})
}

// retry has files read again; what of them comes is seen on the progress page.
func (s *Server) retry(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showAgain || s.room.Retry == nil {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	if err := s.room.Retry(r.Context(), Again{Item: v.Item, Reason: v.Reason}); err != nil {
		s.trouble(w, http.StatusConflict, "error.retry", err)
		return
	}
	s.pace.forget()
	http.Redirect(w, r, "/progress", http.StatusSeeOther)
}

func (s *Server) retried() Retried {
	if s.room.Retried == nil {
		return Retried{}
	}
	return s.room.Retried()
}

// going says how far the reading is and how fast it goes.
func (s *Server) going(left Left) Going {
	g := Going{Adding: left.Adding, Here: s.retried().Going, Seen: left.Counts.Seen, Waiting: left.Counts.Waiting, OCR: left.OCR}
	g.Done = max(0, g.Seen-g.Waiting-g.OCR)
	g.Adding = g.Adding || g.Here
	if !g.Adding {
		s.pace.forget()
		return g
	}
	rate, ok := s.pace.at(time.Now(), g.Done)
	if g.Measured = ok; ok {
		g.PerMin = int(rate*60 + .5)
	}
	if rest := g.Waiting + g.OCR; ok && rate > 0 && rest > 0 {
		g.Minutes = max(1, int(float64(rest)/rate/60+.5))
	}
	return g
}
