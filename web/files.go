package web

import (
	"net/http"

	"vidimus"
)

// filesPerPage is how many files one page lists.
const filesPerPage = 100

// filesPage is the list of files under the arithmetic of the case.
type filesPage struct {
	Counts     vidimus.Counts
	Files      []fileLine
	Prev, Next string
}

type fileLine struct {
	vidimus.File
	Address string
	Same    string // of the file that this one repeats
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
	p := filesPage{Counts: counts}
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
	s.show(w, http.StatusOK, "files", "", p)
}

func fileEntry(in *session, f vidimus.File) fileLine {
	l := fileLine{File: f, Address: opened(in, f)}
	if f.DuplicateOf != "" {
		l.Same = about(in, f.DuplicateOf)
	}
	return l
}

// opened is the address of a file's first page, or of what is known about it
// where it has none.
func opened(in *session, f vidimus.File) string {
	if f.Pages+f.Sections > 0 {
		return "/v/" + in.keep(view{Show: showPage, Item: f.Item, Page: 1})
	}
	return about(in, f.Item)
}

// about is the address of what is known about a file.
func about(in *session, item vidimus.ItemID) string {
	return "/v/" + in.keep(view{Show: showFile, Item: item})
}
