package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteFile(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
	}{
		{"a new file is written", "", "new"},
		{"an old file is replaced whole", "much longer than the new one", "new"},
		{"an empty file is possible", "old", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "head")
			if c.before != "" {
				if err := os.WriteFile(path, []byte(c.before), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := WriteFile(path, []byte(c.after)); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(path)
			if err != nil || string(got) != c.after {
				t.Errorf("got %q, %v", got, err)
			}
			info, err := os.Stat(path)
			if err != nil || info.Mode() != 0o600 {
				t.Errorf("mode %v, %v: want owner-only", info.Mode(), err)
			}
			onlyFile(t, dir, 1)
		})
	}
}

func TestWriteFileLeavesNothingWhenItFails(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "secret-name")
	if err := os.MkdirAll(filepath.Join(taken, "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	err := WriteFile(taken, []byte("x"))
	if err == nil {
		t.Fatal("a folder was replaced by a file")
	}
	if strings.Contains(err.Error(), "secret-name") {
		t.Errorf("the error names the file: %v", err)
	}
	onlyFile(t, dir, 1)
}

func TestWriteFileIntoNoFolder(t *testing.T) {
	err := WriteFile(filepath.Join(t.TempDir(), "secret-name", "head"), nil)
	if !errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), "secret-name") {
		t.Errorf("got %v: want ErrNotExist without a name", err)
	}
}

func onlyFile(t *testing.T, dir string, want int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != want {
		t.Errorf("%d entries in the folder, %v: want %d", len(entries), err, want)
	}
}
