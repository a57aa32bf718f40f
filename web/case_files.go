package web

import (
	"context"
	"errors"
	"slices"
	"strings"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// insideShown is how many files inside a container its page names itself.
const insideShown = 50

// file tells about one file.
func (c openCase) file(ctx context.Context, item vidimus.ItemID) (v FileView, err error) {
	err = c.records.View(ctx, func(tx archive.Tx) error {
		if v.File, err = tx.Files().Get(item); err != nil {
			return err
		}
		if v.Above, err = above(tx, v.File); err != nil {
			return err
		}
		if v.Inside, err = tx.Files().Under(v.Source, item, "", 0, insideShown+1); err != nil {
			return err
		}
		if v.More = len(v.Inside) > insideShown; v.More {
			v.Inside = v.Inside[:insideShown]
		}
		if v.DuplicateOf != "" {
			original, err := tx.Files().Get(v.DuplicateOf)
			if err != nil {
				return err
			}
			v.Original = &original
		}
		if v.Before, v.After, err = around(tx, v.File); err != nil {
			return err
		}
		v.Readings, err = readings(tx, item)
		return err
	})
	return v, err
}

// above gives the containers around a file, the outermost first.
func above(tx archive.Tx, f vidimus.File) (all []vidimus.File, err error) {
	for f.Parent != "" {
		if f, err = tx.Files().Get(f.Parent); err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	slices.Reverse(all)
	return all, nil
}

// around gives the files before and after one in the order of intake.
func around(tx archive.Tx, f vidimus.File) (before, after vidimus.ItemID, err error) {
	if f.Order > 1 {
		some, err := tx.Files().List(f.Order-2, 1)
		if err != nil {
			return "", "", err
		}
		before = some[0].Item
	}
	some, err := tx.Files().List(f.Order, 1)
	if len(some) == 1 {
		after = some[0].Item
	}
	return before, after, err
}

func readings(tx archive.Tx, item vidimus.ItemID) (all []ReadingView, err error) {
	current, err := tx.Readings().Current(item)
	for _, r := range current {
		n, e := pipeline.Length(tx, r.Number)
		err = errors.Join(err, e)
		all = append(all, ReadingView{r, n})
	}
	return all, err
}

// folderStep is how many files are read at a time for a list of a folder.
const folderStep = 200

// folder lists a folder. Of a folder inside it nothing is read but its first
// file, however much it holds.
func (c openCase) folder(ctx context.Context, in Folder, from Place, limit int) (v FolderView, err error) {
	v.Folder = in
	err = c.records.View(ctx, func(tx archive.Tx) error {
		if v.Sources, err = tx.Files().Sources(); err != nil {
			return err
		}
		if in.Parent != "" {
			container, err := tx.Files().Get(in.Parent)
			if err != nil {
				return err
			}
			v.Container = &container
			if v.Above, err = above(tx, container); err != nil {
				return err
			}
		}
		return v.list(tx, from, limit)
	})
	return v, err
}

func (v *FolderView) list(tx archive.Tx, from Place, limit int) error {
	if from.Path < v.Path {
		from = Place{Path: v.Path}
	}
	for {
		some, err := tx.Files().Under(v.Source, v.Parent, from.Path, from.Order, folderStep)
		if err != nil {
			return err
		}
		for _, f := range some {
			name, here := strings.CutPrefix(f.Path, v.Path)
			if !here {
				return nil
			}
			if len(v.Entries) == limit {
				v.Next = &from
				return nil
			}
			if sub, _, deeper := strings.Cut(name, "/"); deeper {
				v.Entries = append(v.Entries, Entry{IsFolder: true, Name: sub})
				from = Place{Path: v.Path + sub + "0"} // what follows a slash: all in the folder is before it
				break
			}
			inside, err := tx.Files().Under(f.Source, f.Item, "", 0, 1)
			if err != nil {
				return err
			}
			v.Entries = append(v.Entries, Entry{File: f, Holds: len(inside) > 0})
			from = Place{f.Path, f.Order}
		}
		if len(some) == 0 {
			return nil
		}
	}
}

func (c openCase) ofReason(ctx context.Context, reason vidimus.Reason, after int64, limit int) (list []vidimus.File, err error) {
	err = c.records.View(ctx, func(tx archive.Tx) error {
		list, err = tx.Files().OfReason(reason, after, limit)
		return err
	})
	return list, err
}

// left counts what waits. Whether somebody is at it is for the caller to tell.
func (c openCase) left(ctx context.Context) (l Left, err error) {
	err = c.records.View(ctx, func(tx archive.Tx) error {
		if l.Counts, err = tx.Files().Counts(); err != nil {
			return err
		}
		l.OCR, err = pipeline.WaitForOCR(tx)
		return err
	})
	return l, err
}
