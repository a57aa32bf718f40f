package house

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// dependencies are the modules that our own code may name, each with its
// reason. A new one is added here first, with its reason.
var dependencies = map[string]string{
	"filippo.io/age":                      "the ways into a case, and copies encrypted to a recipient: the field's standard",
	"github.com/6tail/lunar-go":           "the Chinese calendar, for dates in it; kept, and without dependencies",
	"github.com/bep/imagemeta":            "EXIF, IPTC and XMP of pictures; kept, fuzzed by its author, bounded",
	"github.com/chromedp/chromedp":        "tests: the reading room in a real browser",
	"github.com/chromedp/cdproto":         "tests: what chromedp speaks",
	"github.com/gabriel-vasile/mimetype":  "types of files by content; the best kept list",
	"github.com/go-text/typesetting":      "shaping of Han, Arabic script and Latin for the pages that we draw",
	"github.com/google/go-cmp":            "tests: differences that a person can read",
	"github.com/klauspost/compress":       "zstd; the maintained one in Go",
	"github.com/landlock-lsm/go-landlock": "the Landlock wall, by the kernel feature's own authors",
	"github.com/longbridgeapp/opencc":     "build only: OpenCC's table of simplified characters, which writing/han/build writes down",
	"github.com/mozillazg/go-pinyin":      "build only: readings of Han characters, which writing/han/build writes down",
	"github.com/ncruces/go-sqlite3":       "SQLite with FTS5, Adiantum and checksums, without cgo",
	"github.com/nwaples/rardecode/v2":     "rar; the maintained one in Go, without dependencies, from a stream",
	"github.com/rogpeppe/go-internal":     "tests: testscript, the command line as scripts",
	"github.com/schollz/progressbar/v3":   "the bar on a terminal",
	"github.com/sethvargo/go-diceware":    "the EFF word list, drawn by the system's random source",
	"github.com/spf13/cobra":              "verbs, flags, help and completion in the form that people know",
	"github.com/tetratelabs/wazero":       "runs the PDF engine as WebAssembly, without cgo",
	"github.com/wlynxg/chardet":           "character sets of text without a mark; measured best of those that can be had",
	"github.com/ulikunitz/xz":             "xz; the maintained one in Go",
	"github.com/yalue/onnxruntime_go":     "the OCR pack only (packs/ppocr, a module of its own): ONNX Runtime, which is C",
	"golang.org/x/image":                  "outlines and rasters of the pages that we draw",
	"golang.org/x/mod":                    "transparent logs and signed notes (sumdb)",
	"golang.org/x/net":                    "web pages, read as browsers do; tests: pages checked as HTML",
	"golang.org/x/sync":                   "goroutines that end together, with the first error",
	"golang.org/x/sys":                    "seccomp, locks, O_NOATIME, limits",
	"golang.org/x/term":                   "passphrases typed without an echo",
	"golang.org/x/text":                   "character sets, normal forms, bidirectional text, message catalogues",
	"honnef.co/go/tools":                  "tests: staticcheck",
	"lukechampine.com/adiantum":           "the cipher of the databases, for the audit's own walk over their pages",
	"rsc.io/qr":                           "QR codes for the recovery key and the log's stub on paper; no dependencies of its own",
}

// listed gives the module of an import path, when it is on the list.
func listed(path string) string {
	for module := range dependencies {
		if path == module || strings.HasPrefix(path, module+"/") {
			return module
		}
	}
	return ""
}

func TestEveryImportIsOnTheListWithItsReason(t *testing.T) {
	used := map[string]bool{"honnef.co/go/tools": true} // named in go.mod as a tool
	walkFiles(t, ".go", func(path, text string) {
		file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			if !strings.Contains(strings.SplitN(name, "/", 2)[0], ".") {
				continue
			}
			module := listed(name)
			if module == "" {
				t.Errorf("%s imports %s, which is not on the list", path, name)
			}
			used[module] = true
		}
	})
	for module := range dependencies {
		if !used[module] {
			t.Errorf("%s is on the list and nobody imports it", module)
		}
	}
}

func TestNoFileNamesARegistryHost(t *testing.T) {
	hosts := regexp.MustCompile(`https?://(registry|proxy|repo\d?|deb|static|sum)\.[a-z]`)
	for _, ext := range []string{".go", ".json", "Makefile", ".md", "scripts/need", "scripts/test", "scripts/demo"} {
		walkFiles(t, ext, func(path, text string) {
			if hosts.MatchString(text) {
				t.Errorf("%s names a registry's host", path)
			}
		})
	}
}

func TestTheNpmLocksArePinnedAndNameNoAddress(t *testing.T) {
	for _, lock := range []string{"package-lock.json", "packs/ppocr/package-lock.json"} {
		b, err := os.ReadFile(filepath.Join(repository(t), lock))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(b), `"resolved"`) {
			t.Errorf("%s carries addresses", lock)
		}
		if packages, pinned := strings.Count(string(b), `"node_modules/`), strings.Count(string(b), `"integrity": "sha512-`); pinned == 0 || pinned != packages {
			t.Errorf("%s pins the content of %d packages of %d", lock, pinned, packages)
		}
	}
}

func TestTheProgramsHaveNoC(t *testing.T) {
	walkFiles(t, ".go", func(path, text string) {
		if strings.Contains(text, "\nimport \"C\"") || strings.Contains(text, "onnxruntime_go\"\n") && !strings.HasPrefix(path, "packs/") {
			t.Errorf("%s brings C into the program", path)
		}
	})
}
