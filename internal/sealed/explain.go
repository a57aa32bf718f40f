package sealed

import (
	"errors"

	"github.com/ncruces/go-sqlite3"

	"vidimus"
)

// explain puts in the place of an error of SQLite about the disk, which may
// name a path or a statement, one that says what to do. Other errors stay as
// they are.
func explain(err error) error {
	is := func(codes ...error) bool {
		for _, code := range codes {
			if errors.Is(err, code) {
				return true
			}
		}
		return false
	}
	switch {
	case err == nil || vidimus.HintOf(err) != "":
		return err
	case is(sqlite3.FULL, sqlite3.IOERR_WRITE, sqlite3.IOERR_FSYNC, sqlite3.IOERR_TRUNCATE, sqlite3.IOERR_SHMSIZE, sqlite3.IOERR_SHMMAP):
		return vidimus.WithHint(errors.New("the disk did not take what was written"),
			"make room on it if it is full, look whether it is failing, then give the same command again; nothing that was finished is lost")
	case is(sqlite3.CANTOPEN, sqlite3.READONLY):
		return vidimus.WithHint(errors.New("the file cannot be written"),
			"check its permissions and that the disk is not read-only: there a case can be read, and restored to another disk")
	}
	return err
}
