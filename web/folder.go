package web

import (
	"net/http"
	"strings"

	"vidimus"
)

// folderEntries is how many entries of a folder one page lists.
const folderEntries = 100

// folderPage is a folder of what was given, or of a container in it.
type folderPage struct {
	Trail   []step // the way here, the outermost first
	Name    string // of this folder; empty at the top of a source
	Source  int
	Sources []step // the other things given; nil where there is one
	About   string // address of the container whose folder this is
	Up      string // address of what is around
	Rows    []folderRow
	First   string // address of the beginning, where this is not it
	Next    string
}

// step is a place on the way to another.
type step struct {
	Name    string // of a folder or file, one segment
	Source  int    // number of a source, where it is one
	Address string
}

type folderRow struct {
	Entry
	Name    string // one segment
	Address string
	Into    string // of the folder of a container
	Same    string // of the file that this one repeats
}

// folders is the top of what was given first.
func (s *Server) folders(w http.ResponseWriter, r *http.Request, in *session) {
	s.folder(w, r, in, view{Show: showFolder, Folder: Folder{Source: 1}})
}

// folder lists the folder that v names.
func (s *Server) folder(w http.ResponseWriter, r *http.Request, in *session, v view) {
	f, err := s.room.Folder(r.Context(), v.Folder, v.From, folderEntries)
	if err != nil {
		s.trouble(w, http.StatusInternalServerError, "error.failed", err)
		return
	}
	p := folderPage{Source: v.Folder.Source, Trail: trail(in, f)}
	if n := len(p.Trail); n > 0 {
		p.Name, p.Trail = p.Trail[n-1].Name, p.Trail[:n-1]
	}
	if n := len(p.Trail); n > 0 {
		p.Up = p.Trail[n-1].Address
	}
	if len(f.Sources) > 1 && f.Container == nil && f.Path == "" {
		for _, source := range f.Sources {
			p.Sources = append(p.Sources, step{Source: source.Number, Address: inFolder(in, Folder{Source: source.Number}, Place{})})
		}
	}
	if f.Container != nil {
		p.About = about(in, f.Container.Item)
	}
	for _, e := range f.Entries {
		p.Rows = append(p.Rows, entryRow(in, f.Folder, e))
	}
	if v.From != (Place{}) {
		p.First = inFolder(in, f.Folder, Place{})
	}
	if f.Next != nil {
		p.Next = inFolder(in, f.Folder, *f.Next)
	}
	s.show(w, http.StatusOK, "folders", "", p)
}

func inFolder(in *session, f Folder, from Place) string {
	return "/v/" + in.keep(view{Show: showFolder, Folder: f, From: from})
}

func entryRow(in *session, f Folder, e Entry) folderRow {
	if e.IsFolder {
		return folderRow{Entry: e, Name: e.Name, Address: inFolder(in, Folder{f.Source, f.Parent, f.Path + e.Name + "/"}, Place{})}
	}
	row := folderRow{Entry: e, Name: strings.TrimPrefix(e.File.Path, f.Path), Address: opened(in, e.File)}
	if e.Holds {
		row.Into = inFolder(in, insideOf(e.File), Place{})
	}
	if e.File.DuplicateOf != "" {
		row.Same = about(in, e.File.DuplicateOf)
	}
	return row
}

// insideOf is the folder of a container.
func insideOf(f vidimus.File) Folder {
	return Folder{f.Source, f.Item, f.Path + "/"}
}

// besideOf is the folder in which a file lies.
func besideOf(f vidimus.File) Folder {
	return Folder{f.Source, f.Parent, f.Path[:strings.LastIndexByte(f.Path, '/')+1]}
}

// trail is the way to a folder: source, folders, containers, folders in these.
func trail(in *session, f FolderView) []step {
	all := []step{{Source: f.Source, Address: inFolder(in, Folder{Source: f.Source}, Place{})}}
	containers := f.Above
	if f.Container != nil {
		containers = append(containers[:len(containers):len(containers)], *f.Container)
	}
	at := Folder{Source: f.Source}
	for _, c := range containers {
		all = append(all, folderSteps(in, at, strings.TrimPrefix(c.Path, at.Path))...)
		at = insideOf(c)
		name := c.Path[strings.LastIndexByte(c.Path, '/')+1:]
		all = append(all, step{Name: name, Address: inFolder(in, at, Place{})})
	}
	return append(all, folderSteps(in, at, strings.TrimPrefix(f.Path, at.Path))...)
}

// folderSteps are the folders of a path below another; what stands after its
// last slash is none.
func folderSteps(in *session, at Folder, path string) (all []step) {
	for {
		name, rest, deeper := strings.Cut(path, "/")
		if !deeper {
			return all
		}
		at.Path += name + "/"
		all = append(all, step{Name: name, Address: inFolder(in, at, Place{})})
		path = rest
	}
}
