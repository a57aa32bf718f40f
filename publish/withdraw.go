package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/internal/durable"
	"vidimus/protect"
)

// OutOfReach is what no withdrawal deletes.
var OutOfReach = []string{
	"copies that others have: `vidimus edition recall` lists whom the case knows of",
	"web servers, their caches, search engines and web archives",
	"backups and snapshots of this disk, and what it has not written over yet",
}

// Announce makes a folder look released no more: its first page says that the
// edition was withdrawn, or goes where the disk has no room to say so.
func Announce(dir string) error {
	notice, err := withdrawalNotice()
	if err != nil {
		return err
	}
	index := filepath.Join(dir, "index.html")
	err = errors.Join(durable.WriteFile(index, notice), os.Chtimes(index, epoch, epoch))
	if err != nil && os.Remove(index) != nil {
		return errNotWithdrawn
	}
	return nil
}

// Withdrawn tells whether what lies in a folder is the page that a withdrawal
// leaves.
func Withdrawn(dir string) bool {
	notice, err := withdrawalNotice()
	if err != nil {
		return false
	}
	there, err := os.ReadFile(filepath.Join(dir, "index.html"))
	return err == nil && bytes.Equal(there, notice)
}

// Withdraw deletes the files of a released edition from its folder and leaves
// one page that says that it was withdrawn. It gives how many files went, and
// the names of those that are not the edition's, which it leaves. Stopped at
// any moment, it can be done again: the words by which the edition is known go
// last, when the page stands.
func Withdraw(e protect.Edition, dir string) (removed int, others []string, err error) {
	for _, path := range paths(e) {
		if path == words && Announce(dir) != nil { // now there is room, if there was none
			return removed, nil, errNotWithdrawn
		}
		err := os.Remove(filepath.Join(dir, path))
		switch {
		case err == nil:
			removed++
		case !errors.Is(err, fs.ErrNotExist):
			return removed, nil, errNotWithdrawn
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return removed, nil, errNotWithdrawn
	}
	for _, entry := range entries {
		if entry.Name() != "index.html" {
			others = append(others, entry.Name())
		}
	}
	return removed, others, errors.Join(os.Chtimes(dir, epoch, epoch), durable.SyncFolder(dir))
}

var errNotWithdrawn = vidimus.WithHint(errors.New("not all files of the edition could be deleted"),
	"delete the folder yourself, or make it writable and run this again; in the case it is withdrawn")

// words is the file by which an edition is known.
const words = "edition.json"

// paths are the files of an edition but for its index, the words last.
func paths(e protect.Edition) []string {
	all := []string{"edition.pdf", "sums.txt"}
	for i, d := range e.Documents {
		all = append(all, shown(i))
		for _, p := range d.Pictures {
			all = append(all, p.Path)
		}
	}
	return append(all, words)
}

func withdrawalNotice() ([]byte, error) {
	s, err := newSite(protect.Edition{}, 0)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := s.set.ExecuteTemplate(&b, "withdrawn.html", s); err != nil {
		return nil, fmt.Errorf("write the notice of a withdrawal: %w", err)
	}
	return b.Bytes(), nil
}
