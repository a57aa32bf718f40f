package main

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// cost is what some work took.
type cost struct {
	CPU  time.Duration // user and system, of this process and of children that have ended
	Wall time.Duration
}

// costOf runs work. Children count once they were waited for: a worker must be
// closed, a command must have ended.
func costOf(work func() error) (cost, error) {
	runtime.GC() // or one side pays for what the other has left behind
	cpu, began := cpuTime(), time.Now()
	err := work()
	return cost{cpuTime() - cpu, time.Since(began)}, err
}

func cpuTime() (sum time.Duration) {
	for _, who := range []int{unix.RUSAGE_SELF, unix.RUSAGE_CHILDREN} {
		var u unix.Rusage
		if unix.Getrusage(who, &u) == nil { // it fails only for another who
			sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
		}
	}
	return sum
}

const million = 1e6

// perSecond is a rate by the clock on the wall.
func (c cost) perSecond(amount int) float64 { return float64(amount) / c.Wall.Seconds() }

func (c cost) milliseconds() float64 { return c.Wall.Seconds() * 1000 }
