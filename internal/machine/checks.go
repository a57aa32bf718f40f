package machine

import "path/filepath"

// State says how a check came out.
type State string

// The states: nothing to do; look at it; nothing is done until it is mended.
const (
	OK   State = "ok"
	Look State = "look"
	Stop State = "stop"
)

// Check is one thing that was looked at.
type Check struct {
	Name  string `json:"check"`
	State State  `json:"state"`
	Found string `json:"found"`
	Why   string `json:"why"`  // it matters
	Mend  string `json:"mend"` // what to do; empty when it is ok
}

// Case looks at the machine for a case that lies, or will lie, at path.
func (s System) Case(path string) []Check {
	if !s.linux() {
		return []Check{foreign()}
	}
	return []Check{s.disk(path), s.fileSystem(path), s.elsewhere(path), s.swapping(), s.hibernation(),
		s.cores(), s.indexers(path), s.network(), s.clock(path)}
}

// Medium looks at the machine for documents that are to be taken from path.
func (s System) Medium(path string) []Check {
	if !s.linux() {
		return []Check{foreign()}
	}
	return []Check{s.medium(path), s.indexers(path), s.thumbnailers()}
}

func foreign() Check {
	return Check{Name: "system", State: Look, Found: "this system is not Linux: nothing of the machine was looked at",
		Why: "what a machine writes by itself is known here for Linux only", Mend: "look at disk encryption, indexing, sleep images and synchronised folders by hand"}
}

func (s System) fileSystem(path string) Check {
	c := Check{Name: "file system", State: OK, Found: "the file system keeps locks and file modes",
		Why: "without locks two programs write into one case and break it; on a network others can watch and copy"}
	if name, remote := s.statfs(s.at(path)); name != "" {
		c.State, c.Found, c.Mend = Stop, "the file system is "+name+", which breaks locks and file modes", "keep the case on a local disk"
		if remote {
			c.Found = "the file system is " + name + ", which lies on a network or behind another program"
		}
	}
	return c
}

func (s System) elsewhere(path string) Check {
	c := Check{Name: "copies", State: OK, Found: "the folder lies in no git tree and no synchronised folder that we know",
		Why: "a folder that is carried elsewhere tells others when and how much you work, and old states of it stay there"}
	if where := Elsewhere(filepath.Join(s.at(path), "format")); where != "" {
		c.State, c.Found, c.Mend = Look, "the folder lies in "+where, "keep the case in a folder that no program copies"
	}
	return c
}
