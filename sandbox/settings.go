package sandbox

import (
	"errors"
	"time"
)

// settings are what a worker is told before it loads anything.
type settings struct {
	limits  Limits
	lenient bool // go on when a wall does not stand
	without int64
}

// Walls that a test leaves out, to see that what they stop happens then.
const (
	testOnlyNoCalls int64 = 1 << iota
	testOnlyNoFiles
)

func (s settings) ints() []int64 {
	l, lenient := s.limits, int64(0)
	if s.lenient {
		lenient = 1
	}
	return []int64{lenient, s.without, int64(l.Wall), l.Memory,
		int64(l.MessageText), int64(l.MessageInts), int64(l.MessageBytes),
		int64(l.AnswerMessages), int64(l.AnswerText), int64(l.AnswerInts), int64(l.AnswerBytes)}
}

func parseSettings(n []int64) (settings, error) {
	if len(n) != 11 {
		return settings{}, errors.New("settings of another version")
	}
	return settings{
		lenient: n[0] != 0,
		without: n[1],
		limits: Limits{
			Wall: time.Duration(n[2]), Memory: n[3],
			MessageText: int(n[4]), MessageInts: int(n[5]), MessageBytes: int(n[6]),
			AnswerMessages: int(n[7]), AnswerText: int(n[8]), AnswerInts: int(n[9]), AnswerBytes: int(n[10]),
		},
	}, nil
}
