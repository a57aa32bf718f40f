package web

import (
	"net/http"
	"slices"
)

// lesson is one thing to try in the first hour, a click away. It speaks of the
// practice leak, and is shown in practice cases only.
type lesson struct {
	Do      string // key of what to try
	See     string // key of what is to be seen
	Address string
}

// lessonViews are the six things, made for testdata/leak.
var lessonViews = []struct {
	do, see string
	v       view
}{
	{"lesson.name", "lesson.name.see", view{Show: showSearch, Query: "阿迪瓦特"}},
	{"lesson.uyghur", "lesson.uyghur.see", view{Show: showPage, Query: "كۆچۈرۈش"}},
	{"lesson.sheet", "lesson.sheet.see", view{Show: showPage, Query: `path:"研习院统计.xlsx" reading:hidden`}},
	{"lesson.mail", "lesson.mail.see", view{Show: showPage, Query: `path:"mail/12.eml" type:mail`}},
	{"lesson.scan", "lesson.scan.see", view{Show: showNamed, Folder: Folder{Source: 1, Path: "scans/"}, From: Place{Path: "scans/Scan_00007.tif"}, Turn: 2}},
}

// lessons are the things to try, with their addresses.
func lessons(in *session) (all []lesson) {
	for _, l := range lessonViews {
		all = append(all, lesson{l.do, l.see, "/v/" + in.keep(l.v)})
	}
	return append(all, lesson{"lesson.failed", "lesson.failed.see", "/progress"})
}

// named shows the first page of the file that the practice leak has at a path,
// or the folder where it should be.
func (s *Server) named(w http.ResponseWriter, r *http.Request, in *session, v view) {
	f, err := s.room.Folder(r.Context(), v.Folder, Place{}, folderEntries)
	at := slices.IndexFunc(f.Entries, func(e Entry) bool { return e.File.Path == v.From.Path })
	if err != nil || at < 0 {
		s.folder(w, r, in, view{Show: showFolder, Folder: v.Folder})
		return
	}
	s.page(w, r, in, view{Show: showPage, Item: f.Entries[at].File.Item, Page: 1, Turn: v.Turn})
}
