// Package licences holds the licences of everything that is in the program:
// its own, those of its Go modules, of the PDF engine and of the fonts. The
// build collects them (internal/licences/build).
package licences

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"vidimus"
)

//go:embed all:files
var files embed.FS

// Write prints all of them, each under its name.
func Write(w io.Writer) error {
	n := 0
	err := fs.WalkDir(files, "files", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".gitignore" {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if err != nil {
			return err
		}
		n++
		_, err = fmt.Fprintf(w, "==== %s\n\n%s\n", d.Name(), text)
		return err
	})
	if err == nil && n == 0 {
		err = vidimus.WithHint(errors.New("this program was built without its licences"), "run `make build`")
	}
	return err
}
