package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect/trace"
)

// tracesPerPage is how many traces one page lists.
const tracesPerPage = 100

// Tracing is what the room of traces needs: to look through files, and one
// value at a time. No function gives the values of several traces.
type Tracing struct {
	// Look begins to look through one file, or all when item is empty.
	Look func(ctx context.Context, item vidimus.ItemID) error
	// Looked tells what was found since the room was opened.
	Looked func() Looked
	// Words gives what one trace says, while the vault is open.
	Words func(ctx context.Context, item vidimus.ItemID, t trace.Trace) (pipeline.TraceWords, error)
}

// Looked is what was found in the files that were looked through.
type Looked struct {
	Files []TracedFile // in the order of intake
	Done  int          // files of the run that goes on, or was the last
	Of    int
	Going bool
	Full  bool  // more was found than is kept
	Err   error // why the last run ended early
}

// TracedFile is a file that was looked through.
type TracedFile struct {
	File   vidimus.File
	Traces []trace.Trace
}

// tracesPage lists traces by kind and place, never with what they say.
type tracesPage struct {
	Looked
	Number     int       // of files looked through
	Only       *fileLine // the file that is listed alone
	All        string    // address of all files' traces, where they are not listed
	Look       string    // handle of looking through what is listed
	Trouble    string    // hint of what ended the last run
	Kinds      []traceKind
	Total      int
	First      int // numbers of those shown, from 1
	Last       int
	Groups     []traceGroup
	Prev, Next string
}

// traceKind is a kind that was found, and how often.
type traceKind struct {
	Kind    trace.Kind
	Count   int
	Address string
	Current bool
}

// traceGroup is the traces of one file.
type traceGroup struct {
	Path   string
	About  string
	Traces []traceLine
}

type traceLine struct {
	trace.Trace
	Number  int
	Address string
}

// traces is the list of all that was found.
func (s *Server) traces(w http.ResponseWriter, r *http.Request, in *session) {
	s.traceList(w, r, in, view{Show: showTraces})
}

// traceList is the traces that v names: of all files or of one, of all kinds
// or of one.
func (s *Server) traceList(w http.ResponseWriter, r *http.Request, in *session, v view) {
	p := tracesPage{Looked: s.room.Traces.Looked()}
	p.Number, p.Trouble = len(p.Files), vidimus.HintOf(p.Err)
	if !p.Going {
		p.Look = in.keep(view{Show: showLook, Item: v.Item})
	}
	if v.Item != "" {
		f, err := s.room.File(r.Context(), v.Item)
		if err != nil {
			s.trouble(w, http.StatusInternalServerError, "error.failed", err)
			return
		}
		only := fileEntry(in, f.File)
		p.Only = &only
		p.Files = slices.DeleteFunc(slices.Clone(p.Files), func(t TracedFile) bool { return t.File.Item != v.Item })
		p.Number = len(p.Files)
	}
	if v.Item != "" || v.Trace.Kind != "" {
		p.All = "/traces"
	}
	p.kinds(in, v)
	p.window(in, v)
	s.show(w, http.StatusOK, "traces", "", p)
}

// kinds counts what was found by kind.
func (p *tracesPage) kinds(in *session, v view) {
	count := map[trace.Kind]int{}
	for _, f := range p.Files {
		for _, t := range f.Traces {
			count[t.Kind]++
		}
	}
	for _, k := range trace.Kinds() {
		if count[k] == 0 {
			continue
		}
		to := view{Show: showTraces, Item: v.Item, Trace: trace.Trace{Kind: k}}
		current := v.Trace.Kind == k
		if current {
			to.Trace.Kind = ""
		}
		p.Kinds = append(p.Kinds, traceKind{k, count[k], "/v/" + in.keep(to), current})
	}
}

// window takes those to be shown, from v.Offset on.
func (p *tracesPage) window(in *session, v view) {
	for _, f := range p.Files {
		group := traceGroup{Path: f.File.Path, About: about(in, f.File.Item)}
		for _, t := range f.Traces {
			if v.Trace.Kind != "" && t.Kind != v.Trace.Kind {
				continue
			}
			p.Total++
			if p.Total > v.Offset && p.Total <= v.Offset+tracesPerPage {
				to := view{Show: showTrace, Item: f.File.Item, Trace: t}
				group.Traces = append(group.Traces, traceLine{t, p.Total, "/v/" + in.keep(to)})
			}
		}
		if len(group.Traces) > 0 {
			p.Groups = append(p.Groups, group)
		}
	}
	p.First, p.Last = v.Offset+1, min(p.Total, v.Offset+tracesPerPage)
	other := v
	if v.Offset > 0 {
		other.Offset = max(0, v.Offset-tracesPerPage)
		p.Prev = "/v/" + in.keep(other)
	}
	if p.Last < p.Total {
		other.Offset = p.Last
		p.Next = "/v/" + in.keep(other)
	}
}

// lookForTraces begins to look through files; what is found comes to the list.
func (s *Server) lookForTraces(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showLook {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	if err := s.room.Traces.Look(r.Context(), v.Item); err != nil {
		s.not(w, "error.traces", err)
		return
	}
	http.Redirect(w, r, "/v/"+in.keep(view{Show: showTraces, Item: v.Item}), http.StatusSeeOther)
}

// liveTraces tells how far the looking is.
func (s *Server) liveTraces(w http.ResponseWriter, _ *http.Request, _ *session) {
	l := s.room.Traces.Looked()
	done, err := s.words.say("traces.done", l.Done, l.Of)
	if err != nil {
		panic(err) // a key of the program's own is missing
	}
	s.live(w, liveWords{l.Going, l.Done, l.Of, map[string]string{"done": done}})
}

// wordsOfTraces are the program's own words about traces.
func wordsOfTraces(words map[string]string) {
	for _, k := range trace.Kinds() {
		words["trace."+string(k)], words["says."+string(k)] = string(k), k.Says()
	}
	for _, class := range []trace.Class{trace.Device, trace.Printer, trace.Account, trace.Recipient, trace.Location, trace.Time} {
		words["class."+string(class)] = string(class)
	}
}

// Modes are the keys of the ways of publishing that do not carry a trace.
func (l traceLine) Modes() (all []string) {
	for _, m := range l.RemovedBy() {
		all = append(all, strings.ToLower(string(m)))
	}
	return all
}
