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

// wait takes a byte as soon as it is free.
func (l *lock) wait(ctx context.Context, at int64) error {
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := l.try(at)
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
