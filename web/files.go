package web

import (
	"net/http"
	"slices"
	"strings"

	"vidimus"
)

// filesPerPage is how many files one page lists.
const filesPerPage = 100

// filesPage is the list of files under the arithmetic of the case.
type filesPage struct {
	Counts     vidimus.Counts
	Reasons    []reasonLine
	Files      []fileLine
	Prev, Next string
}

type reasonLine struct {
	Reason vidimus.Reason
	Count  int
}

type fileLine struct {
	vidimus.File
	Address string // of its first page; empty when it has none
	Same    string // of the first page of the file that this one repeats
}

// files is the beginning of the list.
func (s *Server) files(w http.ResponseWriter, r *http.Request, in *session) {
	s.fileList(w, r, in, view{Show: showFiles})
}

// fileList is the list from v.After on.
func (s *Server) fileList(w http.ResponseWriter, r *http.Request, in *session, v view) {
	counts, err := s.room.Counts(r.Context())
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	files, err := s.room.Files(r.Context(), v.After, filesPerPage+1)
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p := filesPage{Counts: counts, Reasons: reasons(counts)}
	if len(files) > filesPerPage {
		files = files[:filesPerPage]
		p.Next = "/v/" + in.keep(view{Show: showFiles, After: files[filesPerPage-1].Order})
	}
	if v.After > 0 {
		p.Prev = "/v/" + in.keep(view{Show: showFiles, After: max(0, v.After-filesPerPage)})
	}
	for _, f := range files {
		p.Files = append(p.Files, fileEntry(in, f))
	}
	s.show(w, http.StatusOK, "files.html", s.frame("", p))
}

func fileEntry(in *session, f vidimus.File) fileLine {
	l := fileLine{File: f}
	if f.Pages+f.Sections > 0 {
		l.Address = "/v/" + in.keep(view{Show: showPage, Item: f.Item, Page: 1})
	}
	if f.DuplicateOf != "" {
		l.Same = "/v/" + in.keep(view{Show: showPage, Item: f.DuplicateOf, Page: 1})
	}
	return l
}

// reasons are those of the case, the most frequent first.
func reasons(c vidimus.Counts) []reasonLine {
	var list []reasonLine
	for r, n := range c.Reasons {
		list = append(list, reasonLine{r, n})
	}
	slices.SortFunc(list, func(a, b reasonLine) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(string(a.Reason), string(b.Reason))
	})
	return list
}
