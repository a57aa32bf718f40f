package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/sealed"
	"vidimus/key"
	"vidimus/pipeline"
	"vidimus/protect"
)

// Words that stand nowhere but in what is disposed of.
var doomedWords = []string{"zwyvernquarry", "نۇرسۈنجان", "梧桐水库", "thimblename", "innerlantern", "notedbiscuit", "correctedtundra", "draftedheron"}

// opened gives every file of a case folder as whoever has its keys can read it.
func openedUp(t *testing.T, dir, identity string) (all map[string][]byte) {
	t.Helper()
	b, err := os.Open(identity)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	ids, err := key.ReadIdentities(b)
	if err != nil {
		t.Fatal(err)
	}
	format, err := archive.ReadFormat(dir)
	if err != nil {
		t.Fatal(err)
	}
	k, err := key.Unlock(archive.KeysFolder(dir), format.ID, key.Way{Identities: ids})
	if err != nil {
		t.Fatal(err)
	}
	all = map[string][]byte{}
	err = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		records, index := k.Records(), k.Index()
		switch filepath.Base(path) {
		case "records.db":
			all[path], err = sealed.TestOnlyPlain(path, records[:])
		case "index.db":
			all[path], err = sealed.TestOnlyPlain(path, index[:])
		default:
			all[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func standingIn(all map[string][]byte, words []string) (found []string) {
	for path, b := range all {
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				found = append(found, filepath.Base(path)+": "+w)
			}
		}
	}
	slices.Sort(found)
	return found
}

func zipOf(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drafting has the reading room keep a plan.
func drafting(t *testing.T, dir, identity string, p protect.Plan) {
	t.Helper()
	d, err := openCase(t.Context(), &console{}, &unlocking{identityFile: identity}, dir, archive.ToWrite)
	if err == nil {
		err = errors.Join(d.Do(t.Context(), func(w *archive.Work) error { return pipeline.KeepDraft(w, p) }), d.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A file that was read, searched, marked, corrected, redacted, planned and
// copied goes, and with all its keys nobody finds a word of it in the case.
func TestAWorkedOnFileIsDisposedOfWithAllThatWasMadeOfIt(t *testing.T) {
	dir, file := caseWithIdentity(t)
	at, given := t.TempDir(), t.TempDir()
	pass := filepath.Join(at, "pass")
	text := "zwyvernquarry on the third day, 12 May 2017.\n梧桐水库 stands here.\nنۇرسۈنجان spoke.\n" + strings.Repeat("Long enough a line to be a file of its own. ", 900)
	for path, b := range map[string][]byte{
		pass:                                        []byte("demo\n"),
		filepath.Join(given, "thimblename.txt"):     []byte(text),
		filepath.Join(given, "stays.txt"):           []byte("The meadow stays.\n"),
		filepath.Join(given, "box-thimblename.zip"): zipOf(t, "innerlantern.txt", "innerlantern words of zwyvernquarry.\n"),
	} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runVerb := func(t *testing.T, in string, args ...string) (int, string) { // signers' files ask for an unwrapper
		var out bytes.Buffer
		code := command(t.Context(), key.ChildMain(), args, strings.NewReader(in), &out, &out)
		return code, out.String()
	}
	run := func(want int, in, verb string, args ...string) string {
		t.Helper()
		code, out := runVerb(t, in, append([]string{verb, dir}, append(args, "--identity", file)...)...)
		if code != want {
			t.Fatalf("%s %v: exit %d\n%s", verb, args, code, out)
		}
		return out
	}
	var signers []string
	for _, name := range []string{"a.signer", "b.signer"} {
		path := filepath.Join(at, name)
		if code, out := runVerb(t, "", "signer", "new", path, "--weak", "--signer-passphrase-file", pass); code != 0 {
			t.Fatal(out)
		}
		if code, out := runVerb(t, "", "signer", "register", dir, path, "--signer-passphrase-file", pass, "--identity", file); code != 0 {
			t.Fatal(out)
		}
		signers = append(signers, "--signer", path)
	}
	signers = append(signers, "--signer-passphrase-file", pass, "--reason", "-")
	run(0, "", "add", given, "--allow-swap", "--ocr", "off")
	items := map[string]string{}
	for line := range strings.Lines(run(0, "", "list", "--json")) {
		var f listed
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		items[f.Path] = string(f.Item)
	}
	doomed, box := items["thimblename.txt"], items["box-thimblename.zip"]
	sub := func(verb string, in string, args ...string) string {
		t.Helper()
		code, out := runVerb(t, in, append(append([]string{verb}, args...), "--identity", file)...)
		if code != 0 {
			t.Fatalf("%s %v: exit %d\n%s", verb, args, code, out)
		}
		return out
	}
	sub("passage", "zwyvernquarry", "add", dir, doomed, "--page", "1", "--quote", "-")
	sub("passage", "notedbiscuit", "note", dir, "1", "-")
	run(0, text+"correctedtundra\n", "correct", doomed, "--page", "1", "-")
	run(0, "spoke", "redact", doomed, "--page", "1", "--find", "-")
	run(0, "", "understand", "--all", "--allow-swap")
	run(0, "", "show", doomed, "--original", filepath.Join(at, "copy"))
	if out := run(0, "", "search", "zwyvernquarry", "--json"); !strings.Contains(out, `"total":`) || strings.Contains(out, `"total":0`) {
		t.Fatalf("before: %s", out)
	}
	drafting(t, dir, file, protect.Plan{Format: protect.PlanFormat, Documents: []protect.Document{
		{Item: vidimus.ItemID(items["stays.txt"])}, {Item: vidimus.ItemID(doomed), Quotes: []string{"draftedheron"}}}})
	before := openedUp(t, dir, file)
	for _, w := range doomedWords {
		if standingIn(before, []string{w}) == nil {
			t.Errorf("before, %q stands nowhere", w)
		}
	}
	var blob string
	for path := range before {
		if strings.Contains(path, "/blobs/") {
			blob = path
		}
	}
	aside := before[blob]

	run(2, "", "dispose", doomed)
	run(2, "why", "dispose", doomed, "--signer", signers[1], "--reason", "-")
	if out := run(0, "", "dispose", doomed, "--look", "--json"); !strings.Contains(out, doomed) {
		t.Errorf("look: %s", out)
	}
	if out := run(1, "why", "dispose", append([]string{items["box-thimblename.zip/innerlantern.txt"]}, signers...)...); !strings.Contains(out, box) {
		t.Errorf("inside: %s", out)
	}
	out := run(0, "asked for by a family", "dispose", append([]string{doomed, "--json"}, signers...)...)
	if !strings.Contains(out, `"copies":1`) || !strings.Contains(out, `"out_of_reach":["backups`) {
		t.Errorf("it says: %s", out)
	}
	run(0, "asked for by a family", "dispose", append([]string{box, "--json"}, signers...)...)
	after := openedUp(t, dir, file)
	if left := standingIn(after, doomedWords); left != nil {
		t.Errorf("left: %q", left)
	}
	if _, there := after[blob]; there || len(aside) == 0 {
		t.Error("the original's file is there")
	}
	for i := 0; i+32 <= len(aside); i += 4096 {
		if bytes.Contains(after[filepath.Join(dir, "records.db")], aside[i:i+32]) {
			t.Fatal("bytes of the original's file stand in the records")
		}
	}
	if out := run(0, "", "status", "--json"); !strings.Contains(out, `"disposed":3`) || !strings.Contains(out, `"seen":4`) {
		t.Errorf("status: %s", out)
	}
	if out := run(0, "", "status"); !strings.Contains(out, "+ disposed 3 +") {
		t.Errorf("status: %s", out)
	}
	if out := run(0, "", "search", "zwyvernquarry OR innerlantern", "--json"); !strings.Contains(out, `"total":0`) {
		t.Errorf("after: %s", out)
	}
	if out := run(0, "", "search", "meadow", "--json"); !strings.Contains(out, `"total":1`) {
		t.Errorf("what stays: %s", out)
	}
	if left := standingIn(openedUp(t, dir, file), doomedWords); left != nil {
		t.Errorf("left once the index is made again: %q", left)
	}
	run(0, "", "audit", "--json")
	if out := sub("edition", "", "plan", dir, "--draft"); !strings.Contains(out, items["stays.txt"]) || strings.Contains(out, doomed) {
		t.Errorf("the reading room's plan: %s", out)
	}
	for _, verb := range []string{"list", "duplicates", "timeline", "conversations", "traces"} {
		run(0, "", verb)
	}
	if out := run(1, "", "show", doomed, "--original", filepath.Join(at, "again")); !strings.Contains(out, "disposed of") {
		t.Errorf("show: %s", out)
	}
}
