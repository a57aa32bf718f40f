//go:build unix && !linux

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

// Only Linux locks single bytes of a file for an open file and not for a
// process. Elsewhere each place is a file or folder of its own, locked whole:
// writers take turns on the lock file, adders on the folder of the blobs. A
// case is never shared by two systems at once, so the two need not agree.
const (
	lockFile  = "lock"
	byteAdd   = 0
	byteWrite = 1
	// byteSession is not locked here: cases are not sealed.
	byteSession = 3
)

// ErrAdding is returned when another process is adding to the case.
var ErrAdding = errors.New("another `add` is at work on this case")

type lock struct{ places [2]*os.File }

func openLock(dir string) (*lock, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, vidimus.WithHint(errors.New("the case's folder cannot be written"), "check its permissions and that the disk is not read-only")
	}
	blobs, err := os.Open(filepath.Join(dir, blobsFolder))
	if err != nil {
		f.Close()
		return nil, vidimus.WithHint(errors.New("the case's folder of originals cannot be opened"), "check its permissions; `vidimus audit` says more")
	}
	l := &lock{}
	l.places[byteAdd], l.places[byteWrite] = blobs, f
	return l, nil
}

// try takes a place if it is free.
func (l *lock) try(at int64) error {
	return unix.Flock(int(l.places[at].Fd()), unix.LOCK_EX|unix.LOCK_NB)
}

func (l *lock) share(context.Context, int64) error { return nil }

// alone says no: nobody can tell here.
func (l *lock) alone(int64) bool { return false }

// wait takes a place as soon as it is free.
func (l *lock) wait(ctx context.Context, at int64) error {
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := l.try(at)
		if err == nil {
			return nil
		}
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return errLocks()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

func errLocks() error {
	return vidimus.WithHint(errors.New("the case cannot be locked"), "its file system does not keep locks: move the case to a local disk")
}

func (l *lock) release(at int64) { unix.Flock(int(l.places[at].Fd()), unix.LOCK_UN) }

func (l *lock) Close() error {
	return errors.Join(l.places[byteAdd].Close(), l.places[byteWrite].Close())
}

// Adding reserves the case for one `add`. The returned function gives it back.
func (c *Case) Adding() (func(), error) {
	if err := c.lock.try(byteAdd); errors.Is(err, unix.EWOULDBLOCK) {
		return nil, vidimus.WithHint(ErrAdding, "wait until it has ended; reading and searching go on meanwhile")
	} else if err != nil {
		return nil, errLocks()
	}
	return func() { c.lock.release(byteAdd) }, nil
}

// AddAtWork tells whether somebody is adding to the case. It needs no right to
// write.
func (c *Case) AddAtWork() bool {
	f, err := os.Open(filepath.Join(c.dir, blobsFolder))
	if err != nil {
		return false
	}
	defer f.Close()
	return errors.Is(unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB), unix.EWOULDBLOCK)
}
