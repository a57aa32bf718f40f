package main

import (
	"errors"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus/internal/casetest"
	"vidimus/read/layout"
	"vidimus/read/ocr"
)

// packFile is what `make ocr-pack` writes.
const packFile = "../../build/vidimus-ppocr.pack"

// TestAPackIsInstalledAndReadsChineseAnew adds a picture of a page before there
// is a pack, and reads it again with one.
func TestAPackIsInstalledAndReadsChineseAnew(t *testing.T) {
	if _, err := os.Stat(packFile); errors.Is(err, fs.ErrNotExist) {
		casetest.Without(t, errors.New("there is no pack: run `make ocr-pack`"))
	}
	if _, err := ocr.Find(t.Context()); err != nil {
		casetest.Without(t, err)
	}
	t.Setenv("XDG_DATA_HOME", t.TempDir())
	dir, file := caseWithIdentity(t)
	run := func(want int, args ...string) string {
		t.Helper()
		code, out := runVerb(t, "", args...)
		if code != want {
			t.Fatalf("%v: exit %d, want %d:\n%s", args, code, want, out)
		}
		return out
	}
	holds := func(out string, wanted ...string) {
		t.Helper()
		for _, w := range wanted {
			if !strings.Contains(out, w) {
				t.Errorf("no %q in:\n%s", w, out)
			}
		}
	}
	run(exitDone, "add", dir, chinesePage(t), "--identity", file, "--allow-swap")
	holds(run(exitDone, "status", dir, "--json", "--identity", file), `"stale":0`)

	holds(run(exitDone, "ocr", "install", "--look", packFile, "--json"), `"installed":false`)
	run(exitFailed, "ocr", "install", packFile, "--digest", strings.Repeat("0", 64))
	holds(run(exitDone, "ocr", "install", packFile), "ppocr 4 for zh", "SHA-256 ", "ONNX Runtime", "MIT", "installed")
	holds(run(exitDone, "ocr", "languages", "--json"), `{"model":"ppocr","writing":"Han","served":true,"engine":"ppocr 4 `)

	holds(run(exitDone, "status", dir, "--json", "--identity", file), `"stale":1`)
	holds(run(exitDone, "reread", dir, "--stale", "--identity", file, "--allow-swap"), "1 file(s) are tried again")
	holds(run(exitDone, "status", dir, "--json", "--identity", file), `"stale":0`)
	holds(run(exitDone, "search", dir, "没有人被询问", "--json", "--identity", file), `"total":1`)

	run(exitDone, "ocr", "remove")
	if out := run(exitDone, "ocr", "languages"); strings.Contains(out, "ppocr") || !strings.Contains(out, "chi_sim") {
		t.Errorf("after it is removed:\n%s", out)
	}
}

// chinesePage draws a page, and gives the folder of its picture.
func chinesePage(t *testing.T) string {
	t.Helper()
	sheet, err := layout.New().Lay(strings.Repeat("水库的水位正在上升，没有人被询问。", 9))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "page.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, sheet.Draw(200)); err != nil {
		t.Fatal(err)
	}
	return dir
}
