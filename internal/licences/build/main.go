// Command build collects the licence texts of what the program is made of into
// internal/licences/files. `make build` runs it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

const into = "internal/licences/files"

var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([.-].*)?$`)

func main() {
	if err := collect(); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

// collect copies the licences of the Go modules that are linked in, of the Go
// distribution, of the PDF engine, of the tables of names and of vowels, of the fonts, and our
// own.
func collect() error {
	modules, err := linked()
	if err != nil {
		return err
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	folders := map[string]string{"go": strings.TrimSpace(string(goroot)), "vidimus": ".", "pdfium": "read/pdf/files", "names": "understand/lexicon", "tessdata": "read/ocr"}
	for path, dir := range modules {
		folders[path] = dir
	}
	for name, dir := range folders {
		if err := copyLicences(name, dir); err != nil {
			return err
		}
	}
	fonts, err := filepath.Glob("internal/fonts/files/*.copyright")
	if err != nil {
		return err
	}
	for _, f := range fonts {
		if err := copyFile(f, filepath.Base(f)); err != nil {
			return err
		}
	}
	return nil
}

// linked gives the folders of the modules that the programs link.
func linked() (map[string]string, error) {
	out, err := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/...").Output()
	if err != nil {
		return nil, fmt.Errorf("list the modules: %w", err)
	}
	found := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p struct{ Module *struct{ Path, Dir string } }
		if err := d.Decode(&p); err != nil {
			return nil, err
		}
		if p.Module != nil && p.Module.Path != "vidimus" {
			found[p.Module.Path] = p.Module.Dir
		}
	}
	return found, nil
}

func copyLicences(name, dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	n := 0
	for _, e := range entries {
		if e.IsDir() || !licence.MatchString(e.Name()) {
			continue
		}
		n++
		if err := copyFile(filepath.Join(dir, e.Name()), strings.ReplaceAll(name, "/", "_")+"."+e.Name()); err != nil {
			return err
		}
	}
	if n == 0 {
		return fmt.Errorf("%s has no licence file", name)
	}
	return nil
}

func copyFile(from, name string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(into, name), b, 0o644)
}
