package protect

import (
	"errors"
	"io/fs"

	"vidimus/internal/quiet"
)

// readFile is a file of an edition's folder with what stands on it, where it
// is a picture.
type readFile struct {
	path  string
	bytes []byte
	words []string
	err   error
}

// eachRead gives every file of the folder in the order of their names. The
// next picture is read while the last is looked through, one after another: what
// OCR makes of a picture can hang on the one before.
func (x Examination) eachRead(look func(readFile) error) error {
	ahead, stop := make(chan readFile), make(chan struct{})
	give := func(r readFile) error {
		select {
		case ahead <- r:
			return nil
		case <-stop:
			return fs.SkipAll
		}
	}
	quiet.Go(func() {
		defer close(ahead)
		if err := fs.WalkDir(x.Folder, ".", func(path string, d fs.DirEntry, err error) error {
			return x.readOne(path, d, err, give)
		}); err != nil {
			give(readFile{err: err})
		}
	})
	defer func() {
		close(stop)
		for range ahead {
		}
	}()
	for r := range ahead {
		if r.err != nil {
			return r.err
		}
		if err := look(r); err != nil {
			return err
		}
	}
	return nil
}

// readOne reads a file of the folder and the words on it.
func (x Examination) readOne(path string, d fs.DirEntry, err error, give func(readFile) error) error {
	if err != nil {
		return errors.New("the folder of the edition cannot be read")
	}
	if d.IsDir() {
		return nil
	}
	r := readFile{path: path}
	if r.bytes, err = fs.ReadFile(x.Folder, path); err != nil {
		return errors.New("a file of the edition cannot be read")
	}
	if r.words, err = x.inPicture(path, r.bytes); err != nil {
		return err
	}
	return give(r)
}
