package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"vidimus"
	"vidimus/protect"
)

// maxWhy is the longest reason, in bytes. It stays in the case.
const maxWhy = 2000

// withhold adds what was chosen on a page: lines, a box, or a suggestion.
func (s *Server) withhold(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showRedact {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	page, err := s.room.Redaction.Page(r.Context(), v.Item, v.Page)
	if err == nil && checksum([]byte(page.Text)) != v.Seen {
		err = errReread
	}
	var areas []protect.Area
	if err == nil {
		areas, err = chosen(r, v, page)
	}
	var numbers []int
	if err == nil {
		numbers, err = s.room.Redaction.Withhold(r.Context(), page.Item, areas)
	}
	if err != nil {
		s.not(w, "error.withhold", err)
		return
	}
	to := view{Show: showRedact, Item: v.Item, Page: v.Page, Added: numberList(numbers)}
	http.Redirect(w, r, "/v/"+in.keep(to), http.StatusSeeOther)
}

func numberList(numbers []int) string {
	var all []string
	for _, n := range numbers {
		all = append(all, strconv.Itoa(n))
	}
	return strings.Join(all, ",")
}

// chosen turns a form into areas.
func chosen(r *http.Request, v view, page RedactedPage) ([]protect.Area, error) {
	class, ok := protect.ParseClass(r.PostFormValue("class"))
	if !ok {
		return nil, errors.New("the public reason is one of three")
	}
	why := strings.TrimSpace(r.PostFormValue("why"))
	if len(why) > maxWhy {
		return nil, errors.New("the reason is too long")
	}
	picked := r.PostForm["line"]
	if v.Lines != "" {
		picked = []string{v.Lines}
	}
	areas, err := ofLines(picked, page, class)
	if err != nil {
		return nil, err
	}
	box, err := corners(r)
	if err != nil {
		return nil, err
	}
	if box != nil {
		areas = append(areas, protect.WithholdBox(page.Page, page.Reading, *box, class))
	}
	if len(areas) == 0 {
		return nil, vidimus.WithHint(errors.New("nothing was chosen"), "tick lines, or draw a box on the picture")
	}
	for i := range areas {
		areas[i].Why, areas[i].Person = why, v.Person
	}
	return areas, nil
}

// ofLines makes areas of lines by their numbers, or of stretches "3-5": one for
// neighbours.
func ofLines(picked []string, page RedactedPage, class protect.Class) (areas []protect.Area, err error) {
	wrong := errors.New("this page has no such line")
	starts := []int{0}
	for i := range len(page.Text) {
		if page.Text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	starts = append(starts, len(page.Text)+1)
	want := map[int]bool{}
	for _, p := range picked {
		a, b, ranged := strings.Cut(p, "-")
		if !ranged {
			b = a
		}
		first, err1 := strconv.Atoi(a)
		last, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || first < 0 || last < first || last >= len(starts)-1 {
			return nil, wrong
		}
		for n := first; n <= last; n++ {
			want[n] = true
		}
	}
	for n := 0; n < len(starts)-1; n++ {
		if !want[n] {
			continue
		}
		first := n
		for want[n+1] && n+1 < len(starts)-1 {
			n++
		}
		if start, end := starts[first], starts[n+1]-1; start < end {
			areas = append(areas, protect.Withhold(page.Page, page.Reading, start, end, class))
		}
	}
	return areas, nil
}

// corners reads the box that was drawn or typed; nil where there is none.
func corners(r *http.Request) (*vidimus.Box, error) {
	var n [4]float64
	given := 0
	for i, name := range []string{"x0", "y0", "x1", "y1"} {
		typed := strings.TrimSpace(r.PostFormValue(name))
		if typed == "" {
			continue
		}
		v, err := strconv.ParseFloat(typed, 64)
		if err != nil || !(v > -1e5 && v < 1e5) {
			return nil, errBox
		}
		n[i] = v
		given++
	}
	if given == 0 {
		return nil, nil
	}
	if given < len(n) || !(n[0] < n[2] && n[1] < n[3]) {
		return nil, errBox
	}
	return &vidimus.Box{X0: n[0], Y0: n[1], X1: n[2], Y1: n[3]}, nil
}

var errBox = vidimus.WithHint(errors.New("this is no box"), "it has a left and a right, a top and a bottom, in points from the page's top left corner")

// giveBack takes areas off a document's list.
func (s *Server) giveBack(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showArea {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	var numbers []int
	for n := range strings.SplitSeq(v.Added, ",") {
		number, err := strconv.Atoi(n)
		if err != nil {
			panic(err) // we wrote it
		}
		numbers = append(numbers, number)
	}
	if err := s.room.Redaction.Show(r.Context(), v.Item, numbers); err != nil {
		s.not(w, "error.withhold", err)
		return
	}
	http.Redirect(w, r, "/v/"+in.keep(view{Show: showRedact, Item: v.Item, Page: v.Page}), http.StatusSeeOther)
}
