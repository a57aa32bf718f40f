package suite

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"vidimus"
	"vidimus/archive"
)

const (
	items    = 12 // that operations speak of
	readings = 20
)

var settingNames = [...]string{"name", "one", "two"}

// operation is one random thing to do, with all its arguments chosen: it does
// the same to every implementation.
type operation func(archive.Tx) (answer any, err error)

// chooser chooses operations.
type chooser struct{ *rand.Rand }

func modelAgrees(t *testing.T, o RecordsOpener) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			choose := chooser{rand.New(rand.NewPCG(seed, 1))}
			tested, model := o.Open(t), o.Model()
			both := func(work func(archive.Tx) error) {
				do(t, tested, work)
				do(t, model, work)
			}
			both(func(tx archive.Tx) error { return tx.Files().AddSource(vidimus.Source{Number: 1}) })
			for step := range 300 {
				unit := make([]operation, 1+choose.IntN(5))
				for i := range unit {
					unit[i] = choose.operation()
				}
				fail := choose.IntN(6) == 0
				want, got := apply(t, model, unit, fail), apply(t, tested, unit, fail)
				same(t, fmt.Sprintf("answers of step %d", step), want, got)
				if step%25 == 0 {
					same(t, fmt.Sprintf("state after step %d", step), dumpOf(t, model), dumpOf(t, tested))
				}
				if t.Failed() {
					return
				}
			}
			end := dumpOf(t, model)
			same(t, "state after reopening", end, dumpOf(t, o.Reopen(t, tested)))
			if len(end.Files) < items || end.Last < 10 || len(end.All) == 0 || len(end.Jobs) == 0 || len(end.Log) == 0 {
				t.Error("the operations were too few to tell anything")
			}
		})
	}
}

var errUndo = errors.New("undo")

// apply does a unit of operations and gives their answers. The unit is undone
// when one of its operations is refused, or when told so.
func apply(t *testing.T, r archive.Records, unit []operation, fail bool) (answers []string) {
	err := r.Do(t.Context(), func(tx archive.Tx) error {
		for _, op := range unit {
			answer, err := op(tx)
			answers = append(answers, fmt.Sprint(answer, kind(err)))
			if err != nil && !errors.Is(err, archive.ErrNotFound) {
				return errUndo // a refused operation may have done a part
			}
		}
		if fail {
			return errUndo
		}
		return nil
	})
	if err != nil && !errors.Is(err, errUndo) {
		t.Fatal(err)
	}
	return answers
}

// kind is what implementations must agree on in an error.
func kind(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, archive.ErrNotFound):
		return " not found"
	default:
		return " refused"
	}
}

func oneOf[T any](c chooser, list ...T) T { return list[c.IntN(len(list))] }

func (c chooser) item() vidimus.ItemID { return vidimus.ItemID(fmt.Sprintf("item%02d", c.IntN(items))) }

func (c chooser) operation() operation {
	return oneOf(c,
		c.putFile, c.putFile, c.putFile, c.read, c.read, c.begin, c.addPages, c.finish,
		c.drop, c.dropOne, c.renumber, c.ahead, c.putJob, c.putJob, c.claim, c.requeue, c.putOriginal, c.appendLog, c.confirm, c.putSetting,
		c.putMentions, c.rule, c.addOfficial, c.removeOfficial,
		c.putPassage, c.dropPassage,
		c.dispose, c.dispose, c.hand, c.disposeOther,
	)()
}

func (c chooser) putFile() operation {
	f := vidimus.File{
		Item: c.item(), Source: 1, Path: oneOf(c, "a", "b\xff", "c"), Bytes: c.Int64N(1000), Digest: vidimus.Digest{byte(c.IntN(9))},
		State: oneOf(c, vidimus.States...), Reason: oneOf(c, "", vidimus.NeedsOCR, vidimus.Damaged),
		Pages: c.IntN(9), Sections: c.IntN(9), Blank: c.IntN(9), Language: oneOf(c, "und", "zh"),
		RawName: oneOf(c, "", "\xc4\xbf"), NameCharset: oneOf(c, "", "big5"),
		Parent: oneOf(c, "", "", c.item()), Type: oneOf(c, "", "text/plain", "application/x-made up"),
	}
	return func(tx archive.Tx) (any, error) {
		if err := tx.Files().Put(f); err != nil {
			return nil, err
		}
		return tx.Files().Counts()
	}
}

func (c chooser) reading() vidimus.Reading {
	return vidimus.Reading{Item: c.item(), Kind: oneOf(c, "text", "ocr"), Producer: vidimus.Producer{Stage: "read", Version: c.IntN(3)}}
}

func (c chooser) begin() operation {
	r := c.reading()
	return func(tx archive.Tx) (any, error) { return tx.Readings().Begin(r) }
}

// read makes a whole reading, as most are.
func (c chooser) read() operation {
	r, pages := c.reading(), c.pages()
	return func(tx archive.Tx) (any, error) {
		number, err := tx.Readings().Begin(r)
		if err != nil {
			return nil, err
		}
		return number, errors.Join(tx.Readings().AddPages(number, pages), tx.Readings().Finish(number))
	}
}

func (c chooser) pages() []vidimus.Page {
	pages := make([]vidimus.Page, c.IntN(4))
	for i := range pages {
		pages[i] = vidimus.Page{
			Number: 1 + c.IntN(200), Text: oneOf(c, "", " \n", "words"), Ink: c.IntN(2) == 0, Width: c.Float64(),
			Places: []vidimus.Place{{Start: 0, End: 1, Box: vidimus.Box{X0: c.Float64(), X1: 2, Y1: 1}}},
		}
	}
	return pages
}

func (c chooser) addPages() operation {
	number, pages := 1+c.Int64N(readings), c.pages()
	return func(tx archive.Tx) (any, error) { return nil, tx.Readings().AddPages(number, pages) }
}

func (c chooser) finish() operation {
	number := 1 + c.Int64N(readings)
	return func(tx archive.Tx) (any, error) { return nil, tx.Readings().Finish(number) }
}

func (c chooser) drop() operation {
	if c.IntN(6) > 0 {
		return c.begin()
	}
	keep := oneOf(c, "", "ocr")
	return func(tx archive.Tx) (any, error) { return tx.Readings().DropBuilding(keep) }
}

func (c chooser) dropOne() operation {
	number := 1 + c.Int64N(readings)
	return func(tx archive.Tx) (any, error) { return nil, tx.Readings().Drop(number) }
}

func (c chooser) renumber() operation {
	number := 1 + c.Int64N(readings)
	return func(tx archive.Tx) (any, error) { return tx.Readings().Renumber(number) }
}

// ahead looks at readings that are still building.
func (c chooser) ahead() operation {
	item, number, after := c.item(), 1+c.Int64N(readings), c.IntN(200)
	return func(tx archive.Tx) (any, error) {
		list, err := tx.Readings().Unfinished(item)
		if err != nil {
			return nil, err
		}
		pages, err := tx.Readings().Ahead(number, after, 3)
		return []any{len(list), list, len(pages), pages}, err
	}
}

func (c chooser) putJob() operation {
	j := vidimus.Job{Item: c.item(), Stage: oneOf(c, stages[:]...), Attempts: c.IntN(3), State: oneOf(c, vidimus.JobWaiting, vidimus.JobAlone, vidimus.JobDone)}
	return func(tx archive.Tx) (any, error) { return nil, tx.Jobs().Put(j) }
}

func (c chooser) claim() operation {
	stage, from, n := oneOf(c, stages[:]...), oneOf(c, vidimus.JobWaiting, vidimus.JobAlone), c.IntN(4)
	return func(tx archive.Tx) (any, error) { return tx.Jobs().Claim(stage, from, n) }
}

func (c chooser) requeue() operation {
	return func(tx archive.Tx) (any, error) { return tx.Jobs().Requeue() }
}

func (c chooser) putOriginal() operation {
	n := byte(c.IntN(20))
	o := archive.Original{Digest: vidimus.Digest{n}, Blob: archive.BlobName(fmt.Sprint("blob", n)), Bytes: c.Int64N(99)}
	return func(tx archive.Tx) (any, error) {
		if err := tx.Originals().Put(o); err != nil {
			return nil, err
		}
		return tx.Originals().Count()
	}
}

func (c chooser) appendLog() operation {
	leaf := [32]byte{byte(c.IntN(256))}
	return func(tx archive.Tx) (any, error) {
		size, err := tx.Log().Size()
		if err != nil {
			return nil, err
		}
		return size, tx.Log().Append(size, leaf, leaf[:1], leaf[:2])
	}
}

func (c chooser) confirm() operation {
	back := c.Int64N(5)
	return func(tx archive.Tx) (any, error) {
		last, err := tx.Outbox().Last()
		if err != nil {
			return nil, err
		}
		return last, tx.Outbox().Confirm(last - back)
	}
}

func (c chooser) putPassage() operation {
	p := vidimus.Passage{
		Number: oneOf(c, 0, 0, c.Int64N(9)), Item: c.item(), Reading: 1 + c.Int64N(readings), Page: c.IntN(3),
		Quote: oneOf(c, "", "words"), Tags: oneOf(c, nil, []string{"a", "b"}), Star: c.IntN(2) == 0,
	}
	return func(tx archive.Tx) (any, error) { return tx.Passages().Put(p) }
}

func (c chooser) dropPassage() operation {
	number := c.Int64N(9)
	return func(tx archive.Tx) (any, error) { return nil, tx.Passages().Delete(number) }
}

func (c chooser) dispose() operation {
	item := c.item()
	return func(tx archive.Tx) (any, error) { return nil, tx.Disposal().Item(item) }
}

func (c chooser) hand() operation {
	from, to := c.item(), c.item()
	return func(tx archive.Tx) (any, error) { return nil, tx.Disposal().Hand(from, to) }
}

// disposeOther takes an original, the body of a log entry or a setting away.
func (c chooser) disposeOther() operation {
	digest, entry, name := vidimus.Digest{byte(c.IntN(20))}, c.Int64N(9), oneOf(c, settingNames[:]...)
	what := c.IntN(3)
	return func(tx archive.Tx) (any, error) {
		switch what {
		case 0:
			return nil, tx.Disposal().Original(digest)
		case 1:
			return nil, tx.Disposal().Entry(entry)
		}
		return nil, tx.Disposal().Setting(name)
	}
}

func (c chooser) putSetting() operation {
	name, value := oneOf(c, settingNames[:]...), []byte{byte(c.IntN(256))}
	return func(tx archive.Tx) (any, error) { return nil, tx.Settings().Put(name, value) }
}

func (c chooser) putMentions() operation {
	reading, page := 1+c.Int64N(readings), 1+c.IntN(200)
	by := vidimus.Producer{Stage: "understand", Version: c.IntN(3)}
	list := slices.Clone(found[:c.IntN(len(found)+1)])
	return func(tx archive.Tx) (any, error) {
		if pages, err := tx.Readings().Pages(reading, 0, 1); err == nil && len(pages) > 0 {
			page = pages[0].Number
		}
		return nil, tx.Mentions().Put(reading, page, by, list)
	}
}

func (c chooser) rule() operation {
	r := vidimus.Ruling{
		Mention: vidimus.MentionID{Reading: 1 + c.Int64N(readings), Page: 1 + c.IntN(3), End: 1 + c.IntN(3), Kind: oneOf(c, vidimus.MentionKinds...)},
		Verdict: oneOf(c, vidimus.Confirmed, vidimus.Rejected, vidimus.Merged, vidimus.Added), Value: oneOf(c, "", "x"),
	}
	return func(tx archive.Tx) (any, error) { return nil, tx.Mentions().Rule(r) }
}

func (c chooser) addOfficial() operation {
	o := vidimus.Official{Name: oneOf(c, "A", "B"), Office: "C", Item: c.item(), Reading: 1 + c.Int64N(readings), Page: 1, End: 1 + c.IntN(9)}
	return func(tx archive.Tx) (any, error) { return tx.Mentions().AddOfficial(o) }
}

func (c chooser) removeOfficial() operation {
	n := 1 + c.Int64N(9)
	return func(tx archive.Tx) (any, error) { return nil, tx.Mentions().RemoveOfficial(n) }
}
