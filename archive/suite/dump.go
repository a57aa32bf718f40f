package suite

import (
	"errors"
	"fmt"
	"testing"

	"vidimus"
	"vidimus/archive"
)

// dump is everything that the interface tells about a case.
type dump struct {
	Sources   []vidimus.Source
	Files     []vidimus.File
	Counts    vidimus.Counts
	Producers map[vidimus.Producer]int
	Found     map[string]string
	Current   map[vidimus.ItemID][]vidimus.Reading
	Readings  map[int64]vidimus.Reading
	Pages     map[int64][]vidimus.Page
	All       []vidimus.Reading
	Jobs      map[string]vidimus.Job
	JobCounts map[vidimus.JobState]int
	Originals []archive.Original
	Log       []string
	Changes   []archive.Change
	Last      int64
	Settings  map[string]string
	Mentions  map[int64][]vidimus.Mention
	By        map[int64]vidimus.Producer
	Rulings   []vidimus.Ruling
	Officials []vidimus.Official
	Passages  []vidimus.Passage
}

// Stages, settings and bounds that tests use.
var stages = [...]string{"read", "understand"}

const (
	dumpAll      = 10_000
	dumpReadings = 200
)

// dumpOf reads all of r in one view.
func dumpOf(t *testing.T, r archive.Records) (d dump) {
	t.Helper()
	view(t, r, func(tx archive.Tx) error {
		return errors.Join(d.files(tx.Files()), d.readings(tx.Readings()), d.jobs(tx.Jobs()), d.rest(tx), d.mentions(tx.Mentions()))
	})
	return d
}

func (d *dump) files(f archive.Files) (err error) {
	var errs [3]error
	d.Sources, errs[0] = f.Sources()
	d.Files, errs[1] = f.List(0, dumpAll)
	d.Counts, errs[2] = f.Counts()
	d.Found = make(map[string]string)
	for _, file := range d.Files {
		if found, err := f.ByDigest(file.Digest); !errors.Is(err, archive.ErrNotFound) {
			errs[0] = errors.Join(errs[0], err)
			d.Found[fmt.Sprintf("%x", file.Digest)] = string(found.Item)
		}
		found, err := f.ByPath(file.Source, file.Parent, file.Path)
		errs[1] = errors.Join(errs[1], err)
		d.Found[fmt.Sprint(file.Source, file.Parent, file.Path)] = string(found.Item)
	}
	return errors.Join(errs[:]...)
}

func (d *dump) readings(r archive.Readings) error {
	d.Current = make(map[vidimus.ItemID][]vidimus.Reading)
	var errs [2]error
	if d.Producers, errs[0] = r.Producers(); errs[0] != nil {
		return errs[0]
	}
	for _, f := range d.Files {
		if d.Current[f.Item], errs[0] = r.Current(f.Item); errs[0] != nil {
			return errs[0]
		}
	}
	d.Readings, d.Pages = make(map[int64]vidimus.Reading), make(map[int64][]vidimus.Page)
	for n := int64(1); n <= dumpReadings; n++ {
		v, err := r.Get(n)
		if errors.Is(err, archive.ErrNotFound) {
			continue
		}
		d.Readings[n] = v
		pages, err2 := r.Pages(n, 0, dumpAll)
		for i, p := range pages {
			pages[i], err = r.Page(n, p.Number)
			errs[0] = errors.Join(errs[0], err)
		}
		d.Pages[n] = pages
		errs[1] = errors.Join(errs[1], err, err2)
	}
	var err error
	d.All, err = r.All(0, dumpAll)
	return errors.Join(errs[0], errs[1], err)
}

func (d *dump) jobs(j archive.Jobs) error {
	d.Jobs, d.JobCounts = make(map[string]vidimus.Job), make(map[vidimus.JobState]int)
	for _, stage := range stages {
		for _, f := range d.Files {
			v, err := j.Get(f.Item, stage)
			if err == nil {
				d.Jobs[stage+" "+string(f.Item)] = v
			} else if !errors.Is(err, archive.ErrNotFound) {
				return err
			}
		}
		for _, s := range []vidimus.JobState{vidimus.JobWaiting, vidimus.JobRunning, vidimus.JobAlone, vidimus.JobDone, vidimus.JobFailed} {
			n, err := j.Count(stage, s)
			if err != nil {
				return err
			}
			d.JobCounts[s] += n
		}
	}
	return nil
}

func (d *dump) rest(tx archive.Tx) error {
	var errs [6]error
	d.Originals, errs[0] = tx.Originals().List("", dumpAll)
	d.Changes, errs[1] = tx.Outbox().Next(0, dumpAll)
	d.Last, errs[2] = tx.Outbox().Last()
	size, err := tx.Log().Size()
	for i := range size {
		leaf, err := tx.Log().Leaf(i)
		body, key, err2 := tx.Log().Body(i)
		if errors.Is(err2, archive.ErrNotFound) {
			err2 = nil // disposed of
		}
		errs[3] = errors.Join(errs[3], err, err2)
		d.Log = append(d.Log, fmt.Sprintf("%x %x %x", leaf, body, key))
	}
	d.Passages, errs[5] = tx.Passages().List(0, dumpAll)
	d.Settings = make(map[string]string)
	for _, name := range settingNames {
		if value, err := tx.Settings().Get(name); err == nil {
			d.Settings[name] = string(value)
		} else if !errors.Is(err, archive.ErrNotFound) {
			errs[4] = err
		}
	}
	return errors.Join(append(errs[:], err)...)
}

func (d *dump) mentions(m archive.Mentions) error {
	d.Mentions, d.By = make(map[int64][]vidimus.Mention), make(map[int64]vidimus.Producer)
	for n, pages := range d.Pages {
		for _, p := range pages {
			found, by, err := m.Page(n, p.Number)
			if errors.Is(err, archive.ErrNotFound) {
				continue
			} else if err != nil {
				return err
			}
			id := vidimus.PageID(n, p.Number)
			d.Mentions[id], d.By[id] = found, by
		}
	}
	for n := int64(1); n <= dumpReadings; n++ {
		rulings, err := m.Rulings(n)
		if err != nil {
			return err
		}
		d.Rulings = append(d.Rulings, rulings...)
	}
	var err error
	d.Officials, err = m.Officials()
	return err
}
