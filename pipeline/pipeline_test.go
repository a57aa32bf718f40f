package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/pipeline"
	"vidimus/read"
	"vidimus/read/image"
	"vidimus/read/plain"
	"vidimus/sandbox"
	"vidimus/search"
	"vidimus/search/fts"
)

// TestMain is the worker too: one that reads texts, and "PDF" files that do to
// it what their words say.
func TestMain(m *testing.M) {
	sandbox.Main(read.Kind(pipeline.WorkerKind, plain.Format(), image.Format(), read.Format{
		Types: []string{read.TypePDF},
		Ready: func() (sandbox.Reader, error) { return &hostile{}, nil },
	}))
	if len(os.Args) == 4 && os.Args[1] == "add-until-killed" {
		addUntilKilled(os.Args[2], os.Args[3])
	}
	os.Exit(m.Run())
}

// hostile is a reader that a file has taken over.
type hostile struct{}

func (*hostile) Open(f *sandbox.File) error {
	b := make([]byte, f.Size)
	if _, err := f.ReadAt(b, 0); err != nil && err != io.EOF {
		return err
	}
	switch words := string(b); {
	case strings.Contains(words, "exit"):
		os.Exit(0)
	case strings.Contains(words, "hang"):
		for {
			runtime.Gosched()
		}
	case strings.Contains(words, "panic"):
		panic(words)
	case strings.Contains(words, "broken"):
		return &vidimus.Fault{Reason: vidimus.Damaged}
	}
	return nil
}

// Answer lies about its pages.
func (*hostile) Answer(q sandbox.Question, say sandbox.Say) error {
	if q.Verb == "about" {
		return say(sandbox.Message{Name: "about", Ints: []int64{1, 0}})
	}
	return say(sandbox.Message{Name: "page", Text: "a lie", Ints: []int64{99, -1, 1 << 60, 0, 0}})
}

func (*hostile) Close() {}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// texts writes n small files with words of their own and gives their folder.
func texts(t testing.TB, n int) string {
	dir := t.TempDir()
	for i := range n {
		write(t, filepath.Join(dir, fmt.Sprintf("f%03d.txt", i)), fmt.Sprintf("common word%d 第%d页 水库", i, i))
	}
	return dir
}

func index(t testing.TB, c *archive.Case) *fts.Index {
	t.Helper()
	key := c.IndexKey()
	x, err := fts.OpenAnew(c.IndexPath(), fts.Options{Key: key[:]})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

var options = pipeline.Options{
	Producer: vidimus.Producer{Stage: "read", Version: 1, Parameters: "test"},
}

func add(t testing.TB, c *archive.Case, x search.Index, paths ...string) pipeline.Progress {
	t.Helper()
	p, err := pipeline.Add(context.Background(), c, x, paths, options)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func account(t testing.TB, c *archive.Case) vidimus.Counts {
	t.Helper()
	n, _, err := pipeline.Account(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	if n.Waiting != 0 {
		t.Errorf("%d files wait after the end", n.Waiting)
	}
	return n
}

func total(t testing.TB, c *archive.Case, x search.Index, typed string) int {
	t.Helper()
	q, err := search.Parse(typed)
	if err != nil {
		t.Fatal(err)
	}
	r, err := search.Run(context.Background(), x, c, q, search.Window{Limit: 5}, search.Recorded)
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

func TestOneBadFileHarmsNoOther(t *testing.T) {
	dir := texts(t, 30)
	for _, what := range []string{"exit", "hang", "panic", "broken", "lie"} {
		write(t, filepath.Join(dir, "f015-"+what+".pdf"), "%PDF-1.4 "+what)
	}
	c := casetest.New(t)
	x := index(t, c)
	o := options
	o.Sandbox = sandbox.Options{Limits: sandbox.Limits{Wall: 4 * time.Second}} // for the one that hangs
	p, err := pipeline.Add(t.Context(), c, x, []string{dir}, o)
	if err != nil {
		t.Fatal(err)
	}
	n := account(t, c)
	if n.Seen != 35 || n.Read != 30 || n.Failed != 5 || p.Failed != 5 {
		t.Errorf("counts %+v, progress %+v", n, p)
	}
	want := map[vidimus.Reason]int{vidimus.ReaderDied: 3, vidimus.TimeLimit: 1, vidimus.Damaged: 1}
	for r, k := range want {
		if n.Reasons[r] != k {
			t.Errorf("%q: %d files, want %d", r, n.Reasons[r], k)
		}
	}
	if got := total(t, c, x, "common"); got != 30 {
		t.Errorf("%d pages are found", got)
	}
	if got := total(t, c, x, "lie"); got != 0 {
		t.Error("a page is found that broke the rules")
	}
	a, err := c.AuditContent(t.Context())
	if err != nil || len(a.Findings) > 0 {
		t.Errorf("audit: %v, %v", a.Findings, err)
	}
}

func TestAddingAgainChangesNothing(t *testing.T) {
	dir := texts(t, 10)
	c := casetest.New(t)
	x := index(t, c)
	add(t, c, x, dir)
	before := account(t, c)
	if p := add(t, c, x, dir); p.Known != 10 || p.Read != 0 {
		t.Errorf("progress %+v", p)
	}
	if after := account(t, c); after.Seen != before.Seen || after.Read != before.Read {
		t.Errorf("counts %+v, before %+v", after, before)
	}
}

func TestAnIndexThatWasLostOrIsOlderIsBuiltAgain(t *testing.T) {
	dir, keys := casetest.Make(t)
	c := casetest.Open(t, dir, keys)
	x := index(t, c)
	add(t, c, x, texts(t, 20))
	x.Close()
	older, err := os.ReadFile(c.IndexPath())
	if err != nil {
		t.Fatal(err)
	}
	x = index(t, c)
	add(t, c, x, texts(t, 25)) // 20 of them duplicates
	x.Close()
	for name, spoil := range map[string]func() error{
		"lost":  func() error { return os.Remove(c.IndexPath()) },
		"older": func() error { return os.WriteFile(c.IndexPath(), older, 0o600) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		x = index(t, c)
		behind, err := pipeline.Behind(t.Context(), c, x)
		if err != nil || behind == 0 {
			t.Errorf("%s: behind %d, %v", name, behind, err)
		}
		if err := pipeline.Fit(t.Context(), c, x); err != nil {
			t.Fatal(err)
		}
		if got := total(t, c, x, "common"); got != 25 {
			t.Errorf("%s: %d pages are found", name, got)
		}
		if behind, err := pipeline.Behind(t.Context(), c, x); err != nil || behind != 0 {
			t.Errorf("%s, mended: behind %d, %v", name, behind, err)
		}
		x.Close()
	}
}

func TestStoppingKeepsWhatIsFinished(t *testing.T) {
	dir := texts(t, 200)
	c := casetest.New(t)
	x := index(t, c)
	ctx, stop := context.WithCancel(t.Context())
	o := options
	o.Report = func(p pipeline.Progress) {
		if p.Read > 20 {
			stop()
		}
	}
	if _, err := pipeline.Add(ctx, c, x, []string{dir}, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	add(t, c, x, dir)
	if n := account(t, c); n.Read != 200 || total(t, c, x, "common") != 200 {
		t.Errorf("counts %+v", n)
	}
}

// workers lists the reading processes of this one.
func workers() (pids []int) {
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue
		}
		after := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		if len(after) > 1 && after[1] == strconv.Itoa(os.Getpid()) {
			pids = append(pids, pid)
		}
	}
	return pids
}

func TestWorkersKilledByOthersChangeNothing(t *testing.T) {
	const files = 300
	dir := texts(t, files)
	c := casetest.New(t)
	x := index(t, c)
	ctx, stop := context.WithCancel(t.Context())
	var read atomic.Int64
	killed := make(chan int)
	go func() {
		n, before := 0, int64(-1)
		for ctx.Err() == nil {
			time.Sleep(time.Duration(rand.IntN(60)) * time.Millisecond)
			// A file that is cut off four times counts as its own fault: kill
			// no faster than this machine reads.
			if now := read.Load(); now < before+4 {
				continue
			}
			for _, pid := range workers() {
				if unix.Kill(pid, unix.SIGKILL) == nil {
					n++
				}
			}
			before = read.Load()
		}
		killed <- n
	}()
	o := options
	o.Report = func(p pipeline.Progress) { read.Store(int64(p.Read)) }
	if _, err := pipeline.Add(t.Context(), c, x, []string{dir}, o); err != nil {
		t.Fatal(err)
	}
	stop()
	if n := <-killed; n == 0 {
		t.Error("no worker was killed")
	}
	if n := account(t, c); n.Read != files || total(t, c, x, "common") != files {
		t.Errorf("counts %+v", n)
	}
}

// addUntilKilled is the child of the test below.
func addUntilKilled(dir, files string) {
	ctx := context.Background()
	c, err := archive.Open(ctx, dir, casetest.Keys("killed"), casetest.Engines(), archive.ToWrite)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if err := c.Writing(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	key := c.IndexKey()
	x, err := fts.OpenAnew(c.IndexPath(), fts.Options{Key: key[:]})
	if err == nil {
		_, err = pipeline.Add(ctx, c, x, []string{files}, options)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func TestAKilledAddGoesOnWhereItStopped(t *testing.T) {
	kills, _ := strconv.Atoi(os.Getenv("VIDIMUS_KILLS"))
	if kills == 0 {
		kills = 10
	}
	const n = 120
	files := texts(t, n)
	dir := filepath.Join(t.TempDir(), "case")
	keys := casetest.Keys("killed")
	casetest.Lay(t, dir, keys)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range kills {
		cmd := exec.Command("/proc/self/exe", "add-until-killed", dir, files)
		var words strings.Builder
		cmd.Stderr = &words
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(random.IntN(400))*time.Millisecond, func() { cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil && words.Len() > 0 {
			t.Fatalf("kill %d: the next add said %q", i, words.String())
		}
	}
	c := casetest.Open(t, dir, keys)
	x := index(t, c)
	add(t, c, x, files)
	counts := account(t, c)
	if counts.Seen != n || counts.Read != n || total(t, c, x, "common") != n {
		t.Errorf("counts %+v", counts)
	}
	a, err := c.AuditContent(t.Context())
	if err != nil || len(a.Findings) > 0 {
		t.Errorf("audit: %v, %v", a.Findings, err)
	}
	checkOrder(t, c)
}

// checkOrder wants the items to be numbered without a gap.
func checkOrder(t *testing.T, c *archive.Case) {
	t.Helper()
	var orders []int64
	err := c.View(t.Context(), func(tx archive.Tx) error {
		files, err := tx.Files().List(0, 1000)
		for _, f := range files {
			orders = append(orders, f.Order)
		}
		return err
	})
	if err != nil || !slices.IsSorted(orders) || int64(len(orders)) != orders[len(orders)-1] {
		t.Errorf("orders %v, %v", orders, err)
	}
}
