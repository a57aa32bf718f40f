// Package corpus finds the folder of public files that tests measure with. It
// is no part of the repository: VIDIMUS_CORPUS names it, or it lies beside the
// repository as shared/corpus.
package corpus

import (
	"os"
	"path/filepath"
	"testing"
)

// Root gives the folder. Where it is absent the test is skipped with one line;
// in CI it fails.
func Root(t testing.TB) string {
	t.Helper()
	root := os.Getenv("VIDIMUS_CORPUS")
	if root == "" {
		root = filepath.Join(repository(t), "..", "shared", "corpus")
	}
	if _, err := os.Stat(filepath.Join(root, "MANIFEST.tsv")); err == nil {
		return root
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("the corpus is missing: set VIDIMUS_CORPUS")
	}
	t.Skip("no corpus: set VIDIMUS_CORPUS to measure")
	return ""
}

// repository is the folder above the test's that holds go.mod.
func repository(t testing.TB) string {
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("no go.mod above the test")
	return ""
}
