package web

import (
	"net/http"

	"vidimus"
	"vidimus/read"
)

// filePage is what is known about one file: where it lies, what lies in it,
// how it was read and by whom.
type filePage struct {
	FileView
	Trail         []step // the folders and containers around it
	Name          string
	Open          string // address of its first page; empty when it has none
	Original      *fileLine
	Inside        []fileLine
	Into          string // of the folder that it holds
	Beside        string // of the folder in which it lies
	Readings      []readingLine
	Again         string // handle of reading it again; empty where that is not offered
	Back          string
	Before, After string
	Traces        string // of its traces; empty where nobody can look
	Passages      string
}

type readingLine struct {
	ReadingView
	Address  string
	Sections bool // its length counts sections
}

// file shows what is known about the file that v names.
func (s *Server) file(w http.ResponseWriter, r *http.Request, in *session, v view) {
	f, err := s.room.File(r.Context(), v.Item)
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p := filePage{FileView: f, Beside: inFolder(in, besideOf(f.File), Place{}), Back: "/files"}
	p.Trail = trail(in, FolderView{Folder: besideOf(f.File), Above: f.Above})
	p.Name = f.Path[len(besideOf(f.File).Path):]
	if f.Pages+f.Sections > 0 {
		p.Open = opened(in, f.File)
	}
	if f.Original != nil {
		l := fileEntry(in, *f.Original)
		p.Original = &l
	}
	for _, inside := range f.Inside {
		p.Inside = append(p.Inside, fileEntry(in, inside))
		p.Into = inFolder(in, insideOf(f.File), Place{})
	}
	for _, reading := range f.Readings {
		p.Readings = append(p.Readings, entryReading(in, f, reading))
	}
	if f.State == vidimus.Failed || f.State == vidimus.Partly {
		p.Again = s.again(in, Again{Item: f.Item})
	}
	if f.Before != "" {
		p.Before = about(in, f.Before)
	}
	if f.After != "" {
		p.After = about(in, f.After)
	}
	if s.room.Passages != nil {
		p.Passages = "/v/" + in.keep(view{Show: showPassages, Item: f.Item})
	}
	if s.room.Traces != nil {
		p.Traces = "/v/" + in.keep(view{Show: showTraces, Item: f.Item})
	}
	s.show(w, http.StatusOK, "file", "", p)
}

func entryReading(in *session, f FileView, r ReadingView) readingLine {
	to := view{Show: showPage, Item: f.Item, Page: 1, In: r.Number}
	return readingLine{r, "/v/" + in.keep(to), f.Pages == 0 || r.Kind != read.OwnWords && r.Kind != read.OCR}
}
