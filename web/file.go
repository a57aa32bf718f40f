package web

import (
	"context"
	"net/http"
	"slices"

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
	Thread        []threadLine // the conversation of the mail that it is, or came in
	Kin           []kinLine    // copies and versions
	Looking       bool         // for these
	Again         string       // handle of reading it again; empty where that is not offered
	Back          string
	Before, After string
	Traces        string // of its traces; empty where nobody can look
	Passages      string
}

// kinLine is a copy or a version of the file.
type kinLine struct {
	fileLine
	How   string
	Share int // in percent; 0 where it is not said
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
	if mail := mailOfFile(f); mail != "" {
		p.Thread, _ = s.conversation(r.Context(), in, mail)
		for i := range p.Thread {
			p.Thread[i].Here = p.Thread[i].Here && mail == f.Item
		}
	}
	p.Kin, p.Looking = s.kin(r.Context(), in, f.Item)
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

// mailOfFile gives the mail that a file is or came in.
func mailOfFile(f FileView) vidimus.ItemID {
	for _, one := range slices.Backward(append(slices.Clone(f.Above), f.File)) {
		if one.Type == read.TypeMail {
			return one.Item
		}
	}
	return ""
}

// kin gives the copies and versions of a file, and whether they are being
// looked for.
func (s *Server) kin(ctx context.Context, in *session, item vidimus.ItemID) (all []kinLine, looking bool) {
	if s.room.Alike == nil {
		return nil, false
	}
	found, known := s.room.Alike(ctx, item)
	for _, k := range found {
		if k.File.Item == item {
			continue
		}
		l := kinLine{fileEntry(in, k.File), k.How, 0}
		if k.How == "near" {
			l.Share = k.Share
		}
		all = append(all, l)
	}
	return all, !known
}
