package web

import (
	"container/list"
	"crypto/rand"
	"encoding/hex"
	"sync"

	"vidimus"
	"vidimus/protect/trace"
	"vidimus/search"
)

// maxViews is how many views a session remembers: some hundred pages of hits.
const maxViews = 10_000

// view is what a handle stands for: all that would otherwise be in an address.
type view struct {
	Show    show
	Query   string         // as it was typed
	Filters filters        // beside it
	Typed   bool           // only the words as typed
	Sort    search.Sort    // of the hits
	Offset  int            // into the hits
	Item    vidimus.ItemID // empty: whatever page is the hit at Offset
	Page    int
	In      int64  // the reading that Page is of; 0 for the file's own words
	As      aspect // how a page is shown
	Wide    bool   // the picture across the window
	Whole   bool   // the picture as high as the window
	Turn    int    // of the picture, quarters clockwise
	After   int64  // of a list of files
	Reason  vidimus.Reason
	Folder  Folder
	From    Place // in the folder
	Trace   trace.Trace
	Reveal  bool   // what the trace says, while the vault is open
	Number  int64  // of a passage
	Mention string // that a reader has added
	Seen    string // checksum of the words that were shown
	Added   string // numbers of areas, parted by commas
	Lines   string // of a page, as 3-5
	Person  string // P-014
}

type show int

const (
	showSearch show = iota
	showPage
	showFiles
	showPicture
	showFile
	showOpen // a file, whatever there is to show of it
	showFolder
	showReason
	showAgain // to be read again
	showNamed // the file at From in Folder
	showTraces
	showTrace
	showLook // to be looked through for traces
	showPassages
	showPassage
	showMark    // something on it is to be marked
	showMove    // where a passage is to be moved
	showMention // one that is to be taken back
	showRedact
	showArea    // areas that can be taken off
	showPlanned // a document for the plan
	showReview
	showPeople
	showPerson
	showCleared // a picture as it would be published
)

// aspect is how a page is shown: beside its picture, or taken apart.
type aspect int

const (
	asFits  aspect = iota // taken apart where it can be
	asWords               // picture and text
)

// session is one browser that was let in: its views by handle, the longest
// unused forgotten first.
type session struct {
	mu     sync.Mutex
	handle map[view]string
	at     map[string]*list.Element
	order  *list.List // of stored, the most recently used at the front
	max    int
}

type stored struct {
	handle string
	view   view
}

func newSession() *session {
	return &session{handle: map[view]string{}, at: map[string]*list.Element{}, order: list.New(), max: maxViews}
}

// keep gives the handle of v. The same view has the same handle as long as it
// is remembered, so that a page read again does not crowd out others.
func (s *session) keep(v view) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h, ok := s.handle[v]; ok {
		s.order.MoveToFront(s.at[h])
		return h
	}
	h := random()
	s.handle[v] = h
	s.at[h] = s.order.PushFront(stored{h, v})
	if s.order.Len() > s.max {
		old := s.order.Remove(s.order.Back()).(stored)
		delete(s.handle, old.view)
		delete(s.at, old.handle)
	}
	return h
}

// find gives what a handle stands for.
func (s *session) find(handle string) (view, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.at[handle]
	if !ok {
		return view{}, false
	}
	s.order.MoveToFront(e)
	return e.Value.(stored).view, true
}

// random gives 128 bits as lower-case hex, which is good in a host name too.
func random() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
