// Build copies the faces of package fonts, with their licences, out of the
// installed Debian packages into a folder that the binary embeds.
//
//	go run ./internal/fonts/build [-o internal/fonts/files]
//
// A face whose bytes are not the accepted ones stops it. A file that is there
// already with the right bytes is left alone, so that nothing is built anew.
// Exit codes: 0 done, 1 failed, 2 usage.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/internal/fonts"
)

func main() {
	dir := flag.String("o", "internal/fonts/files", "folder to write the faces into")
	flag.Parse()
	for _, s := range fonts.Sources() {
		if err := put(*dir, s); err != nil {
			fmt.Fprintln(os.Stderr, "fonts:", err)
			if hint := vidimus.HintOf(err); hint != "" {
				fmt.Fprintln(os.Stderr, "fonts:", hint)
			}
			os.Exit(1)
		}
	}
}

// put writes one face and the licence it came under.
func put(dir string, s fonts.Source) error {
	face, err := s.Installed()
	if err != nil {
		return err
	}
	licence, err := os.ReadFile(s.Licence())
	if err != nil {
		return fmt.Errorf("read the licence of %s: %w", s.Package, err)
	}
	return errors.Join(
		write(filepath.Join(dir, s.File), face),
		write(filepath.Join(dir, s.Package+".copyright"), licence),
	)
}

// write replaces a file whole, unless it has these bytes already.
func write(path string, data []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, data) {
		return nil
	}
	if err := os.WriteFile(path+".new", data, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
