package sealed

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"vidimus"
)

// ErrNotFinished is returned for a file in a folder that cannot be written,
// beside which a writer left what is not yet in the file.
var ErrNotFinished = errors.New("the file was not closed, and its folder cannot be written to finish it")

// fixed reports a file whose folder this process cannot write.
func fixed(path string) bool {
	return unix.Access(filepath.Dir(path), unix.W_OK) != nil
}

// connectFixed reads a file that nobody changes: SQLite takes no locks and
// looks at no write-ahead log.
func connectFixed(path string, o Options) (*sql.DB, error) {
	if log, err := os.Lstat(path + "-wal"); err == nil && log.Size() > 0 {
		return nil, vidimus.WithHint(ErrNotFinished, "copy the whole folder to a disk that can be written, and open it there")
	}
	return dial(path, "mode=ro&immutable=1", false, o)
}
