package web

import (
	"context"
	"errors"
	"net/http"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/protect/match"
	"vidimus/protect/people"
)

// maxPlaces is how many places of one person a page lists.
const maxPlaces = 500

// Protected is the list of protected people as the room shows it: by number,
// never by name. Nobody is put on it here: names are typed in the terminal.
type Protected struct {
	// List gives the people, while the vault is open.
	List func(ctx context.Context) ([]ProtectedPerson, error)
	// Counts gives on how many pages each is surely named, and on how many of
	// these all such places are withheld. It reads the whole case.
	Counts func(ctx context.Context) (found, withheld map[string]int, err error)
	// Places calls yield wherever one of them is named.
	Places func(ctx context.Context, person string, yield func(NamedPlace) error) error
	// Withhold withholds the lines that surely name one: of a document, or of
	// all when item is empty. It counts areas, and places left to be looked at.
	Withhold func(ctx context.Context, person string, item vidimus.ItemID, class protect.Class) (added, review int, err error)
}

// ProtectedPerson is one of the list, without name.
type ProtectedPerson struct {
	ID    string
	Kind  people.Kind
	Forms int
}

// NamedPlace is a place where a protected person is named.
type NamedPlace struct {
	pipeline.Sighting
	Path string
	Held bool
}

// peoplePage is the list.
type peoplePage struct {
	Vault   VaultState
	People  []personLine
	Counted bool
	Count   string // address of the list with counts
	Lock    string // handle of closing the vault
}

type personLine struct {
	ProtectedPerson
	Address         string
	Found, Withheld int
}

// people shows the list.
func (s *Server) people(w http.ResponseWriter, r *http.Request, in *session) {
	s.peopleList(w, r, in, view{Show: showPeople})
}

// peopleList is the list, with counts where v asks for them.
func (s *Server) peopleList(w http.ResponseWriter, r *http.Request, in *session, v view) {
	p := peoplePage{Vault: s.vault(), Counted: v.Reveal, Lock: in.keep(view{Show: showPeople})}
	p.Count = "/v/" + in.keep(view{Show: showPeople, Reveal: true})
	if p.Vault != VaultOpen {
		s.show(w, http.StatusOK, "people", "", p)
		return
	}
	list, err := s.room.Protected.List(r.Context())
	var found, withheld map[string]int
	if err == nil && v.Reveal {
		found, withheld, err = s.room.Protected.Counts(r.Context())
	}
	if errors.Is(err, ErrVaultClosed) {
		p.Vault = VaultClosed
	} else if err != nil {
		s.not(w, "error.people", err)
		return
	}
	for _, one := range list {
		p.People = append(p.People, personLine{one, "/v/" + in.keep(view{Show: showPerson, Person: one.ID}), found[one.ID], withheld[one.ID]})
	}
	s.show(w, http.StatusOK, "people", "", p)
}

// personPage is where one person is named: suggestions, not applied.
type personPage struct {
	ID       string
	Vault    VaultState
	Groups   []placeGroup
	Total    int
	Cut      bool
	Open     int    // places that are sure and not withheld
	All      string // handle of withholding them all
	Done     bool   // it was just done
	Added    int
	ToLookAt int
}

// placeGroup is the places in one file.
type placeGroup struct {
	Path   string
	Item   vidimus.ItemID
	Open   int
	Handle string // of withholding the sure ones; empty where there are none
	Places []placeLine
}

type placeLine struct {
	NamedPlace
	Sure    bool
	Address string // of the page where parts are withheld; empty for the name of a file
}

// errEnough ends the list of places.
var errEnough = errors.New("more places than are listed")

// person shows where one person is named.
func (s *Server) person(w http.ResponseWriter, r *http.Request, in *session, v view) {
	p := personPage{ID: v.Person, Vault: s.vault(), Done: v.Reveal, Added: v.Page, ToLookAt: v.Offset}
	err := s.room.Protected.Places(r.Context(), v.Person, func(n NamedPlace) error {
		if p.Total == maxPlaces {
			p.Cut = true
			return errEnough
		}
		p.Total++
		p.add(in, v, n)
		return nil
	})
	if errors.Is(err, ErrVaultClosed) {
		p.Vault = VaultClosed
	} else if err != nil && !errors.Is(err, errEnough) {
		s.not(w, "error.people", err)
		return
	}
	if p.Open > 0 || p.Cut {
		p.All = in.keep(view{Show: showPerson, Person: v.Person})
	}
	s.show(w, http.StatusOK, "person", "", p)
}

func (p *personPage) add(in *session, v view, n NamedPlace) {
	if len(p.Groups) == 0 || p.Groups[len(p.Groups)-1].Item != n.Item {
		p.Groups = append(p.Groups, placeGroup{Path: n.Path, Item: n.Item})
	}
	g := &p.Groups[len(p.Groups)-1]
	l := placeLine{NamedPlace: n, Sure: n.Certainty == match.Exact}
	if n.Page > 0 {
		l.Address = "/v/" + in.keep(view{Show: showRedact, Item: n.Item, Page: n.Page})
	}
	if l.Sure && !n.Held && n.Page > 0 {
		g.Open++
		p.Open++
		g.Handle = in.keep(view{Show: showPerson, Person: v.Person, Item: n.Item})
	}
	g.Places = append(g.Places, l)
}

// withholdPerson withholds what surely names one person: in a document, or
// everywhere.
func (s *Server) withholdPerson(w http.ResponseWriter, r *http.Request, in *session) {
	v, ok := in.find(r.PostFormValue("what"))
	if !ok || v.Show != showPerson {
		s.trouble(w, http.StatusNotFound, "error.forgotten", nil)
		return
	}
	added, review, err := s.room.Protected.Withhold(r.Context(), v.Person, v.Item, protect.Person)
	if err != nil {
		s.not(w, "error.withhold", err)
		return
	}
	to := view{Show: showPerson, Person: v.Person, Reveal: true, Page: added, Offset: review}
	http.Redirect(w, r, "/v/"+in.keep(to), http.StatusSeeOther)
}
