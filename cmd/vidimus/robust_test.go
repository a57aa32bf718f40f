package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vidimus/internal/corpus"
)

// hostileBatch is how many files one run of the program is given.
const hostileBatch = 250

// Every file of the corpus, and mutations of them, go through the program's
// own add: it neither dies nor hangs, nothing gets out of the case, and the
// arithmetic is true. `make test` takes a sample, `make stress` all.
func TestStressOfPublicFilesAndTheirMutations(t *testing.T) {
	root := corpus.Root(t)
	files, mutations := publicFiles(t, root), 2000
	draw := rand.New(rand.NewPCG(20, 26))
	draw.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
	whole := files
	if os.Getenv("VIDIMUS_STRESS") == "" {
		whole, mutations = files[:40], 60
	}
	h := newHostileRuns(t)
	for _, path := range whole {
		h.give(filepath.Base(path), readFile(t, path))
	}
	for range mutations {
		path := files[draw.IntN(len(files))]
		h.give(filepath.Base(path), mutate(draw, readFile(t, path)))
	}
	h.flush()
	t.Logf("%d files and %d mutations: %+v, in %v", len(whole), mutations, h.sum, h.took.Round(time.Second))
}

func publicFiles(t *testing.T, root string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && filepath.Dir(path) != root {
			all = append(all, path)
		}
		return err
	})
	if err != nil || len(all) < 1000 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	return all
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// mutate damages a file in one of the ways in which damage comes.
func mutate(draw *rand.Rand, b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	at := draw.IntN(len(b))
	n := min(1+draw.IntN(200), len(b)-at)
	switch draw.IntN(6) {
	case 0: // bits
		for range 1 + draw.IntN(30) {
			b[draw.IntN(len(b))] ^= 1 << draw.IntN(8)
		}
	case 1: // noise
		for i := range n {
			b[at+i] = byte(draw.Uint32())
		}
	case 2: // cut
		b = b[:at]
	case 3: // a stretch left out
		b = append(b[:at:at], b[at+n:]...)
	case 4: // a stretch again and again
		b = append(append(b[:at:at], bytes.Repeat(b[at:at+n], 1+draw.IntN(50))...), b[at:]...)
	case 5: // lengths and numbers at their ends
		for i := range min(8, len(b)-at) {
			b[at+i] = []byte{0, 0xff, 0x7f, 0x80}[draw.IntN(4)]
		}
	}
	return b
}

// hostileRuns gives files to the program in batches, each into a case of its own.
type hostileRuns struct {
	t       *testing.T
	box     string // everything that the program may touch lies below
	given   string
	waiting int
	sum     map[string]int
	took    time.Duration
}

func newHostileRuns(t *testing.T) *hostileRuns {
	h := &hostileRuns{t: t, box: t.TempDir(), sum: map[string]int{}}
	for _, dir := range []string{"given", "home", "tmp", "cwd", "beside"} {
		if err := os.Mkdir(filepath.Join(h.box, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	h.given = filepath.Join(h.box, "given")
	return h
}

// give lays a file down; a full batch is added.
func (h *hostileRuns) give(name string, b []byte) {
	h.t.Helper()
	if err := os.WriteFile(filepath.Join(h.given, fmt.Sprintf("%04d-%s", h.waiting, name)), b, 0o600); err != nil {
		h.t.Fatal(err)
	}
	if h.waiting++; h.waiting == hostileBatch {
		h.flush()
	}
}

// flush adds what was given to a new case and looks at what came of it.
func (h *hostileRuns) flush() status {
	h.t.Helper()
	if h.waiting == 0 {
		return status{}
	}
	dir, file := caseWithIdentity(h.t)
	before := h.around()
	began := time.Now()
	code, out := h.run("add", dir, h.given, "--ocr", "off", "--identity", file, "--allow-swap")
	h.took += time.Since(began)
	if code != exitDone && code != exitFailures || strings.Contains(out, "panic") || strings.Contains(out, "goroutine ") {
		h.t.Fatalf("add: exit %d\n%.3000s", code, out)
	}
	if d := cmp.Diff(before, h.around()); d != "" {
		h.t.Errorf("files came or went outside the case: %s", d)
	}
	s := statusOf(h.t, dir, file)
	if s.Waiting != 0 || s.Seen < h.waiting || s.Seen != s.Read+s.Partly+s.Failed+s.Duplicates {
		h.t.Errorf("the arithmetic of %d files: %+v", h.waiting, s)
	}
	if n := filesListed(h.t, dir, file); n != s.Seen {
		h.t.Errorf("%d files are listed, %d were seen", n, s.Seen)
	}
	for name, n := range map[string]int{"seen": s.Seen, "read": s.Read, "partly": s.Partly, "failed": s.Failed, "duplicates": s.Duplicates} {
		h.sum[name] += n
	}
	for _, r := range s.Reasons {
		h.sum[string(r.Reason)] += r.Count
	}
	for _, d := range []string{dir, h.given} {
		if err := os.RemoveAll(d); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := os.Mkdir(h.given, 0o700); err != nil {
		h.t.Fatal(err)
	}
	h.waiting = 0
	return s
}

// run runs the program in the box, ten minutes at most.
func (h *hostileRuns) run(args ...string) (code int, out string) {
	h.t.Helper()
	ctx, stop := context.WithTimeout(h.t.Context(), 10*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, "vidimus", args...)
	cache, err := os.UserCacheDir()
	if err != nil {
		h.t.Fatal(err)
	}
	cmd.Dir = filepath.Join(h.box, "cwd")
	cmd.Env = append(os.Environ(), "HOME="+filepath.Join(h.box, "home"), "TMPDIR="+filepath.Join(h.box, "tmp"), "XDG_CACHE_HOME="+cache)
	b, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		h.t.Fatal("the program hangs")
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), string(b)
	} else if err != nil {
		h.t.Fatal(err)
	}
	return 0, string(b)
}

// around lists what lies in the box, the home's memory of cases aside.
func (h *hostileRuns) around() (all []string) {
	h.t.Helper()
	err := filepath.WalkDir(h.box, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(h.box, path)
		if !strings.HasPrefix(rel, filepath.Join("home", ".local")) {
			all = append(all, rel)
		}
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return all
}

// filesListed counts the files that list gives.
func filesListed(t *testing.T, dir, file string) (n int) {
	t.Helper()
	code, out := runVerb(t, "", "list", dir, "--identity", file, "--json")
	for line := range strings.Lines(out) {
		var f listed
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.State == "" {
			t.Fatalf("list: %v in %q", err, line)
		}
		n++
	}
	if code != exitDone {
		t.Fatalf("list: exit %d", code)
	}
	return n
}
