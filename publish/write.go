package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"vidimus"
	"vidimus/internal/durable"
	"vidimus/protect"
)

// Unreleased is what the name of an edition's folder ends in until Release.
const Unreleased = ".unreleased"

// epoch is the time of every file: when one was written tells when people
// worked.
var epoch = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes a cleared edition to dir + Unreleased. A folder of this name that
// was left is replaced; one that was released is never touched.
func Write(c protect.Cleared, dir string) error {
	files, err := Render(c)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(dir); err == nil {
		return vidimus.WithHint(errors.New("there is something of this name already"), "an edition is never changed: name a folder that does not exist yet")
	}
	to := dir + Unreleased
	if err := left(to); err != nil {
		return err
	}
	if err := os.Mkdir(to, 0o700); err != nil {
		return vidimus.WithHint(errors.New("the folder of the edition cannot be made"), "name one whose parent exists and can be written")
	}
	for _, f := range files {
		if err := put(filepath.Join(to, filepath.FromSlash(f.Path)), f.Data); err != nil {
			return err
		}
	}
	return errors.Join(os.Chtimes(to, epoch, epoch), durable.SyncFolder(to), durable.SyncFolder(filepath.Dir(to)))
}

// left removes an unreleased edition that lies there, and nothing else.
func left(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return errors.New("what lies where the edition would be written cannot be read")
	}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			return vidimus.WithHint(errors.New("what lies where the edition would be written is no edition"), "move it away")
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return errors.New("an edition that was never released cannot be removed")
	}
	return nil
}

func put(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.Write(data)
		err = errors.Join(err, f.Sync(), f.Close(), os.Chtimes(path, epoch, epoch))
	}
	if err != nil {
		return vidimus.WithHint(errors.New("a file of the edition was not written to its end"), "make room on the disk; what is there is marked unreleased")
	}
	return nil
}

// Release gives an edition that the release check has passed its name. Every
// file is read again first: what changed since the check is not released.
func Release(r protect.Released, dir string) error {
	from := dir + Unreleased
	if err := r.Same(os.DirFS(from)); err != nil {
		return err
	}
	if _, err := os.Lstat(dir); err == nil {
		return vidimus.WithHint(errors.New("there is something of this name already"), "an edition is never changed: name a folder that does not exist yet")
	}
	if err := os.Rename(from, dir); err != nil {
		return errors.New("the edition could not be given its name")
	}
	return durable.SyncFolder(filepath.Dir(dir))
}

// Differs names the files of a folder that are not what Render gives: changed,
// missing or added.
func Differs(c protect.Cleared, at fs.FS) ([]string, error) {
	files, err := Render(c)
	if err != nil {
		return nil, err
	}
	want := map[string][]byte{}
	for _, f := range files {
		want[f.Path] = f.Data
	}
	var wrong []string
	err = fs.WalkDir(at, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return errors.New("the folder of the edition cannot be read")
		case path == ".":
			return nil
		case !d.Type().IsRegular() || want[path] == nil:
			wrong = append(wrong, path)
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		b, err := fs.ReadFile(at, path)
		if err != nil {
			return errors.New("a file of the edition cannot be read")
		}
		if !bytes.Equal(b, want[path]) {
			wrong = append(wrong, path)
		}
		delete(want, path)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for path := range want {
		wrong = append(wrong, path)
	}
	if len(wrong) > 0 {
		return wrong, fmt.Errorf("%d file(s) of the edition are not as they were cleared", len(wrong))
	}
	return nil, nil
}
