package pipeline

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
	"vidimus/understand"
)

// Alike is a file of a group of duplicates and near duplicates.
type Alike struct {
	File vidimus.File
	// Like is the earlier file that it is most like; its own id for the first
	// of the group.
	Like     vidimus.ItemID
	Likeness understand.Likeness
	How      How
}

// How says in what a file is like another.
type How string

// The ways, from the surest.
const (
	First     How = "first" // of its group
	SameBytes How = "same bytes"
	SameWords How = "same words"
	NearWords How = "near"
)

// Alikes is what Duplicates finds.
type Alikes struct {
	Groups   [][]Alike
	Compared int // files with words of their own
	Wordless int // files that hold no word that was read: they are like nothing
}

// Duplicates finds the groups of files that are equal or nearly so.
func Duplicates(ctx context.Context, c *archive.Case) (Alikes, error) {
	l := &likening{ctx: ctx, c: c, kept: map[int]understand.Runs{}, silent: map[vidimus.ItemID]vidimus.File{}}
	if err := l.sketch(); err != nil {
		return Alikes{}, err
	}
	found, err := understand.Groups(l.sketches, l.compare)
	if err != nil {
		return Alikes{}, err
	}
	return Alikes{l.groups(found), len(l.files), l.wordless}, nil
}

// likening compares the files of a case.
type likening struct {
	ctx      context.Context
	c        *archive.Case
	files    []vidimus.File // with words
	copies   []vidimus.File // of the same bytes as another
	wordless int
	silent   map[vidimus.ItemID]vidimus.File // without words
	sketches []understand.Sketch
	kept     map[int]understand.Runs // of files compared lately
	recent   []int                   // the keys of kept, oldest first
}

func (l *likening) sketch() error {
	return EachFile(l.ctx, l.c, func(f vidimus.File) error {
		if f.State == vidimus.Disposed {
			return nil
		}
		if f.DuplicateOf != "" {
			l.copies = append(l.copies, f)
			return nil
		}
		words, err := words(l.ctx, l.c, f.Item)
		if err != nil {
			return err
		}
		s := understand.SketchOf(texts(words))
		if s.Runs == 0 {
			l.wordless++
			l.silent[f.Item] = f
			return nil
		}
		l.files, l.sketches = append(l.files, f), append(l.sketches, s)
		return nil
	})
}

func (l *likening) compare(i, j int) (understand.Likeness, error) {
	a, err := l.runs(i)
	if err != nil {
		return understand.Likeness{}, err
	}
	b, err := l.runs(j)
	return understand.Compare(a, b), err
}

// keepRuns is how many files' runs are kept: a group is compared with its
// first members again and again.
const keepRuns = 16

func (l *likening) runs(i int) (understand.Runs, error) {
	if r, there := l.kept[i]; there {
		return r, nil
	}
	words, err := words(l.ctx, l.c, l.files[i].Item)
	if err != nil {
		return nil, err
	}
	if len(l.recent) == keepRuns {
		delete(l.kept, l.recent[0])
		l.recent = l.recent[1:]
	}
	l.recent, l.kept[i] = append(l.recent, i), understand.RunsOf(texts(words))
	return l.kept[i], nil
}

// groups puts files and their copies together.
func (l *likening) groups(found [][]understand.Member) (all [][]Alike) {
	at := map[vidimus.ItemID]int{} // the group of an item
	begin := func(f vidimus.File) {
		at[f.Item] = len(all)
		all = append(all, []Alike{{f, f.Item, understand.Likeness{Shorter: 1, Longer: 1}, First}})
	}
	files := maps.Clone(l.silent)
	for _, f := range l.files {
		files[f.Item] = f
	}
	for _, members := range found {
		begin(l.files[members[0].Document])
		for _, m := range members[1:] {
			how := NearWords
			if m.Same {
				how = SameWords
			}
			f, n := l.files[m.Document], len(all)-1
			at[f.Item] = n
			all[n] = append(all[n], Alike{f, l.files[m.Like].Item, m.Likeness, how})
		}
	}
	for _, f := range l.copies {
		n, there := at[f.DuplicateOf]
		if !there {
			begin(files[f.DuplicateOf])
			n = len(all) - 1
		}
		all[n] = append(all[n], Alike{f, f.DuplicateOf, understand.Likeness{Shorter: 1, Longer: 1}, SameBytes})
	}
	return all
}

// Worded is a page with the reading it is from.
type Worded struct {
	Reading int64
	Page    vidimus.Page // without places
	Kind    string       // of the reading
}

// words gives the pages of an item's own words, as OCR read them where the
// file has none.
func words(ctx context.Context, c *archive.Case, item vidimus.ItemID) (all []Worded, err error) {
	err = Pages(ctx, c, item, func(r vidimus.Reading, p vidimus.Page) error {
		if shownWords(r.Kind) {
			all = append(all, Worded{r.Number, p, r.Kind})
		}
		return nil
	})
	return all, err
}

// shownWords tells the kinds of readings that pages of own words are shown from.
func shownWords(kind string) bool {
	return kind == read.OwnWords || kind == read.OCR || kind == read.Correction
}

func texts(pages []Worded) []string {
	all := make([]string, len(pages))
	for i, p := range pages {
		all[i] = p.Page.Text
	}
	return all
}

// Comparison is what differs between two files, with the pages it speaks of.
type Comparison struct {
	Old, New []Worded
	Likeness understand.Likeness
	understand.Difference
}

// Compare finds what differs between the words of two files, word by word.
func Compare(ctx context.Context, c *archive.Case, before, after vidimus.ItemID) (Comparison, error) {
	var d Comparison
	for item, pages := range map[vidimus.ItemID]*[]Worded{before: &d.Old, after: &d.New} {
		f, err := File(ctx, c, item)
		if err != nil {
			return d, err
		}
		if f.DuplicateOf != "" {
			f.Item = f.DuplicateOf
		}
		if *pages, err = words(ctx, c, f.Item); err != nil {
			return d, err
		}
		if !slices.ContainsFunc(*pages, func(p Worded) bool { return !p.Page.Wordless() }) {
			return d, vidimus.WithHint(fmt.Errorf("item %s has no words that were read", item), "`vidimus list CASE` says why")
		}
	}
	if before == after {
		d.New = d.Old
	}
	d.Likeness = understand.Compare(understand.RunsOf(texts(d.Old)), understand.RunsOf(texts(d.New)))
	d.Difference = understand.Diff(texts(d.Old), texts(d.New))
	return d, nil
}

// EachFile calls yield for all files in the order of intake.
func EachFile(ctx context.Context, c *archive.Case, yield func(vidimus.File) error) error {
	for after := int64(0); ; {
		var some []vidimus.File
		err := c.View(ctx, func(tx archive.Tx) (err error) {
			some, err = tx.Files().List(after, retryFiles)
			return err
		})
		if err != nil || len(some) == 0 {
			return err
		}
		for _, f := range some {
			after = f.Order
			if err := yield(f); err != nil {
				return err
			}
		}
	}
}
