//go:build race

package sandbox

// raceEnabled says that the race detector reserves so much address space that
// the kernel cannot bound it.
const raceEnabled = true
