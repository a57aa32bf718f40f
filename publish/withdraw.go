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

// Withdraw deletes the files of a released edition from its folder and leaves
// one page that says that it was withdrawn. It gives how many files went, and
// the names of those that are not the edition's, which it leaves. Stopped at
// any moment, it can be done again: the notice is written first, the words by
// which the edition is known go last.
func Withdraw(e protect.Edition, dir string) (removed int, others []string, err error) {
	notice, err := withdrawalNotice()
	if err != nil {
		return 0, nil, err
	}
	index := filepath.Join(dir, "index.html")
	if err := errors.Join(durable.WriteFile(index, notice), os.Chtimes(index, epoch, epoch)); err != nil {
		return 0, nil, errNotWithdrawn
	}
	for _, path := range paths(e) {
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

// paths are the files of an edition but for its index, the words last.
func paths(e protect.Edition) []string {
	all := []string{"edition.pdf", "sums.txt"}
	for i, d := range e.Documents {
		all = append(all, shown(i))
		for _, p := range d.Pictures {
			all = append(all, p.Path)
		}
	}
	return append(all, "edition.json")
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
