package memory

import (
	"cmp"
	"fmt"
	"slices"

	"vidimus"
	"vidimus/archive"
)

type jobKey struct {
	item  vidimus.ItemID
	stage string
}

type jobs struct{ *unit }

func (j jobs) Put(v vidimus.Job) error {
	if err := j.mayWrite(); err != nil {
		return err
	}
	if _, there := j.byItem[v.Item]; !there {
		return fmt.Errorf("put job: %w", archive.ErrNotFound)
	}
	j.state.jobs[jobKey{v.Item, v.Stage}] = v
	return nil
}

func (j jobs) Get(item vidimus.ItemID, stage string) (vidimus.Job, error) {
	if err := j.mayRead(); err != nil {
		return vidimus.Job{}, err
	}
	v, there := j.state.jobs[jobKey{item, stage}]
	if !there {
		return v, fmt.Errorf("get job: %w", archive.ErrNotFound)
	}
	return v, nil
}

func (j jobs) Claim(stage string, from vidimus.JobState, n int) ([]vidimus.Job, error) {
	if err := j.mayWrite(); err != nil {
		return nil, err
	}
	list := j.in(stage, from)
	slices.SortFunc(list, func(a, b vidimus.Job) int { return cmp.Compare(j.byItem[a.Item], j.byItem[b.Item]) })
	list = list[:min(n, len(list))]
	for i := range list {
		list[i].State = vidimus.JobRunning
		j.state.jobs[jobKey{list[i].Item, stage}] = list[i]
	}
	return list, nil
}

// in gives the jobs of a stage in a state, in no order.
func (j jobs) in(stage string, s vidimus.JobState) (list []vidimus.Job) {
	for _, v := range j.state.jobs {
		if v.Stage == stage && v.State == s {
			list = append(list, v)
		}
	}
	return list
}

func (j jobs) Requeue() (requeued int, err error) {
	if err := j.mayWrite(); err != nil {
		return 0, err
	}
	for key, v := range j.state.jobs {
		if v.State == vidimus.JobRunning {
			v.State = vidimus.JobWaiting
			j.state.jobs[key] = v
			requeued++
		}
	}
	return requeued, nil
}

func (j jobs) Count(stage string, s vidimus.JobState) (int, error) {
	return len(j.in(stage, s)), j.mayRead()
}
