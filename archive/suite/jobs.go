package suite

import (
	"errors"
	"testing"

	"vidimus"
	"vidimus/archive"
)

func jobsAreClaimed(t *testing.T, o RecordsOpener) {
	r := o.Open(t)
	full := vidimus.Job{
		Item: "c", Stage: "read", Producer: vidimus.Producer{Stage: "read", Version: 3, Parameters: "p"},
		State: vidimus.JobFailed, Attempts: 2, Returned: 1, Reason: vidimus.ReaderDied,
	}
	do(t, r, fill)
	do(t, r, func(tx archive.Tx) error {
		err := tx.Jobs().Put(full)
		for _, item := range []vidimus.ItemID{"e", "b", "d", "a"} {
			err = errors.Join(err,
				tx.Jobs().Put(vidimus.Job{Item: item, Stage: "read", State: vidimus.JobWaiting}),
				tx.Jobs().Put(vidimus.Job{Item: item, Stage: "other", State: vidimus.JobAlone}))
		}
		missing(t, "a job of an unknown item", tx.Jobs().Put(vidimus.Job{Item: "nobody", Stage: "read"}))
		return err
	})
	claim := func(stage string, from vidimus.JobState, n int) (items string) {
		do(t, r, func(tx archive.Tx) error {
			list, err := tx.Jobs().Claim(stage, from, n)
			for _, j := range list {
				items += string(j.Item)
				same(t, "state of a claimed job", vidimus.JobRunning, j.State)
			}
			return err
		})
		return items
	}
	same(t, "the first two", "ab", claim("read", vidimus.JobWaiting, 2))
	same(t, "the rest", "de", claim("read", vidimus.JobWaiting, 9))
	same(t, "none left", "", claim("read", vidimus.JobWaiting, 9))
	r = o.Reopen(t, r)
	do(t, r, func(tx archive.Tx) error {
		got, err := tx.Jobs().Get("c", "read")
		same(t, "a failed job", full, got)
		_, none := tx.Jobs().Get("c", "other")
		missing(t, "a job of another stage", none)
		running, err2 := tx.Jobs().Count("read", vidimus.JobRunning)
		same(t, "running", 4, running)
		requeued, err3 := tx.Jobs().Requeue()
		same(t, "given back", 4, requeued)
		waiting, err4 := tx.Jobs().Count("read", vidimus.JobWaiting)
		same(t, "waiting", 4, waiting)
		return errors.Join(err, err2, err3, err4)
	})
	same(t, "alone", "a", claim("other", vidimus.JobAlone, 1))
	full.State, full.Reason = vidimus.JobDone, ""
	do(t, r, func(tx archive.Tx) error {
		err := tx.Jobs().Put(full)
		got, err2 := tx.Jobs().Get("c", "read")
		same(t, "a replaced job", full, got)
		return errors.Join(err, err2)
	})
}
