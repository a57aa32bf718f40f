package archive

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"vidimus"
)

// The lock file has length 0; its bytes are places to lock. The kernel lets
// go of them when a process ends, however it ends: no lock is ever stale.
const (
	lockFile  = "lock"
	byteAdd   = 0 // held by the one `add` at work
	byteWrite = 1 // held for the length of one unit of work
	// byteSession is shared by all that have written since the last seal, and
	// held alone by the one that makes the next.
	byteSession = 3
)

// ErrAdding is returned when another process is adding to the case.
var ErrAdding = errors.New("another `add` is at work on this case")

type lock struct{ f *os.File }

func openLock(dir string) (*lock, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, vidimus.WithHint(errors.New("the case's folder cannot be written"), "check its permissions and that the disk is not read-only")
	}
	return &lock{f}, nil
}

// try takes a byte if it is free.
func (l *lock) try(at int64) error {
	return unix.FcntlFlock(l.f.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: unix.F_WRLCK, Start: at, Len: 1})
}

// share takes a byte together with others, as soon as nobody has it alone.
func (l *lock) share(ctx context.Context, at int64) error {
	return l.until(ctx, func() error {
		return unix.FcntlFlock(l.f.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: unix.F_RDLCK, Start: at, Len: 1})
	})
}

// alone tells whether nobody shares a byte any more, and keeps it so.
func (l *lock) alone(at int64) bool { return l.try(at) == nil }

// wait takes a byte as soon as it is free.
func (l *lock) wait(ctx context.Context, at int64) error {
	return l.until(ctx, func() error { return l.try(at) })
}

func (l *lock) until(ctx context.Context, try func() error) error {
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := try()
		if err == nil {
			return nil
		}
		if !errors.Is(err, unix.EAGAIN) && !errors.Is(err, unix.EACCES) {
			return vidimus.WithHint(errors.New("the case cannot be locked"), "its file system does not keep locks: move the case to a local disk")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (l *lock) release(at int64) {
	unix.FcntlFlock(l.f.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: unix.F_UNLCK, Start: at, Len: 1})
}

func (l *lock) Close() error { return l.f.Close() }

// Adding reserves the case for one `add`. The returned function gives it back.
func (c *Case) Adding() (func(), error) {
	if err := c.lock.try(byteAdd); err != nil {
		if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EACCES) {
			return nil, vidimus.WithHint(ErrAdding, "wait until it has ended; reading and searching go on meanwhile")
		}
		return nil, vidimus.WithHint(errors.New("the case cannot be locked"), "its file system does not keep locks: move the case to a local disk")
	}
	return func() { c.lock.release(byteAdd) }, nil
}

// AddAtWork tells whether somebody is adding to the case. It takes no lock and
// needs no right to write.
func (c *Case) AddAtWork() bool {
	f, err := os.Open(filepath.Join(c.dir, lockFile))
	if err != nil {
		return false // nobody can write without it
	}
	defer f.Close()
	seen := unix.Flock_t{Type: unix.F_WRLCK, Start: byteAdd, Len: 1}
	return unix.FcntlFlock(f.Fd(), unix.F_OFD_GETLK, &seen) == nil && seen.Type != unix.F_UNLCK
}
