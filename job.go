package vidimus

// Job is a stage's work on one file. It outlives the process: on opening a
// case, running jobs are waiting again.
type Job struct {
	Item     ItemID
	Stage    string // "read"
	Producer Producer
	State    JobState
	Attempts int // deaths of a worker that were the file's own fault
	Returned int // times a worker was killed by others and the file given back
	Reason   Reason
}

// JobState says where a job stands.
type JobState string

// The job states.
const (
	JobWaiting JobState = "waiting"
	JobRunning JobState = "running"
	JobAlone   JobState = "alone" // waiting, to be tried once more by itself after all others
	JobDone    JobState = "done"
	JobFailed  JobState = "failed"
)
