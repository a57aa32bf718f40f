package sqlite

import (
	"vidimus"
	"vidimus/archive"
)

type jobs struct{ *unit }

const jobColumns = `files.item, jobs.stage, producer, version, parameters, jobs.state, attempts, returned, jobs.reason`

func scanJob(r row) (j vidimus.Job, err error) {
	return j, r.Scan(&j.Item, &j.Stage, &j.Producer.Stage, &j.Producer.Version, &j.Producer.Parameters,
		&j.State, &j.Attempts, &j.Returned, &j.Reason)
}

func (j jobs) Put(v vidimus.Job) error {
	n, err := j.changed(`INSERT OR REPLACE INTO jobs(stage, ord, producer, version, parameters, state, attempts, returned, reason)
		SELECT ?, ord, ?, ?, ?, ?, ?, ?, ? FROM files WHERE item=?`,
		v.Stage, v.Producer.Stage, v.Producer.Version, v.Producer.Parameters, v.State, v.Attempts, v.Returned, v.Reason, v.Item)
	if err == nil && n == 0 {
		err = archive.ErrNotFound
	}
	return doing("put job", err)
}

func (j jobs) Get(item vidimus.ItemID, stage string) (vidimus.Job, error) {
	v, err := one(j.unit, scanJob, `SELECT `+jobColumns+` FROM files JOIN jobs USING(ord) WHERE item=? AND stage=?`, item, stage)
	return v, doing("get job", err)
}

func (j jobs) Claim(stage string, from vidimus.JobState, n int) ([]vidimus.Job, error) {
	list, err := all(j.unit, scanJob, `SELECT `+jobColumns+` FROM jobs JOIN files USING(ord)
		WHERE stage=? AND jobs.state=? ORDER BY jobs.ord LIMIT ?`, stage, from, n)
	if err != nil {
		return nil, doing("claim jobs", err)
	}
	for i := range list {
		list[i].State = vidimus.JobRunning
		if err := j.Put(list[i]); err != nil {
			return nil, doing("claim jobs", err)
		}
	}
	return list, nil
}

func (j jobs) Requeue() (int, error) {
	n, err := j.changed(`UPDATE jobs SET state=? WHERE state=?`, vidimus.JobWaiting, vidimus.JobRunning)
	return n, doing("give running jobs back", err)
}

func (j jobs) Count(stage string, s vidimus.JobState) (int, error) {
	n, err := j.number(`SELECT count(*) FROM jobs WHERE stage=? AND state=?`, stage, s)
	return int(n), doing("count jobs", err)
}
