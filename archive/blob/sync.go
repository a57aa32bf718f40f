package blob

import (
	"errors"
	"os"

	"golang.org/x/sync/errgroup"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/durable"
)

// syncAtOnce is how many files are synced side by side: a journal commits
// several as fast as one.
const syncAtOnce = 8

// Sync implements archive.Blobs. Once it failed, the store is of no more use:
// the system tells of a failed write only once.
func (s *store) Sync() error {
	if s.readOnly {
		return archive.ErrReadOnly
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	var g errgroup.Group
	g.SetLimit(syncAtOnce)
	for _, path := range s.files {
		g.Go(func() error { return syncFile(path) })
	}
	if err := g.Wait(); err != nil {
		s.broken = vidimus.WithHint(failed("make the originals durable", err), "check the disk; then start again: what was taken in before is kept")
		return s.broken
	}
	for folder := range s.folders {
		if err := durable.SyncFolder(folder); err != nil {
			s.broken = err
			return err
		}
	}
	s.files = s.files[:0]
	clear(s.folders)
	return nil
}

// syncFile syncs a file that was written, unless it was deleted again.
func syncFile(path string) error {
	f, err := open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
