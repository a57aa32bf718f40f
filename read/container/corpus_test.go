package container

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/corpus"
	"vidimus/read"
)

// damagedOnPurpose are files that their own suites refuse, or that need a
// password.
func damagedOnPurpose(path string) bool {
	for _, s := range []string{"-fail", "badtar", "badzip", "bad7zip", "invalid-zip", "COMPRESS-351", "bla-stored-dd-sizes-differ", "compress-666"} {
		if strings.Contains(path, s) {
			return true
		}
	}
	return false
}

func TestTheCorpusOfArchivesOpens(t *testing.T) {
	root := corpus.Root(t)
	manifest, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	ours := map[string]bool{}
	for _, f := range Formats() {
		for _, kind := range f.Types {
			ours[kind] = true
		}
	}
	all, opened, whole, asserted, found := 0, 0, 0, 0, 0
	lines := bufio.NewScanner(manifest)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		b, err := os.ReadFile(filepath.Join(root, f[0]))
		if err != nil || len(f) < 11 || !ours[read.TypeOf(b, filepath.Base(f[2]))] {
			continue
		}
		files, err := inside(t, b, filepath.Base(f[2]))
		var faults []string
		text := ""
		for name, body := range files {
			if vidimus.Reason(body).Known() || strings.Contains(body, "<torn: ") {
				faults = append(faults, name+": "+body[max(0, len(body)-30):])
			}
			text += name + "\n" + body
		}
		if !damagedOnPurpose(f[0]) {
			all++
			if err == nil && len(files) > 0 {
				opened++
			}
			if err == nil && len(faults) == 0 {
				whole++
			}
		}
		if err != nil || len(faults) > 0 {
			t.Logf("%s: %d files, %v, %.300q", f[0], len(files), err, faults)
		}
		for _, claim := range strings.Split(f[10], " | ") {
			if s, ok := strings.CutPrefix(claim, "contains: "); ok {
				asserted++
				if strings.Contains(text, s) {
					found++
				} else {
					t.Logf("not found: %q in %s", s, f[0])
				}
			}
		}
	}
	t.Logf("of %d archives that their suites open, %d opened, %d whole; contains %d of %d", all, opened, whole, found, asserted)
	if opened*100 < all*98 {
		t.Errorf("only %d of %d opened", opened, all)
	}
}
