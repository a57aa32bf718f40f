// Generate writes the practice leak.
//
//	go run ./internal/leak/generate [-o testdata/leak]
//
// It needs the Debian packages that internal/fonts lists, in the versions
// listed there. Files are replaced; files that are no longer part of the leak
// are left for git to show. Exit codes: 0 done, 1 failed, 2 usage.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/internal/leak"
)

func main() {
	dir := flag.String("o", "testdata/leak", "folder to write the leak into")
	flag.Parse()
	if err := generate(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "leak:", err)
		if hint := vidimus.HintOf(err); hint != "" {
			fmt.Fprintln(os.Stderr, "leak:", hint)
		}
		os.Exit(1)
	}
}

func generate(dir string) error {
	files, err := leak.Build()
	if err != nil {
		return err
	}
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
