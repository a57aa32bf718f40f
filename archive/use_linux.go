package archive

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"vidimus"
)

// byteUse of the lock file is shared by all who have the case open, and held
// alone by whoever changes its keys.
const byteUse = 2

// use is the hold of one open case.
type use struct{ f *os.File } // nil on a medium that cannot be written and has no lock file

// openUse opens the lock file, for reading where it cannot be written: nobody
// changes keys there.
func openUse(dir string) (*use, error) {
	path := filepath.Join(dir, lockFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		f, err = os.Open(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return &use{}, nil
	} else if err != nil {
		return nil, vidimus.WithHint(errors.New("the case's lock cannot be opened"), "check the permissions of its folder")
	}
	return &use{f}, nil
}

// share waits until nobody changes the keys, and keeps others from it.
func (u *use) share(ctx context.Context) error { return u.wait(ctx, unix.F_RDLCK) }

// wait takes the byte as soon as that is possible.
func (u *use) wait(ctx context.Context, kind int16) error {
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		err := u.take(kind)
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

// alone makes this the only use of the case, or fails at once.
func (u *use) alone() error {
	err := u.take(unix.F_WRLCK)
	if errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EACCES) {
		return vidimus.WithHint(errInUse, "end what has it open (`add`, the reading room, a shell), then begin again")
	} else if err != nil {
		return vidimus.WithHint(errors.New("the case's folder cannot be written"), "check its permissions and that the disk is not read-only")
	}
	return nil
}

// take converts the hold in one step: the kernel never lets go in between.
func (u *use) take(kind int16) error {
	if u.f == nil {
		return nil
	}
	return unix.FcntlFlock(u.f.Fd(), unix.F_OFD_SETLK, &unix.Flock_t{Type: kind, Start: byteUse, Len: 1})
}

func (u *use) Close() error {
	if u == nil || u.f == nil {
		return nil
	}
	return u.f.Close()
}
