package protect

import (
	"crypto/sha256"
	"errors"
	"io/fs"

	"vidimus"
)

// Released is an edition's folder that the release check has passed: the
// digest of every file in it. Nothing but Examine makes one.
type Released struct {
	content [32]byte
	files   map[string][32]byte
}

// ErrNotReleased is returned for a folder that is not what was examined.
var ErrNotReleased = vidimus.WithHint(errors.New("this folder is not the edition that passed the release check"),
	"`vidimus edition make` writes it again, and examines it")

// Content is the digest of the edition's words.
func (r Released) Content() [32]byte { return r.content }

// Same checks that a folder holds exactly the files that were examined.
func (r Released) Same(at fs.FS) error {
	if len(r.files) == 0 {
		return ErrNotReleased
	}
	now, err := digests(at)
	if err != nil {
		return err
	}
	if len(now) != len(r.files) {
		return ErrNotReleased
	}
	for path, sum := range r.files {
		if now[path] != sum {
			return ErrNotReleased
		}
	}
	return nil
}

// digests reads every file of a folder.
func digests(at fs.FS) (map[string][32]byte, error) {
	all := map[string][32]byte{}
	err := fs.WalkDir(at, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return errors.New("the folder of the edition cannot be read")
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			return ErrNotReleased
		}
		b, err := fs.ReadFile(at, path)
		if err != nil {
			return errors.New("a file of the edition cannot be read")
		}
		all[path] = sha256.Sum256(b)
		return nil
	})
	return all, err
}
