package intake

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"

	"vidimus"
)

// Tree is one argument of `add`.
type Tree struct {
	Folder bool

	root  *os.File // the folder given, or the one that holds the file
	name  string   // of the file, when one was given
	flags int      // O_NOATIME, unless times may be touched
}

const openFlags = unix.O_RDONLY | unix.O_NOFOLLOW | unix.O_CLOEXEC | unix.O_NONBLOCK

// Open opens an argument. With touch, access times may change.
func Open(path string, touch bool) (*Tree, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, vidimus.WithHint(errors.New("what was named is not there or cannot be opened"), "check the path and its permissions")
	}
	t := &Tree{Folder: info.IsDir()}
	switch {
	case info.Mode()&os.ModeSymlink != 0:
		return nil, vidimus.WithHint(errors.New("what was named is a link"), "links are not followed: name the file or folder itself")
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, vidimus.WithHint(errors.New("what was named is neither a file nor a folder"), "name a file or a folder")
	case !info.IsDir():
		t.name = filepath.Base(path)
		path = filepath.Dir(path)
	}
	if t.root, t.flags, err = openRoot(path, touch); err != nil {
		return nil, err
	}
	if !t.Folder {
		if err := t.probeTimes(touch); err != nil {
			t.root.Close()
			return nil, err
		}
	}
	return t, nil
}

// probeTimes finds out whether a single file can be opened without a trace.
func (t *Tree) probeTimes(touch bool) error {
	f, err := t.open(t.name)
	if errors.Is(err, unix.EPERM) && t.flags != 0 {
		if !touch && !keepsTimes(int(t.root.Fd())) {
			return ErrTouch
		}
		t.flags = 0
		return nil
	}
	if err == nil {
		f.Close()
	}
	return nil
}

func openRoot(path string, touch bool) (*os.File, int, error) {
	fd, err := unix.Open(path, openFlags|unix.O_DIRECTORY|unix.O_NOATIME, 0)
	if err == nil {
		return os.NewFile(uintptr(fd), ""), unix.O_NOATIME, nil
	}
	if fd, err = unix.Open(path, openFlags|unix.O_DIRECTORY, 0); err != nil {
		return nil, 0, vidimus.WithHint(errors.New("the folder cannot be opened"), "check its permissions")
	}
	if !touch && !keepsTimes(fd) {
		unix.Close(fd)
		return nil, 0, ErrTouch
	}
	return os.NewFile(uintptr(fd), ""), 0, nil
}

// keepsTimes reports a file system mounted so that reading leaves no trace.
func keepsTimes(fd int) bool {
	var s unix.Statfs_t
	if unix.Fstatfs(fd, &s) != nil {
		return false
	}
	return s.Flags&(unix.ST_RDONLY|unix.ST_NOATIME) != 0
}

// Close lets go of the argument.
func (t *Tree) Close() error { return t.root.Close() }

// Walk calls yield for each regular file in the order of paths, and counts
// what it leaves. It stops when yield gives an error.
func (t *Tree) Walk(yield func(Found) error) (Left, error) {
	var left Left
	if !t.Folder {
		var s unix.Stat_t
		err := unix.Fstatat(int(t.root.Fd()), t.name, &s, unix.AT_SYMLINK_NOFOLLOW)
		return left, yield(Found{Path: t.name, Bytes: s.Size, Err: err})
	}
	if _, err := t.root.Seek(0, io.SeekStart); err != nil {
		return left, err
	}
	err := t.walk(t.root, "", &left, yield)
	return left, err
}

func (t *Tree) walk(dir *os.File, at string, left *Left, yield func(Found) error) error {
	names, err := namesIn(dir)
	if err != nil {
		return yield(Found{Path: at, Err: err})
	}
	for _, name := range names {
		var s unix.Stat_t
		path := joinRaw(at, name)
		if err := unix.Fstatat(int(dir.Fd()), name, &s, unix.AT_SYMLINK_NOFOLLOW); err != nil {
			if err := yield(Found{Path: path, Err: err}); err != nil {
				return err
			}
			continue
		}
		switch s.Mode & unix.S_IFMT {
		case unix.S_IFREG:
			err = yield(Found{Path: path, Bytes: s.Size})
		case unix.S_IFDIR:
			left.Folders++
			err = t.enter(dir, name, path, left, yield)
		case unix.S_IFLNK:
			left.Links++
		default:
			left.Special++
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Tree) enter(dir *os.File, name, path string, left *Left, yield func(Found) error) error {
	fd, err := unix.Openat(int(dir.Fd()), name, openFlags|unix.O_DIRECTORY|t.flags, 0)
	if err != nil {
		return yield(Found{Path: path, Err: t.explain(err)})
	}
	sub := os.NewFile(uintptr(fd), "")
	defer sub.Close()
	return t.walk(sub, path, left, yield)
}

// explain turns a refusal of O_NOATIME into what it means for a person.
func (t *Tree) explain(err error) error {
	if t.flags != 0 && errors.Is(err, unix.EPERM) {
		return ErrTouch
	}
	return err
}

func namesIn(dir *os.File) ([]string, error) {
	var names []string
	for {
		some, err := dir.Readdirnames(1024)
		names = append(names, some...)
		if errors.Is(err, io.EOF) {
			slices.Sort(names)
			return names, nil
		} else if err != nil {
			return nil, err
		}
	}
}

func joinRaw(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// OpenFile opens a file that Walk found, without following a link on the way.
func (t *Tree) OpenFile(path string) (*os.File, error) {
	f, err := t.open(path)
	if err != nil {
		return nil, t.explain(err)
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		f.Close()
		return nil, syscall.EINVAL
	}
	return f, nil
}

func (t *Tree) open(path string) (*os.File, error) {
	dir, owned := int(t.root.Fd()), false
	for {
		first, rest, more := strings.Cut(path, "/")
		flags := openFlags | t.flags
		if more {
			flags = openFlags | unix.O_PATH | unix.O_DIRECTORY
		}
		fd, err := unix.Openat(dir, first, flags, 0)
		if owned {
			unix.Close(dir)
		}
		if err != nil {
			return nil, err
		}
		if !more {
			return os.NewFile(uintptr(fd), ""), nil
		}
		dir, path, owned = fd, rest, true
	}
}
