package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// archiveInGB makes a zip with names in GB 18030, and another such in it.
func archiveInGB(t *testing.T) []byte {
	t.Helper()
	pack := func(entries ...[2]string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, e := range entries {
			raw, err := simplifiedchinese.GB18030.NewEncoder().String(e[0])
			if err != nil {
				t.Fatal(err)
			}
			w, err := z.CreateHeader(&zip.FileHeader{Name: raw, NonUTF8: true})
			if err == nil {
				_, err = w.Write([]byte(e[1]))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	inner := pack([2]string{"水库/名单.txt", "The innermost words."})
	return pack([2]string{"通知/移民安置.txt", "The notice itself."}, [2]string{"报告.zip", string(inner)}, [2]string{"plain.txt", "Plain words."})
}

func pathsOf(t *testing.T, dir, file string) (all []string) {
	t.Helper()
	_, out := runVerb(t, "", "list", dir, "--identity", file, "--json")
	for line := range strings.Lines(out) {
		var f listed
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		all = append(all, f.Path)
	}
	return all
}

func TestNamesOfAnArchiveAreReadInAnotherCharset(t *testing.T) {
	dir, file := caseWithIdentity(t)
	given := t.TempDir()
	if err := os.WriteFile(filepath.Join(given, "a.zip"), archiveInGB(t), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(want int, args ...string) string {
		t.Helper()
		code, out := runVerb(t, "", append([]string{args[0], dir}, append(args[1:], "--identity", file)...)...)
		if code != want {
			t.Fatalf("%v: exit %d\n%s", args, code, out)
		}
		return out
	}
	run(exitDone, "add", given, "--allow-swap", "--ocr", "off")
	right := []string{"a.zip", "a.zip/通知/移民安置.txt", "a.zip/报告.zip", "a.zip/plain.txt", "a.zip/报告.zip/水库/名单.txt"}
	if d := cmp.Diff(right, pathsOf(t, dir, file)); d != "" {
		t.Fatal(d)
	}
	item := string(firstFile(t, dir, file).Item)
	if out := run(exitDone, "names", item, "--json"); !strings.Contains(out, `"charset":"gb18030","guessed":true`) || !strings.Contains(out, "移民安置") {
		t.Errorf("the guess: %s", out)
	}
	if run(exitDone, "names", item, "--charset", "big5", "--look"); !cmp.Equal(right, pathsOf(t, dir, file)) {
		t.Error("a look has changed names")
	}
	derived := strings.Count(logList(t, dir, file), "derive")
	if out := run(exitDone, "names", item, "--charset", "ibm866", "--json"); !strings.Contains(out, `"charset":"ibm866","guessed":false,"changed":3`) {
		t.Errorf("chosen: %s", out)
	}
	wrong := pathsOf(t, dir, file)
	if strings.Contains(strings.Join(wrong[:3], ""), "通知") || !strings.HasPrefix(wrong[4], wrong[2]+"/水库") {
		t.Errorf("paths %q", wrong)
	}
	if out := run(exitDone, "search", "path:通知", "--json"); !strings.Contains(out, `"total":0`) {
		t.Errorf("found under the name of before: %s", out)
	}
	run(exitDone, "audit")
	if n := strings.Count(logList(t, dir, file), "derive"); n != derived {
		t.Errorf("%d readings were made for new names", n-derived)
	}
	run(exitDone, "reread", "--allow-swap")
	if d := cmp.Diff(wrong, pathsOf(t, dir, file)); d != "" {
		t.Errorf("read again: %s", d)
	}
	if out := run(exitDone, "names", item, "--charset", "guess", "--json"); !strings.Contains(out, `"charset":"gb18030","guessed":true,"changed":3`) {
		t.Errorf("guessed again: %s", out)
	}
	if d := cmp.Diff(right, pathsOf(t, dir, file)); d != "" {
		t.Error(d)
	}
	if out := run(exitDone, "search", "path:通知", "--json"); !strings.Contains(out, `"total":1`) {
		t.Errorf("not found under its name: %s", out)
	}
	run(exitDone, "audit")
	if out := logList(t, dir, file); strings.Count(out, "correct") < 8 {
		t.Errorf("the log: %s", out)
	}
	if code, _ := runVerb(t, "", "names", dir, item, "--charset", "klingon", "--identity", file); code != exitUsage {
		t.Errorf("an unknown charset: exit %d", code)
	}
}

func logList(t *testing.T, dir, file string) string {
	t.Helper()
	_, out := runVerb(t, "", "log", "list", dir, "--identity", file)
	return out
}
