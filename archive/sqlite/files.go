package sqlite

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
)

type files struct{ *unit }

func (f files) AddSource(s vidimus.Source) error {
	last, err := f.number(`SELECT count(*) FROM sources`)
	if err != nil {
		return doing("add source", err)
	}
	if int64(s.Number) != last+1 {
		return fmt.Errorf("add source %d: the next one is %d", s.Number, last+1)
	}
	_, err = f.exec(`INSERT INTO sources(number, folder, added) VALUES(?,?,?)`, s.Number, s.Folder, s.Added)
	return doing("add source", err)
}

func (f files) Sources() ([]vidimus.Source, error) {
	list, err := all(f.unit, func(r row) (s vidimus.Source, err error) {
		return s, r.Scan(&s.Number, &s.Folder, &s.Added)
	}, `SELECT number, folder, added FROM sources ORDER BY number`)
	return list, doing("list sources", err)
}

const fileColumns = `ord, item, source, path, parent, type, bytes, digest, state, reason, duplicate_of, pages, sections, blank, language, raw_name, name_charset`

func scanFile(r row) (f vidimus.File, err error) {
	return f, r.Scan(&f.Order, &f.Item, &f.Source, &f.Path, &f.Parent, &f.Type, &f.Bytes, (*fixed)(&f.Digest),
		&f.State, &f.Reason, &f.DuplicateOf, &f.Pages, &f.Sections, &f.Blank, &f.Language, &f.RawName, &f.NameCharset)
}

func (f files) Put(file vidimus.File) error {
	if !slices.Contains(vidimus.States, file.State) {
		return errors.New("put file: its state is not one of vidimus.States")
	}
	old, err := f.Get(file.Item)
	switch {
	case err == nil:
		_, err = f.exec(`UPDATE files SET source=?, path=?, parent=?, type=?, bytes=?, digest=?, state=?, reason=?,
			duplicate_of=?, pages=?, sections=?, blank=?, language=?, raw_name=?, name_charset=? WHERE item=?`, append(values(file), file.Item)...)
	case errors.Is(err, archive.ErrNotFound):
		_, err = f.exec(`INSERT INTO files(source, path, parent, type, bytes, digest, state, reason,
			duplicate_of, pages, sections, blank, language, raw_name, name_charset, item) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`, append(values(file), file.Item)...)
	}
	if err != nil {
		return doing("put file", err)
	}
	f.count(old, -1)
	f.count(file, 1)
	return doing("put file", f.announce(old, file))
}

// announce tells the index of a file that is new or that it knows otherwise.
func (f files) announce(old, file vidimus.File) error {
	if old.Item != "" && old.Parent == file.Parent && archive.AboutOf(old) == archive.AboutOf(file) {
		return nil
	}
	_, err := f.exec(`INSERT INTO outbox(page, remove) SELECT -ord, 0 FROM files WHERE item=?`, file.Item)
	return err
}

// values are those of all columns that Put changes.
func values(f vidimus.File) []any {
	return []any{f.Source, []byte(f.Path), string(f.Parent), f.Type, f.Bytes, f.Digest[:], string(f.State), string(f.Reason),
		string(f.DuplicateOf), f.Pages, f.Sections, f.Blank, f.Language, []byte(f.RawName), f.NameCharset}
}

func (f files) Get(item vidimus.ItemID) (vidimus.File, error) {
	file, err := one(f.unit, scanFile, `SELECT `+fileColumns+` FROM files WHERE item=?`, item)
	return file, doing("get file", err)
}

func (f files) ByDigest(d vidimus.Digest) (vidimus.File, error) {
	file, err := one(f.unit, scanFile, `SELECT `+fileColumns+` FROM files
		WHERE digest=? AND state <> 'duplicate' ORDER BY ord LIMIT 1`, d[:])
	return file, doing("get file by digest", err)
}

func (f files) ByPath(source int, parent vidimus.ItemID, path string) (vidimus.File, error) {
	file, err := one(f.unit, scanFile, `SELECT `+fileColumns+` FROM files
		WHERE source=? AND parent=? AND path=? ORDER BY ord DESC LIMIT 1`, source, parent, []byte(path))
	return file, doing("get file by path", err)
}

func (f files) List(after int64, limit int) ([]vidimus.File, error) {
	list, err := all(f.unit, scanFile, `SELECT `+fileColumns+` FROM files WHERE ord>? ORDER BY ord LIMIT ?`, after, limit)
	return list, doing("list files", err)
}

func (f files) Under(source int, parent vidimus.ItemID, path string, order int64, limit int) ([]vidimus.File, error) {
	list, err := all(f.unit, scanFile, `SELECT `+fileColumns+` FROM files
		WHERE source=? AND parent=? AND (path, ord) > (?, ?) ORDER BY path, ord LIMIT ?`, source, string(parent), []byte(path), order, limit)
	return list, doing("list files of a folder", err)
}

func (f files) OfReason(reason vidimus.Reason, after int64, limit int) ([]vidimus.File, error) {
	list, err := all(f.unit, scanFile, `SELECT `+fileColumns+` FROM files
		WHERE reason<>'' AND reason=? AND ord>? ORDER BY ord LIMIT ?`, string(reason), after, limit)
	return list, doing("list files of a reason", err)
}

// Names of counts: a prefix and a state or reason, or the sum of a column.
const (
	countState    = "state "
	countReason   = "reason "
	countType     = "type " // and a state, a space and the media type
	countPages    = "pages"
	countSections = "sections"
	countBlank    = "blank"
	countBytes    = "bytes"
)

// count notes that a file comes (sign 1) or goes (sign -1). The table is
// written once a unit, not once a file.
func (u *unit) count(f vidimus.File, sign int64) {
	if f.Order == 0 && sign < 0 {
		return // there was no such file before
	}
	u.counts[countState+string(f.State)] += sign
	if f.Reason != "" {
		u.counts[countReason+string(f.Reason)] += sign
	}
	u.counts[countType+string(f.State)+" "+f.Type] += sign
	u.counts[countPages] += sign * int64(f.Pages)
	u.counts[countSections] += sign * int64(f.Sections)
	u.counts[countBlank] += sign * int64(f.Blank)
	u.counts[countBytes] += sign * f.Bytes
}

// flushCounts brings the table up to date with the unit's puts.
func (u *unit) flushCounts() error {
	for name, n := range u.counts {
		if n != 0 {
			_, err := u.exec(`INSERT INTO counts(name, n) VALUES(?,?) ON CONFLICT(name) DO UPDATE SET n=n+excluded.n`, name, n)
			if err != nil {
				return doing("keep the counts", err)
			}
		}
	}
	clear(u.counts)
	return nil
}

func (f files) Counts() (vidimus.Counts, error) {
	c := vidimus.Counts{Reasons: make(map[vidimus.Reason]int)}
	if err := f.flushCounts(); err != nil {
		return c, err
	}
	states := map[vidimus.State]*int{
		vidimus.Read: &c.Read, vidimus.Partly: &c.Partly, vidimus.Failed: &c.Failed,
		vidimus.Duplicate: &c.Duplicates, vidimus.Waiting: &c.Waiting, vidimus.Disposed: &c.Disposed,
	}
	sums := map[string]*int{countPages: &c.Pages, countSections: &c.Sections, countBlank: &c.Blank}
	_, err := all(f.unit, func(r row) (none struct{}, err error) {
		var name string
		var n int64
		if err := r.Scan(&name, &n); err != nil {
			return none, err
		}
		if s, ok := strings.CutPrefix(name, countState); ok {
			*states[vidimus.State(s)] = int(n)
			c.Seen += int(n)
		} else if s, ok := strings.CutPrefix(name, countReason); ok {
			c.Reasons[vidimus.Reason(s)] = int(n)
		} else if s, ok := strings.CutPrefix(name, countType); ok {
			state, mediaType, _ := strings.Cut(s, " ")
			c.AddType(mediaType, vidimus.State(state), int(n))
		} else if sum := sums[name]; sum != nil {
			*sum = int(n)
		} else {
			c.Bytes = n
		}
		return none, nil
	}, `SELECT name, n FROM counts WHERE n<>0`)
	return c, doing("read the counts", err)
}
