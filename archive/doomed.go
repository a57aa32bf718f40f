package archive

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"vidimus"
)

// Choice says what becomes of other files that have the same bytes.
type Choice string

// The choices.
const (
	Undecided      Choice = ""
	KeepDuplicates Choice = "kept"
	WithDuplicates Choice = "disposed"
)

// ErrInside is returned for what lies in a container that stays.
var ErrInside = errors.New("its bytes lie in the container in which it was found, too")

// ErrDuplicates is returned where nobody has chosen.
var ErrDuplicates = errors.New("other files of the case have the same bytes")

// Doomed is what goes when an item is disposed of.
type Doomed struct {
	Items []vidimus.ItemID // the item, what is inside, and duplicates where that was chosen; sorted
	Kept  []vidimus.ItemID // other files with the same bytes
	// heirs take over the content of items that go and of which a copy stays.
	heirs map[vidimus.ItemID]vidimus.ItemID
	in    map[vidimus.ItemID]bool
	same  map[vidimus.ItemID]bool // by the first item of the same bytes
}

// DoomedBy works out what goes with an item.
func DoomedBy(tx Tx, item vidimus.ItemID, choice Choice) (*Doomed, error) {
	f, err := tx.Files().Get(item)
	if errors.Is(err, ErrNotFound) {
		err = vidimus.WithHint(errors.New("there is no such item in this case"), "`vidimus list CASE` prints the items")
	} else if err == nil && f.State == vidimus.Disposed {
		err = errors.New("this item was disposed of already")
	}
	if err != nil {
		return nil, err
	}
	d := &Doomed{heirs: map[vidimus.ItemID]vidimus.ItemID{}, in: map[vidimus.ItemID]bool{}, same: map[vidimus.ItemID]bool{}}
	d.add(f)
	if err := d.spread(tx, choice); err != nil {
		return nil, err
	}
	if err := d.inside(tx); err != nil {
		return nil, err
	}
	if err := d.others(tx); err != nil {
		return nil, err
	}
	slices.Sort(d.Items)
	if len(d.Kept) > 0 && choice == Undecided {
		return nil, vidimus.WithHint(fmt.Errorf("%w: %d", ErrDuplicates, len(d.Kept)),
			"say --with-duplicates to dispose of them too, or --keep-duplicates to leave them, and the bytes with them")
	}
	return d, nil
}

func (d *Doomed) add(f vidimus.File) {
	d.in[f.Item] = true
	d.Items = append(d.Items, f.Item)
	if f.Digest != (vidimus.Digest{}) {
		d.same[firstOf(f)] = true
	}
}

// firstOf is the item that has the content of f.
func firstOf(f vidimus.File) vidimus.ItemID {
	if f.DuplicateOf != "" {
		return f.DuplicateOf
	}
	return f.Item
}

// spread takes in what is inside of what goes, and duplicates if so chosen,
// with what is inside of those.
func (d *Doomed) spread(tx Tx, choice Choice) error {
	for grew := true; grew; {
		grew = false
		err := eachFile(tx, func(f vidimus.File) error {
			if !d.in[f.Item] && f.State != vidimus.Disposed && (d.in[f.Parent] || choice == WithDuplicates && d.same[firstOf(f)]) {
				d.add(f)
				grew = true
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// inside refuses to take a file out of a container that stays: its bytes would
// stay with that, and reading that again would bring it back.
func (d *Doomed) inside(tx Tx) error {
	outermost := map[vidimus.ItemID]bool{}
	for _, item := range d.Items {
		f, err := tx.Files().Get(item)
		for err == nil && f.Parent != "" && !d.in[f.Parent] {
			if f, err = tx.Files().Get(f.Parent); err == nil && f.Parent == "" && f.State != vidimus.Disposed {
				outermost[f.Item] = true
			}
		}
		if err != nil {
			return err
		}
	}
	if len(outermost) == 0 {
		return nil
	}
	return vidimus.WithHint(ErrInside, "dispose of the container, with all that is inside it, first: "+strings.Join(texts(slices.Sorted(maps.Keys(outermost))), ", "))
}

// Heir is the item that takes over the content of one that goes; empty where
// none does.
func (d *Doomed) Heir(item vidimus.ItemID) vidimus.ItemID { return d.heirs[item] }

// others finds the files that stay and have the same bytes. The first of them
// is the heir of an item with readings.
func (d *Doomed) others(tx Tx) error {
	containers := map[vidimus.ItemID]bool{}
	err := eachFile(tx, func(f vidimus.File) error {
		first := firstOf(f)
		switch {
		case d.in[f.Item]:
			containers[f.Parent] = true
		case f.State != vidimus.Disposed && d.same[first]:
			d.Kept = append(d.Kept, f.Item)
			if d.in[first] && d.heirs[first] == "" {
				d.heirs[first] = f.Item
			}
		}
		return nil
	})
	for first := range d.heirs {
		if err == nil && containers[first] {
			err = vidimus.WithHint(errors.New("a file that goes holds others, and of a duplicate only the first has what is inside"),
				"dispose of the duplicate alone, or of all with --with-duplicates")
		}
	}
	return err
}

// eachFile calls yield for every file, in the order of intake.
func eachFile(tx Tx, yield func(vidimus.File) error) error {
	for after := int64(0); ; {
		some, err := tx.Files().List(after, 500)
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

// held gives ErrHeld where a hold is on the case, on an item that goes, or on
// what one is inside of.
func (d *Doomed) held(tx Tx) error {
	holds, err := Holds(tx)
	if err != nil || len(holds) == 0 {
		return err
	}
	for _, item := range append([]vidimus.ItemID{""}, d.Items...) {
		for at := item; ; {
			if findHold(holds, at) >= 0 {
				return vidimus.WithHint(ErrHeld, hintHeld)
			}
			if at == "" {
				break
			}
			f, err := tx.Files().Get(at)
			if err != nil {
				return err
			}
			at = f.Parent
		}
	}
	return nil
}
