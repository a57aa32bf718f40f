package suite

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vidimus"
	"vidimus/archive"
)

// RecordsOpener makes the Records under test.
type RecordsOpener struct {
	// Open makes empty records and ends them with t.
	Open func(t *testing.T) archive.Records
	// Reopen closes r, which Open made, and opens it again. Records that do
	// not outlive their value return it.
	Reopen func(t *testing.T, r archive.Records) archive.Records
	// Model makes empty records that are known to be right: random operations
	// must end in both alike.
	Model func() archive.Records
}

// Records tests that an implementation keeps the contract of archive.Records.
func Records(t *testing.T, o RecordsOpener) {
	tests := map[string]func(*testing.T, RecordsOpener){
		"a unit of work happens whole or not at all":         unitIsWhole,
		"a unit of work is dead once it has ended":           unitEnds,
		"a view refuses every write":                         viewRefuses,
		"a view keeps the state with which it began":         viewKeepsState,
		"sources are numbered without a gap":                 sourcesAreNumbered,
		"a file comes back as it was put, whatever its path": filesComeBack,
		"files are listed in the order of intake":            filesAreListed,
		"files are listed by path and by reason":             filesAreListedByPathAndReason,
		"files are found by path and by digest":              filesAreFound,
		"the counts follow every change":                     countsFollow,
		"a reading is invisible until it is finished":        readingsBuild,
		"a new reading supersedes its kind and no other":     readingsSupersede,
		"unfinished readings are dropped whole":              readingsDrop,
		"unfinished readings are gone on with":               readingsGoOn,
		"changes are numbered once and for all":              outboxCounts,
		"changes tell of files":                              outboxTellsOfFiles,
		"jobs are claimed in the order of intake":            jobsAreClaimed,
		"originals are listed in the order of blob names":    originalsAreListed,
		"the log only grows":                                 logGrows,
		"mentions stand until somebody looks again":          mentionsAreKept,
		"what mentions say is found":                         statementsAreFound,
		"rulings outlive what they rule on":                  rulingsAreKept,
		"officials are numbered once and for all":            officialsAreKept,
		"settings are kept":                                  settingsAreKept,
		"passages are kept, and no number is given twice":    passagesAreKept,
		"any sequence of operations ends as in the model":    modelAgrees,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(t, o) })
	}
}

// do runs a unit of work that must succeed.
func do(t *testing.T, r archive.Records, work func(archive.Tx) error) {
	t.Helper()
	if err := r.Do(t.Context(), work); err != nil {
		t.Fatal(err)
	}
}

// view runs a view that must succeed.
func view(t *testing.T, r archive.Records, work func(archive.Tx) error) {
	t.Helper()
	if err := r.View(t.Context(), work); err != nil {
		t.Fatal(err)
	}
}

// same compares, and takes an empty list for none.
func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// missing demands ErrNotFound.
func missing(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, archive.ErrNotFound) {
		t.Errorf("%s: got error %v, want not found", what, err)
	}
}

// fill stores a source and a few files, items "a" to "e".
func fill(tx archive.Tx) error {
	err := tx.Files().AddSource(vidimus.Source{Number: 1, Folder: true})
	for _, item := range []vidimus.ItemID{"a", "b", "c", "d", "e"} {
		err = errors.Join(err, tx.Files().Put(vidimus.File{
			Item: item, Source: 1, Path: "f/" + string(item), State: vidimus.Waiting, Bytes: 10,
		}))
	}
	return err
}

func unitIsWhole(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	before := dumpOf(t, r)
	boom := errors.New("boom")
	change := func(tx archive.Tx) error {
		number, err := tx.Readings().Begin(vidimus.Reading{Item: "a", Kind: "text"})
		return errors.Join(err,
			tx.Files().Put(vidimus.File{Item: "a", Source: 1, State: vidimus.Read, Pages: 3}),
			tx.Files().Put(vidimus.File{Item: "new", Source: 1, State: vidimus.Failed, Reason: vidimus.Damaged}),
			tx.Readings().AddPages(number, []vidimus.Page{{Number: 1, Text: "words"}}),
			tx.Readings().Finish(number),
			tx.Jobs().Put(vidimus.Job{Item: "a", Stage: "read", State: vidimus.JobDone}),
			tx.Log().Append(0, [32]byte{1}, []byte{1}, []byte{2}),
			tx.Settings().Put("name", []byte("value")),
			tx.Mentions().Put(number, 1, vidimus.Producer{Stage: "understand"}, found[:1]),
			tx.Mentions().Rule(vidimus.Ruling{Mention: vidimus.MentionID{Reading: number, Page: 1, End: 2, Kind: vidimus.Person}, Verdict: vidimus.Confirmed}),
		)
	}
	if err := r.Do(t.Context(), func(tx archive.Tx) error { return errors.Join(change(tx), boom) }); !errors.Is(err, boom) {
		t.Errorf("a failed unit gives %v", err)
	}
	same(t, "after an error", before, dumpOf(t, r))
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		r.Do(t.Context(), func(tx archive.Tx) error { change(tx); panic("boom") })
	}()
	same(t, "after a panic", before, dumpOf(t, r))
	ctx, cancel := context.WithCancel(t.Context())
	err := r.Do(ctx, func(tx archive.Tx) error {
		err := change(tx)
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled unit gives %v", err)
	}
	same(t, "after cancelling", before, dumpOf(t, r))
	do(t, r, change)
	after := dumpOf(t, r)
	if cmp.Equal(before, after) {
		t.Error("a successful unit changed nothing")
	}
	same(t, "after reopening", after, dumpOf(t, o.Reopen(t, r)))
}

func unitEnds(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	var kept archive.Tx
	do(t, r, func(tx archive.Tx) error { kept = tx; return fill(tx) })
	if err := kept.Settings().Put("a", nil); err == nil {
		t.Error("a unit writes after its end")
	}
	view(t, r, func(tx archive.Tx) error { kept = tx; return nil })
	if _, err := kept.Files().Get("a"); err == nil || errors.Is(err, archive.ErrNotFound) {
		t.Errorf("a view reads after its end: %v", err)
	}
}

func viewRefuses(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	var built int64
	do(t, r, func(tx archive.Tx) error {
		err := fill(tx)
		number, err2 := tx.Readings().Begin(vidimus.Reading{Item: "a"})
		built = number
		return errors.Join(err, err2, tx.Jobs().Put(vidimus.Job{Item: "a", Stage: "read", State: vidimus.JobWaiting}))
	})
	before := dumpOf(t, r)
	view(t, r, func(tx archive.Tx) error {
		_, begin := tx.Readings().Begin(vidimus.Reading{Item: "a"})
		_, drop := tx.Readings().DropBuilding("")
		_, claim := tx.Jobs().Claim("read", vidimus.JobWaiting, 1)
		_, requeue := tx.Jobs().Requeue()
		_, passage := tx.Passages().Put(vidimus.Passage{Item: "a", Reading: built})
		writes := map[string]error{
			"Files.AddSource": tx.Files().AddSource(vidimus.Source{Number: 2}),
			"Files.Put":       tx.Files().Put(vidimus.File{Item: "x", Source: 1, State: vidimus.Read}),
			"Readings.Begin":  begin, "Readings.DropBuilding": drop, "Jobs.Claim": claim, "Jobs.Requeue": requeue,
			"Readings.AddPages":       tx.Readings().AddPages(built, []vidimus.Page{{Number: 1}}),
			"Readings.Finish":         tx.Readings().Finish(built),
			"Readings.Drop":           tx.Readings().Drop(built),
			"Readings.Renumber":       onlyError(tx.Readings().Renumber(built)),
			"Jobs.Put":                tx.Jobs().Put(vidimus.Job{Item: "a", Stage: "read"}),
			"Originals.Put":           tx.Originals().Put(archive.Original{}),
			"Log.Append":              tx.Log().Append(0, [32]byte{}, []byte{1}, []byte{2}),
			"Log.PutHashes":           tx.Log().PutHashes(0, make([][32]byte, 1)),
			"Outbox.Confirm":          tx.Outbox().Confirm(1),
			"Settings.Put":            tx.Settings().Put("a", nil),
			"Mentions.Put":            tx.Mentions().Put(built, 1, vidimus.Producer{}, nil),
			"Mentions.Rule":           tx.Mentions().Rule(vidimus.Ruling{}),
			"Mentions.AddOfficial":    onlyError(tx.Mentions().AddOfficial(vidimus.Official{Item: "a"})),
			"Mentions.RemoveOfficial": tx.Mentions().RemoveOfficial(1),
			"Passages.Put":            passage, "Passages.Delete": tx.Passages().Delete(1),
			"Disposal.Item": tx.Disposal().Item("a"), "Disposal.Hand": tx.Disposal().Hand("a", "b"),
			"Disposal.Original": tx.Disposal().Original(vidimus.Digest{}), "Disposal.Entry": tx.Disposal().Entry(0),
			"Disposal.Setting": tx.Disposal().Setting("name"),
		}
		for name, err := range writes {
			if !errors.Is(err, archive.ErrReadOnly) {
				t.Errorf("%s gives %v", name, err)
			}
		}
		return nil
	})
	same(t, "after refused writes", before, dumpOf(t, r))
}

func viewKeepsState(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	do(t, r, fill)
	view(t, r, func(tx archive.Tx) error {
		before, err := tx.Files().Counts()
		do(t, r, func(tx archive.Tx) error {
			return errors.Join(
				tx.Files().Put(vidimus.File{Item: "x", Source: 1, State: vidimus.Read}),
				tx.Settings().Put("late", nil),
			)
		})
		after, err2 := tx.Files().Counts()
		same(t, "counts within a view", before, after)
		_, late := tx.Settings().Get("late")
		missing(t, "a setting made meanwhile", late)
		return errors.Join(err, err2)
	})
	view(t, r, func(tx archive.Tx) error {
		_, err := tx.Settings().Get("late")
		return err
	})
}
