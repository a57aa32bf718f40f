package sandbox

import "os"

const (
	// workerName is what a worker finds as its only argument. With its blank
	// and colon it is no name that a person gives to a program.
	workerName = "vidimus: reader"

	// The worker's two ends of the pipes to its parent.
	workerIn, workerOut = 3, 4
)

// Main is the first call of main and of every TestMain of a program that
// reads files. In an ordinary process it returns at once. In a worker it
// never returns: it loads the kind that the parent asks for, locks the
// process in, serves and exits.
func Main(kinds ...Kind) {
	if len(os.Args) != 1 || os.Args[0] != workerName || !isPipe(workerIn) || !isPipe(workerOut) {
		return
	}
	if err := serve(append(kinds, probeKind())); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}
