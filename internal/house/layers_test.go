package house

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers from the bottom up. A package may import those of lower layers, and
// parts of itself (archive/sqlite may import archive).
var layers = [][]string{
	{"", "docs"},
	{"custody", "key", "writing", "sandbox"},
	{"archive"},
	{"search"},
	{"intake", "read", "understand", "check", "protect"},
	{"publish"}, // above protect: it takes nothing but what protect has cleared, and the type says so
	{"pipeline"},
	{"web"},
	{"cmd"},
}

type pkg struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "vidimus/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p pkg
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages found", len(all))
	}
	return all
}

// top is the first element of a package's path below the module: "archive"
// for vidimus/archive/sqlite, "" for the root.
func top(path string) string {
	rest, _ := strings.CutPrefix(strings.TrimPrefix(path, "vidimus"), "/")
	first, _, _ := strings.Cut(rest, "/")
	return first
}

func ours(path string) bool { return path == "vidimus" || strings.HasPrefix(path, "vidimus/") }

func layer(name string) int {
	return slices.IndexFunc(layers, func(l []string) bool { return slices.Contains(l, name) })
}

func TestPackagesImportOnlyLowerLayers(t *testing.T) {
	for _, p := range packages(t) {
		from := top(p.ImportPath)
		if from == "internal" {
			continue
		}
		if layer(from) < 0 {
			t.Errorf("%s is in no layer: add it to the list, with a reason in its commit", p.ImportPath)
		}
		for _, i := range p.Imports {
			to := top(i)
			if !ours(i) || to == "internal" || to == from {
				continue
			}
			if layer(to) >= layer(from) {
				t.Errorf("%s imports %s, which is not below it", p.ImportPath, i)
			}
		}
	}
}

func TestInternalPackagesKnowNoStage(t *testing.T) {
	allowed := map[string]string{
		"vidimus/internal/house":    "reads all packages",
		"vidimus/internal/casetest": "makes cases for tests",
		"vidimus/internal/bench":    "a command beside those of cmd: measures what each stage costs",
	}
	for _, p := range packages(t) {
		if top(p.ImportPath) != "internal" || allowed[p.ImportPath] != "" {
			continue
		}
		for _, i := range p.Imports {
			if ours(i) && top(i) != "internal" && i != "vidimus" {
				t.Errorf("%s imports %s: what knows a stage is no internal package", p.ImportPath, i)
			}
		}
	}
}

func TestTheRootImportsTheStandardLibraryOnly(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != "vidimus" {
			continue
		}
		for _, i := range p.Imports {
			if strings.Contains(i, ".") || ours(i) {
				t.Errorf("the root package imports %s", i)
			}
		}
	}
}

func TestOnlyTheCommandNamesImplementations(t *testing.T) {
	implementations := []string{"vidimus/archive/sqlite", "vidimus/archive/memory", "vidimus/archive/blob", "vidimus/search/fts", "vidimus/search/memory"}
	for _, p := range packages(t) {
		if top(p.ImportPath) == "cmd" || p.ImportPath == "vidimus/internal/casetest" || p.ImportPath == "vidimus/internal/bench" || slices.Contains(implementations, p.ImportPath) {
			continue
		}
		for _, i := range p.Imports {
			if slices.Contains(implementations, i) {
				t.Errorf("%s names the implementation %s", p.ImportPath, i)
			}
		}
	}
}

func TestEveryPackageIsDocumented(t *testing.T) {
	for _, p := range packages(t) {
		documented := false
		for _, f := range p.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, f), nil, parser.ParseComments|parser.PackageClauseOnly)
			if err != nil {
				t.Fatal(err)
			}
			documented = documented || len(file.Doc.Text()) > 20
		}
		if !documented {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func TestGoroutinesCannotPrintValues(t *testing.T) {
	walkFiles(t, ".go", func(path, text string) {
		if strings.HasSuffix(path, "_test.go") || strings.Contains(path, "internal/quiet/") {
			return
		}
		for n, line := range strings.Split(text, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "go ") && !strings.Contains(line, "//") {
				t.Errorf("%s:%d starts a goroutine bare: use quiet.Go, so that a panic prints no value", path, n+1)
			}
		}
	})
}

// walkFiles calls f for every tracked or new file of the repository that ends
// in ext.
func walkFiles(t *testing.T, ext string, f func(path, text string)) {
	t.Helper()
	root := repository(t)
	cmd := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	for _, path := range strings.Fields(string(out)) {
		if !strings.HasSuffix(path, ext) {
			continue
		}
		b, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			continue // removed, not yet committed
		}
		f(path, string(b))
	}
}

func repository(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("git", "rev-parse", "--show-toplevel").Output()
	if err != nil {
		t.Fatalf("git: %v", err)
	}
	return strings.TrimSpace(string(out))
}
