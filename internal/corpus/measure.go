package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Measure says how many of all were right, and fails a test that misses its
// goal, in percent; a goal of 0 is none. `make accuracy` collects the lines in the folder that
// VIDIMUS_MEASURES names.
func Measure(t testing.TB, what string, right, all int, goal float64) {
	t.Helper()
	share := 100 * float64(right) / float64(max(all, 1))
	t.Logf("%s: %d of %d", what, right, all)
	if all == 0 || share < goal {
		t.Errorf("%s: %d of %d; the goal is %g %%", what, right, all, goal)
	}
	dir := os.Getenv("VIDIMUS_MEASURES")
	if dir == "" {
		return
	}
	line := fmt.Sprintf("| %s | %d / %d | %.1f %% | – |\n", what, right, all, share)
	if goal > 0 {
		line = fmt.Sprintf("| %s | %d / %d | %.1f %% | %g %% |\n", what, right, all, share, goal)
	}
	name := strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || r == ' ' {
			return '-'
		}
		return r
	}, what)
	if err := os.WriteFile(filepath.Join(dir, name), []byte(line), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Measures gives the lines that were noted, as rows of a Markdown table.
func Measures() (string, error) {
	dir := os.Getenv("VIDIMUS_MEASURES")
	if dir == "" {
		return "", nil
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	var rows strings.Builder
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return "", err
		}
		rows.Write(b)
	}
	return rows.String(), nil
}
