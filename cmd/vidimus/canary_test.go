//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"vidimus/read/pdf"
)

// shapes are what any document or picture begins with: none may lie about.
var shapes = []canary{{what: "a PDF file", word: "%PDF-1."}, {what: "a picture", word: "\x89PNG\r\n\x1a\n", raw: true}}

// TestNoWordOfACaseIsFoundOutsideIt runs the real program through all that it
// does, and through its deaths, and then looks for every word, name, digest
// and key everywhere that it could have written.
func TestNoWordOfACaseIsFoundOutsideIt(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute of the whole program")
	}
	w := newWorld(t)
	leak := newHostile(t, w.outside)
	cold := compiled(t)
	asked := map[string]string{"without hits": latin(), "with a mistake": latin(), "as a flag": latin()}
	crowd := latin()
	canaries := append(leak.canaries, canary{what: "a word of the crowd", word: crowd})
	for what, word := range asked {
		canaries = append(canaries, canary{what: "a query " + what, word: word, typed: what == "as a flag"})
	}

	w.vidimus(exitDone, "", "init", w.dir(), "--allow-swap",
		"--passphrase-file", filepath.Join(w.outside, "passphrase"), "--recipient", w.identity.Recipient().String())
	canaries = append(canaries, w.secrets()...)
	w.vidimus(exitFailures, "", "add", w.dir(), leak.dir, "--allow-swap")
	w.with(append(w.environ(), "VIDIMUS_IDENTITY_FILE=", "VIDIMUS_PASSPHRASE_FILE="+filepath.Join(w.outside, "passphrase")),
		exitDone, "", "status", w.dir())
	w.ask(leak, asked)
	w.copyOut(leak)
	w.dieServing()
	t.Run("a visit", func(t *testing.T) { w.visit(t, leak) })
	w.die(newCrowd(t, w.outside, crowd), newHunter(canaries))
	w.clean(canaries)
	if warm := content(t, filepath.Join(w.root, "cache")); !slices.Equal(warm, cold) {
		t.Error("the cache of compiled code is not what it is before there is a case")
	}
}

// compiled gives the cache of compiled code as it is made before any case.
func compiled(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	if err := pdf.Warm(filepath.Join(dir, "vidimus")); err != nil {
		t.Fatal(err)
	}
	return content(t, dir)
}

// ask searches for every word, which shows that it went in, and for some that
// are not there.
func (w *world) ask(leak *hostile, asked map[string]string) {
	w.t.Helper()
	w.vidimus(exitDone, "", "list", w.dir())
	w.vidimus(exitDone, "", "list", w.dir(), "--json")
	for what, word := range leak.words {
		if out := w.vidimus(exitDone, word, "search", w.dir(), "-", "--json"); !strings.Contains(out, "«"+word+"»") {
			w.t.Errorf("the word of %s was not found", what)
		}
	}
	if out := w.vidimus(exitDone, asked["without hits"], "search", w.dir(), "-"); out != "0 page(s)\n" {
		w.t.Errorf("a word that is nowhere has hits: %q", out)
	}
	wrong := asked["with a mistake"]
	for _, query := range []string{wrong + " OR", `"` + wrong, "/" + wrong + "(/", wrong + "~9", "field:" + wrong, "(" + wrong} {
		w.vidimus(exitUsage, query, "search", w.dir(), "-")
		w.vidimus(exitUsage, query, "search", w.dir(), "-", "--json")
	}
	// As an argument the process list shows it; no message may.
	if out := w.vidimus(exitUsage, "", "search", w.dir(), "--"+asked["as a flag"], "--json"); strings.Contains(out, asked["as a flag"]) {
		w.t.Error("a word typed as a flag is in the error")
	}
	w.vidimus(exitFailed, "", "show", w.dir(), "aaaaaaaaaaaaaaaa", "--text")
	w.vidimus(exitFailed, "", "add", w.dir(), filepath.Join(leak.dir, "nothing here"), "--allow-swap")
}

// copyOut lets copies leave, to where nobody looks.
func (w *world) copyOut(leak *hostile) {
	w.t.Helper()
	item := w.itemOf(leak.words["PDF"])
	image := filepath.Join(w.outside, "page.png")
	if out := w.vidimus(exitDone, "", "show", w.dir(), item, "--text"); !strings.Contains(out, leak.words["PDF"]) {
		w.t.Error("the text shown is not the file's")
	}
	w.vidimus(exitDone, "", "show", w.dir(), item, "--image", image)
	if b, err := os.ReadFile(image); err != nil || !bytes.HasPrefix(b, []byte(shapes[1].word)) {
		w.t.Errorf("no picture was written: %v", err)
	}
	w.vidimus(exitFailed, "", "show", w.dir(), item, "--image", image) // is there already
	w.vidimus(exitFailed, "", "show", w.dir(), item, "--text", "--page", "9")
	if out := w.vidimus(exitDone, "", "export", w.dir(), "--as", "pages"); !strings.Contains(out, leak.words["GB18030"]) {
		w.t.Error("the export lacks a page")
	}
	w.vidimus(exitDone, "", "audit", w.dir())
	w.vidimus(exitDone, "", "audit", w.dir(), "--json")
}

func (w *world) itemOf(word string) string {
	w.t.Helper()
	var found results
	if err := json.Unmarshal([]byte(w.vidimus(exitDone, word, "search", w.dir(), "-", "--json")), &found); err != nil || len(found.Hits) == 0 {
		w.t.Fatalf("no hit to take: %v", err)
	}
	return string(found.Hits[0].Item)
}

// die kills `add` in the middle of its work, in the ways that leave things
// behind, or that by themselves make the Go runtime print its stacks.
func (w *world) die(crowd string, h *hunter) {
	w.t.Helper()
	add := []string{"add", w.dir(), crowd, "--allow-swap"}
	for _, death := range []syscall.Signal{syscall.SIGKILL, syscall.SIGQUIT, syscall.SIGABRT, syscall.SIGTERM} {
		r := w.begin(w.environ("GOTRACEBACK=crash"), "", add...)
		r.stop()
		found, _ := h.under(w.t, w.root)
		w.complain("while `add` is at work", found)
		r.signal(death)
		r.signal(syscall.SIGCONT)
		want := exitFailed
		if death == syscall.SIGKILL {
			want = -1
		}
		if _, code := r.end(); code != want {
			w.t.Errorf("%v: exit code %d, want %d", death, code, want)
		}
		if bytes.Contains(r.err.Bytes(), []byte("goroutine ")) {
			w.t.Errorf("%v: the runtime printed its stacks, and with them what functions were called with", death)
		}
	}
	w.vidimus(exitDone, "", add...)
	w.vidimus(exitDone, "", "audit", w.dir())
}

// dieServing kills a room whose way in nobody has used. It stays in memory
// until the next room opens.
func (w *world) dieServing() {
	w.t.Helper()
	killed := w.openRoom(w.t)
	killed.signal(syscall.SIGKILL)
	killed.finish()
	next := w.openRoom(w.t)
	if _, err := os.Stat(killed.way); !os.IsNotExist(err) {
		w.t.Errorf("the way in of a killed room is still there: %v", err)
	}
	next.close(w.t)
}

// TestAPanicShowsNoValue runs the real `run` with a part in it that panics
// with a word of the case.
func TestAPanicShowsNoValue(t *testing.T) {
	word := os.Getenv("TEST_PANIC")
	if word != "" {
		os.Args = []string{"vidimus", "status", os.Getenv("TEST_CASE")}
		os.Exit(run(func([]byte, string) ([]byte, error) { panic(errors.New(word)) }))
	}
	w := newWorld(t)
	word = latin()
	passphrase := filepath.Join(w.outside, "passphrase")
	w.vidimus(exitDone, "", "init", w.dir(), "--allow-swap", "--passphrase-file", passphrase)
	cmd := exec.Command(os.Args[0], "-test.run=^TestAPanicShowsNoValue$")
	cmd.Env = w.environ("TEST_PANIC="+word, "TEST_CASE="+w.dir(), "VIDIMUS_IDENTITY_FILE=", "VIDIMUS_PASSPHRASE_FILE="+passphrase)
	said, err := cmd.CombinedOutput()
	if _, ok := errors.AsType[*exec.ExitError](err); !ok || !bytes.Contains(said, []byte("internal error")) {
		t.Fatalf("it did not panic: %v: %s", err, said)
	}
	if bytes.Contains(said, []byte(word)) || bytes.Contains(said, []byte("goroutine ")) {
		t.Errorf("a panic said %s", said)
	}
}

// clean looks everywhere.
func (w *world) clean(canaries []canary) {
	w.t.Helper()
	for _, name := range w.touched.since() {
		w.t.Errorf("something was written where nothing should be: %s", name)
	}
	everywhere := newHunter(canaries)
	w.vidimus(exitDone, "", "backup", w.dir(), filepath.Join(w.root, "backup"))
	w.vidimus(exitDone, "", "restore", filepath.Join(w.root, "backup"), filepath.Join(w.root, "restored"))
	found, files := everywhere.under(w.t, w.root)
	w.complain("on disk", found)
	if files < 8 {
		w.t.Errorf("only %d files were searched", files)
	}
	for _, dir := range []string{w.dir(), filepath.Join(w.root, "backup"), filepath.Join(w.root, "restored")} {
		found, _ = newHunter(shapes).under(w.t, dir)
		w.complain("in the case", found)
	}
	everywhere.since = w.began
	found, _ = everywhere.under(w.t, "/dev/shm")
	w.complain("in memory", found)
	if left, err := os.ReadDir(w.run); err != nil || len(left) > 0 {
		w.t.Errorf("left in memory: %v (%v)", left, err)
	}
	said := newHunter(slices.DeleteFunc(slices.Clone(canaries), func(c canary) bool { return c.typed }))
	for typed, b := range w.said {
		w.complain("said by "+typed, said.in(b))
	}
	for _, name := range []string{"vidimus: reader", "(vidimus: trying a passphrase)"} {
		if !w.watch.saw(name) {
			w.t.Errorf("no process %q was seen", name)
		}
	}
	w.complain("shown to `ps`", w.watch.in(said))
}

func (w *world) complain(where string, found []string) {
	w.t.Helper()
	for _, f := range found {
		w.t.Errorf("%s: %s", where, f)
	}
}

// content gives names and bytes of all files under a folder.
func content(t *testing.T, dir string) (all []string) {
	t.Helper()
	for path, b := range filesUnder(t, dir) {
		all = append(all, path+"\x00"+string(b))
	}
	slices.Sort(all)
	return all
}
