package blob

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"vidimus/archive"
	"vidimus/internal/durable"
)

// maxName bounds names; ours have 32 characters.
const maxName = 64

// goodName tells whether a name can be a file's, and nothing but that.
func goodName(name archive.BlobName) bool {
	return len(name) > 2 && len(name) <= maxName && !strings.ContainsFunc(string(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

func (s *store) path(name archive.BlobName) (string, error) {
	if !goodName(name) {
		return "", errors.New("find an original: its name is damaged")
	}
	return filepath.Join(s.dir, string(name[:2]), string(name)), nil
}

// Open implements archive.Blobs.
func (s *store) Open(o archive.Original) (archive.BlobReader, error) {
	path, err := s.path(o.Blob)
	if err != nil {
		return nil, err
	}
	f, err := open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, archive.ErrNotFound
	} else if err != nil {
		return nil, failed("open an original", err)
	}
	r, err := newReader(f, o)
	if err != nil {
		f.Close()
		return nil, err
	}
	return r, nil
}

// Stat implements archive.Blobs.
func (s *store) Stat(name archive.BlobName) (int64, error) {
	path, err := s.path(name)
	if err != nil {
		return 0, err
	}
	info, err := os.Lstat(path)
	if errors.Is(err, os.ErrNotExist) {
		return 0, archive.ErrNotFound
	} else if err != nil {
		return 0, failed("look at an original", err)
	}
	return info.Size(), nil
}

// Delete implements archive.Blobs. It is durable after the next Sync.
func (s *store) Delete(name archive.BlobName) error { return s.remove(name, os.Remove) }

// Destroy implements archive.Blobs. It is durable after the next Sync.
func (s *store) Destroy(name archive.BlobName) error { return s.remove(name, durable.Shred) }

func (s *store) remove(name archive.BlobName, remove func(path string) error) error {
	if s.readOnly {
		return archive.ErrReadOnly
	}
	path, err := s.path(name)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := remove(path); errors.Is(err, os.ErrNotExist) {
		return archive.ErrNotFound
	} else if err != nil {
		return failed("delete an original", err)
	}
	s.folders[filepath.Dir(path)] = true
	return nil
}

// List implements archive.Blobs. What is no blob's name is passed over.
func (s *store) List(yield func(archive.BlobName, int64) error) error {
	folders, err := os.ReadDir(s.dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return failed("list the originals", err)
	}
	for _, folder := range folders {
		if len(folder.Name()) != 2 || !folder.IsDir() {
			continue
		}
		if err := s.listFolder(folder.Name(), yield); err != nil {
			return err
		}
	}
	return nil
}

func (s *store) listFolder(folder string, yield func(archive.BlobName, int64) error) error {
	files, err := os.ReadDir(filepath.Join(s.dir, folder))
	if err != nil {
		return failed("list the originals", err)
	}
	for _, file := range files {
		name := archive.BlobName(file.Name())
		if !goodName(name) || string(name[:2]) != folder {
			continue
		}
		info, err := file.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted since
		} else if err != nil {
			return failed("list the originals", err)
		}
		if err := yield(name, info.Size()); err != nil {
			return err
		}
	}
	return nil
}
