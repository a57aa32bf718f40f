package pipeline

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/read"
	"vidimus/sandbox"
)

// Names are the names of the files in a container that writes them without
// saying in which charset.
type Names struct {
	Container vidimus.File
	Charset   string // in which they are read below
	Guessed   bool   // nobody chose it
	Files     []NamedFile
}

// GuessNames stands for the likeliest charset where one is chosen.
const GuessNames = "guess"

// NamedFile is a file in a container and its name in the charset asked for.
type NamedFile struct {
	vidimus.File
	Name string
}

// errNoNames is returned for a file with nothing to decode in it.
var errNoNames = vidimus.WithHint(errors.New("the names in this file say in which charset they are, or there are none"),
	"names of archives can be read in another charset: zip, tar and gz")

// NamesIn reads the names in a container in a charset, or as they are read now
// when it is empty. Nothing changes.
func NamesIn(ctx context.Context, c *archive.Case, o sandbox.Options, item vidimus.ItemID, charset string) (n Names, err error) {
	if n.Container, err = File(ctx, c, item); err != nil {
		return n, err
	}
	if n.Files, err = rawNamed(ctx, c, n.Container); err != nil {
		return n, err
	}
	raw := make([]string, len(n.Files))
	for i, f := range n.Files {
		raw[i] = f.RawName
	}
	if charset == "" {
		charset = n.Container.NameCharset
	}
	charset = strings.TrimSuffix(charset, GuessNames)
	n.Guessed = charset == ""
	used, names, err := decodeNames(ctx, o, raw, charset)
	if err != nil {
		return n, err
	}
	n.Charset = used
	for i := range n.Files {
		n.Files[i].Name = names[i]
	}
	return n, nil
}

// rawNamed lists a container's files whose names were decoded. Those of mails
// name their charsets themselves.
func rawNamed(ctx context.Context, c *archive.Case, container vidimus.File) (all []NamedFile, err error) {
	if strings.HasPrefix(container.Type, "message/") || container.Type == read.TypeMailbox {
		return nil, errNoNames
	}
	err = eachChild(ctx, c, container, func(f vidimus.File) error {
		if !utf8.ValidString(f.RawName) {
			all = append(all, NamedFile{File: f})
		}
		return nil
	})
	if err == nil && len(all) == 0 {
		err = errNoNames
	}
	return all, err
}

func eachChild(ctx context.Context, c *archive.Case, parent vidimus.File, yield func(vidimus.File) error) error {
	return c.View(ctx, func(tx archive.Tx) error { return childrenOf(tx, parent, yield) })
}

func childrenOf(tx archive.Tx, parent vidimus.File, yield func(vidimus.File) error) error {
	path, order := "", int64(0)
	for {
		some, err := tx.Files().Under(parent.Source, parent.Item, path, order, 500)
		if err != nil || len(some) == 0 {
			return err
		}
		for _, f := range some {
			path, order = f.Path, f.Order
			if err := yield(f); err != nil {
				return err
			}
		}
	}
}

func decodeNames(ctx context.Context, o sandbox.Options, raw []string, charset string) (string, []string, error) {
	worker, err := sandbox.Start(ctx, read.NamesKind, o)
	if err != nil {
		return "", nil, err
	}
	defer worker.Close()
	return read.DecodeNames(ctx, worker, raw, charset)
}

// Rename reads the names in a container in another charset from now on, or
// guesses it again with GuessNames. Only paths change, of what lies deeper
// too; each is logged, and nothing is read again. The caller holds c.Adding and
// lets the index catch up. It gives how many files have another path now.
func Rename(ctx context.Context, c *archive.Case, o sandbox.Options, item vidimus.ItemID, charset string) (changed int, err error) {
	container, err := File(ctx, c, item)
	if err != nil {
		return 0, err
	}
	files, err := rawNamed(ctx, c, container)
	if err != nil {
		return 0, err
	}
	charset = strings.TrimSuffix(charset, GuessNames)
	raw := make([]string, len(files))
	for i, f := range files {
		raw[i] = f.RawName
	}
	used, names, err := decodeNames(ctx, o, raw, charset)
	if err != nil {
		return 0, err
	}
	byItem := make(map[vidimus.ItemID]string, len(files))
	for i, f := range files {
		byItem[f.Item] = names[i]
	}
	err = c.Do(ctx, func(w *archive.Work) error {
		container.NameCharset = charset
		if err := w.Files().Put(container); err != nil {
			return err
		}
		w.Register(custody.Entry{Kind: custody.Correct, Fields: map[string]any{"item": string(item), "name_charset": used, "chosen": charset != ""}})
		r := renaming{w: w}
		err := r.children(container, byItem)
		changed = r.changed
		return err
	})
	return changed, err
}

// renaming gives files other paths.
type renaming struct {
	w       *archive.Work
	changed int
}

// children gives the files in a container their names; those without a new one
// keep theirs. Files of one name are told apart in the order of intake.
func (r *renaming) children(container vidimus.File, names map[vidimus.ItemID]string) error {
	taken, files := &outcome{}, map[int64]vidimus.File{}
	err := childrenOf(r.w, container, func(f vidimus.File) error {
		if _, has := names[f.Item]; has {
			files[f.Order] = f
		} else {
			uniquePath(taken, f.Path)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, order := range slices.Sorted(maps.Keys(files)) {
		f := files[order]
		if err := r.move(f, uniquePath(taken, container.Path+"/"+names[f.Item])); err != nil {
			return err
		}
	}
	return nil
}

// move gives a file a path, and what lies in it one below.
func (r *renaming) move(f vidimus.File, path string) error {
	if f.Path == path {
		return nil
	}
	before := f.Path
	f.Path = path
	if err := r.w.Files().Put(f); err != nil {
		return err
	}
	r.changed++
	r.w.Register(custody.Entry{Kind: custody.Correct, Fields: map[string]any{"item": string(f.Item), "path": archive.Encode([]byte(path))}})
	var inside []vidimus.File
	err := childrenOf(r.w, f, func(c vidimus.File) error {
		inside = append(inside, c)
		return nil
	})
	for _, c := range inside {
		if rest, ok := strings.CutPrefix(c.Path, before+"/"); ok && err == nil {
			err = r.move(c, path+"/"+rest)
		}
	}
	return err
}

// rename names the children of a container that is read again in the charset
// that a reader chose.
func (l *lane) rename(ctx context.Context, o *outcome) error {
	if o.file.NameCharset == "" {
		return nil
	}
	var raw []string
	for _, c := range o.children {
		if !utf8.ValidString(c.raw) {
			raw = append(raw, c.raw)
		}
	}
	_, names, err := decodeNames(ctx, l.o, raw, o.file.NameCharset)
	if err != nil {
		return err
	}
	o.paths = nil
	for _, c := range o.children {
		if utf8.ValidString(c.raw) {
			uniquePath(o, c.path)
		}
	}
	for i := range o.children {
		if c := &o.children[i]; !utf8.ValidString(c.raw) {
			c.path, names = uniquePath(o, o.file.Path+"/"+names[0]), names[1:]
		}
	}
	return nil
}
