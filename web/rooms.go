package web

import (
	"net/http"
	"slices"
)

// roomLink is an entry of the bar at the top of every page.
type roomLink struct {
	Name    string // its words are "nav." and this
	Address string
	Current bool
}

// rooms are those in the bar. A new room is one handler file, one template, a
// route and a line here.
var rooms = []roomLink{
	{Name: "files", Address: "/files"},
	{Name: "folders", Address: "/folders"},
	{Name: "passages", Address: "/passages"},
	{Name: "traces", Address: "/traces"},
	{Name: "people", Address: "/people"},
	{Name: "edition", Address: "/edition"},
	{Name: "progress", Address: "/progress"},
	{Name: "help", Address: "/help"},
}

// links are the rooms that there are, the one that is shown marked.
func (s *Server) links(current string) []roomLink {
	there := map[string]bool{"passages": s.room.Passages != nil, "traces": s.room.Traces != nil, "people": s.room.Protected != nil, "edition": s.room.Editing != nil}
	all := slices.DeleteFunc(slices.Clone(rooms), func(l roomLink) bool {
		is, asked := there[l.Name]
		return asked && !is
	})
	for i := range all {
		all[i].Current = all[i].Name == current
	}
	return all
}

// shown draws what a view stands for.
var shown = map[show]func(*Server, http.ResponseWriter, *http.Request, *session, view){
	showSearch:   (*Server).hits,
	showPage:     (*Server).page,
	showFiles:    (*Server).fileList,
	showFile:     (*Server).file,
	showOpen:     (*Server).open,
	showFolder:   (*Server).folder,
	showReason:   (*Server).reason,
	showNamed:    (*Server).named,
	showTraces:   (*Server).traceList,
	showTrace:    (*Server).trace,
	showPassages: (*Server).passageList,
	showPeople:   (*Server).peopleList,
	showPerson:   (*Server).person,
	showReview:   (*Server).review,
	showRedact:   (*Server).redact,
	showPassage:  (*Server).passage,
}

// view shows what a handle stands for.
func (s *Server) view(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PathValue("handle"))
	draw := shown[v.Show]
	if !ok || draw == nil {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	draw(s, w, r, in, v)
}
