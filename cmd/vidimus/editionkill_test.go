//go:build linux

package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// edited is a case with an approved plan, and the edition that it gives.
type edited struct {
	t                *testing.T
	root             string
	identity, signer string
	whole            map[string][32]byte // the files of the edition, made without harm
}

func newEdited(t *testing.T) *edited {
	t.Helper()
	e := &edited{t: t, root: t.TempDir()}
	var recipient string
	e.identity, recipient = newIdentity(t, e.root)
	e.signer = e.at("a.signer")
	write(t, e.at("pass"), []byte("demo\n"))
	write(t, e.at("leak/paper.txt"), []byte("This paper is invented.\nOn the third day the county met.\nSample Person spoke.\nThen they went home.\n"))
	first := e.at("first")
	e.must("", "init", first, "--recipient", recipient, "--allow-swap")
	e.must("", "add", first, e.at("leak"), "--allow-swap", "--ocr", "off")
	e.must("", "signer", "new", e.signer, "--weak", "--signer-passphrase-file", e.at("pass"))
	e.must("", "signer", "register", first, e.signer)
	var listed struct{ Item string }
	if err := json.Unmarshal([]byte(e.must("", "list", first)), &listed); err != nil {
		t.Fatal(err)
	}
	e.must("Sample Person\n", "redact", first, listed.Item, "--find", "-")
	write(t, e.at("plan.json"), []byte(e.must("", "edition", "plan", "--items", listed.Item, "--mode", "transcript", "--one-person", "--title", "Invented papers")))
	e.must("", "approve", first, e.at("plan.json"), "--signer", e.signer)
	e.copy(e.at("case"))
	for _, step := range e.steps(e.at("case"), e.at("out")) {
		step.run()
	}
	e.whole = e.files(e.at("out"))
	if len(e.whole) != 5 {
		t.Fatalf("%d files of the edition", len(e.whole))
	}
	return e
}

func (e *edited) at(name string) string { return filepath.Join(e.root, name) }

func (e *edited) command(in string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	c := exec.Command("vidimus", append(slices.Clone(args), "--json", "--identity", e.identity)...)
	c.Env = append(os.Environ(), "XDG_STATE_HOME="+e.at("state"), "VIDIMUS_SIGNER_PASSPHRASE_FILE="+e.at("pass"))
	c.Stdin = strings.NewReader(in)
	var out bytes.Buffer
	c.Stdout = &out
	return c, &out
}

func (e *edited) must(in string, args ...string) string {
	e.t.Helper()
	c, out := e.command(in, args...)
	if err := c.Run(); err != nil {
		e.t.Fatalf("%s: %v\n%s", strings.Join(args[:2], " "), err, out)
	}
	return out.String()
}

// copy makes a case of its own of the first.
func (e *edited) copy(to string) {
	e.t.Helper()
	for _, gone := range []string{to, e.at("state")} {
		if err := os.RemoveAll(gone); err != nil {
			e.t.Fatal(err)
		}
	}
	if err := os.CopyFS(to, os.DirFS(e.at("first"))); err != nil {
		e.t.Fatal(err)
	}
}

// step is one command of the way to a release.
type step struct {
	name string
	in   string
	args []string
	e    *edited
}

// run runs it to its end. What make lists as open is no failure.
func (s step) run() (out string, done bool) {
	c, b := s.e.command(s.in, s.args...)
	err := c.Run()
	return b.String(), err == nil || strings.Contains(b.String(), `"open":[{`)
}

// steps are the commands from a plan to a release, with a decision on each open
// point.
func (e *edited) steps(dir, out string) []step {
	e.t.Helper()
	maker := step{"make", "", []string{"edition", "make", dir, e.at("plan.json"), "-o", out}, e}
	said, _ := maker.run()
	var open struct{ Open []struct{ Point string } }
	if err := json.Unmarshal([]byte(said), &open); err != nil {
		e.t.Fatalf("make: %s", said)
	}
	all := []step{maker}
	for _, o := range open.Open {
		all = append(all, step{"decide", "looked at\n", []string{"edition", "decide", dir, out, o.Point, "--signer", e.signer, "--reason", "-"}, e})
	}
	return append(all, step{"release", "", []string{"edition", "release", dir, out}, e})
}

func (e *edited) files(dir string) map[string][32]byte {
	e.t.Helper()
	all := map[string][32]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		e.t.Fatal(err)
	}
	for _, f := range entries {
		b, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			e.t.Fatal(err)
		}
		all[f.Name()] = sha256.Sum256(b)
	}
	return all
}

// honest checks that a folder that looks released is: whole, to the byte, and
// in the log. It tells whether one is there.
func (e *edited) honest(dir, out string) bool {
	e.t.Helper()
	if said := e.must("", "audit", dir, "--no-state"); !strings.Contains(said, `"ok":true`) {
		e.t.Errorf("audit: %s", said)
	}
	if _, err := os.Lstat(out); err != nil {
		return false
	}
	logged := false
	s := bufio.NewScanner(strings.NewReader(e.must("", "log", "list", dir)))
	for s.Scan() {
		logged = logged || strings.Contains(s.Text(), `"kind":"release"`)
	}
	if !logged {
		e.t.Error("it looks released, and the log does not say so")
	}
	if have := e.files(out); fmt.Sprint(have) != fmt.Sprint(e.whole) {
		e.t.Errorf("it looks released, and is not the edition: %d files of %d", len(have), len(e.whole))
	}
	if _, err := os.Lstat(out + ".unreleased"); err == nil {
		e.t.Error("an unreleased folder lies beside the released")
	}
	return true
}

// finish goes the way to its end after harm.
func (e *edited) finish(dir, out string) {
	e.t.Helper()
	steps := e.steps(dir, out)
	if e.honest(dir, out) {
		return // all was decided before the harm: to make it again released it
	}
	for _, step := range steps {
		if said, done := step.run(); !done {
			e.t.Errorf("%s again: %s", step.name, said)
		}
	}
	if !e.honest(dir, out) {
		e.t.Error("it is not released in the end")
	}
}

// A kill at any instant of making, deciding and releasing leaves nothing that
// looks released and is not; begun again, the same bytes are released.
func TestAKilledEditionNeverLooksReleased(t *testing.T) {
	kills := 6
	if testing.Short() {
		kills = 2
	}
	if _, err := fmt.Sscan(os.Getenv("VIDIMUS_KILLS"), &kills); err != nil && os.Getenv("VIDIMUS_KILLS") != "" {
		t.Fatal(err)
	}
	e := newEdited(t)
	dir, out := e.at("case"), e.at("out")
	random := rand.New(rand.NewPCG(31, 7))
	ends := map[string]int{}
	for range kills {
		e.copy(dir)
		for _, gone := range []string{out, out + ".unreleased"} {
			if err := os.RemoveAll(gone); err != nil {
				t.Fatal(err)
			}
		}
		steps := e.steps(dir, out)
		at := random.IntN(len(steps))
		for _, s := range steps[:at] {
			s.run()
		}
		c, _ := e.command(steps[at].in, steps[at].args...)
		began := time.Now()
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(1200 * time.Millisecond))))
		c.Process.Kill()
		end := "killed"
		if c.Wait() == nil {
			end = "done"
		}
		t.Logf("%s, %s after %v", steps[at].name, end, time.Since(began).Round(time.Millisecond))
		if e.honest(dir, out) {
			ends[steps[at].name+" released"]++
			continue
		}
		ends[steps[at].name+" unreleased"]++
		e.finish(dir, out)
	}
	t.Logf("%d kills: %v", kills, ends)
}

// On a disk that is full nothing looks released either, and what is said is
// clear.
func TestAFullDiskReleasesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("it mounts disks and fills them")
	}
	e, disk := newEdited(t), newTight(t)
	rounds := 3
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 40
	}
	dir, out := filepath.Join(disk.dir, "case"), filepath.Join(disk.dir, "out")
	random := rand.New(rand.NewPCG(5, 9))
	stops := map[string]int{}
	for range rounds {
		e.copy(dir)
		steps := e.steps(dir, out)
		if err := os.RemoveAll(out + ".unreleased"); err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			disk.leave(t, random.Int64N(150<<10))
			if said, done := s.run(); !done {
				stops[s.name]++
				stopped(t, s.name, said)
			}
			disk.makeRoom()
			e.honest(dir, out)
		}
		if _, err := os.Lstat(out); err != nil {
			e.finish(dir, out)
		}
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d rounds; stopped by the full disk: %v", rounds, stops)
	if stops["make"]+stops["decide"]+stops["release"] == 0 {
		t.Error("the disk was never full")
	}
}
