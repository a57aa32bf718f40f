package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"vidimus"
	"vidimus/internal/durable"
)

// Version is the newest format of a case that this program reads and the one
// that it writes.
const Version = 10

const formatFile = "format"

// ErrNoCase is returned for a folder that is not a case.
var ErrNoCase = errors.New("this folder is not a case")

// Format is the one file of a case that anybody can read.
type Format struct {
	Version int
	ID      string // of the case: random, names nothing
}

func (f Format) text() []byte {
	return fmt.Appendf(nil, "vidimus-case/%d\nid %s\n", f.Version, f.ID)
}

// ReadFormat reads and checks CASE/format. A newer version is refused.
func ReadFormat(dir string) (Format, error) {
	f, err := readFormat(dir, formatFile)
	if errors.Is(err, ErrNoCase) {
		if _, ok := Destroying(dir); ok {
			return Format{}, vidimus.WithHint(ErrNoCase, "it is being destroyed: `vidimus destroy` goes on with that")
		}
		if _, err := readFormat(dir, unfinishedFile); err == nil {
			return Format{}, vidimus.WithHint(ErrNoCase, "it is a backup or a restored case that was not finished: give the same command again")
		}
	}
	return f, err
}

func readFormat(dir, name string) (Format, error) {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return Format{}, vidimus.WithHint(ErrNoCase, "make one with `vidimus init CASE`, or name the folder that holds the file `format`")
	} else if err != nil {
		return Format{}, vidimus.WithHint(errors.New("the case's format file cannot be read"), "check the folder's permissions and its disk")
	}
	var f Format
	first, rest, _ := strings.Cut(string(b), "\n")
	if _, err := fmt.Sscanf(first, "vidimus-case/%d", &f.Version); err != nil {
		return Format{}, vidimus.WithHint(errors.New("the case's format file is damaged"), "put it back from a backup; nothing else is lost")
	}
	if f.Version > Version {
		return Format{}, vidimus.WithHint(
			fmt.Errorf("this case has format %d; this program reads up to %d", f.Version, Version),
			"open it with a newer vidimus; nothing was changed")
	}
	if _, err := fmt.Sscanf(rest, "id %s\n", &f.ID); err != nil || string(f.text()) != string(b) {
		return Format{}, vidimus.WithHint(errors.New("the case's format file is damaged"), "put it back from a backup; nothing else is lost")
	}
	return f, nil
}

func writeFormat(dir string, f Format) error {
	return durable.WriteFile(filepath.Join(dir, formatFile), f.text())
}
