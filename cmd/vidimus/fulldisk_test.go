//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"vidimus/internal/casetest"
)

// tight is a disk of some megabytes, mounted for the test.
type tight struct{ dir string }

func newTight(t *testing.T) tight {
	t.Helper()
	if os.Getuid() != 0 {
		casetest.Without(t, "mounting a small disk needs root")
	}
	dir := t.TempDir()
	if err := unix.Mount("none", dir, "tmpfs", 0, "size=48m"); err != nil {
		casetest.Without(t, "mounting a small disk needs the right to mount") // a container may be root without it
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return tight{dir}
}

// leave fills the disk up but for some bytes.
func (d tight) leave(t *testing.T, bytes int64) {
	t.Helper()
	var s unix.Statfs_t
	if err := unix.Statfs(d.dir, &s); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(d.dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := unix.Fallocate(int(f.Fd()), 0, 0, max(1, int64(s.Bavail)*s.Bsize-bytes)); err != nil {
		t.Fatal(err)
	}
}

func (d tight) makeRoom() { os.Remove(filepath.Join(d.dir, "filler")) }

// program runs the real one with an identity and wants JSON.
func program(t *testing.T, identity string, args ...string) (out string, code int) {
	t.Helper()
	cmd := exec.Command("vidimus", append(args, "--json", "--identity", identity)...)
	cmd.Env = append(os.Environ(), "XDG_STATE_HOME="+filepath.Dir(identity))
	b, _ := cmd.Output()
	return string(b), cmd.ProcessState.ExitCode()
}

// texts writes files that are each a blob of their own. Their words have no
// figures: a hundred thousand numbers to mark would fill the disk by themselves.
func texts(t *testing.T, n int) string {
	t.Helper()
	dir, random := t.TempDir(), rand.New(rand.NewPCG(3, 4))
	for i := range n {
		var b strings.Builder
		for b.Len() < 80_000 {
			fmt.Fprintf(&b, "word%s ", inLetters(random.IntN(5000)))
		}
		write(t, filepath.Join(dir, fmt.Sprintf("%d.txt", i)), []byte(b.String()))
	}
	return dir
}

// inLetters writes a number with a for 0, b for 1 and so on.
func inLetters(n int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'a' }, strconv.Itoa(n))
}

// stopped wants a clear stop: what happened, what to do, and no file name.
func stopped(t *testing.T, verb, out string) {
	t.Helper()
	var said struct{ Error, Hint string }
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &said); err != nil || said.Error == "" || said.Hint == "" || strings.Contains(said.Error, "/tmp") {
		t.Errorf("%s on a full disk says %q", verb, out)
	}
}

func TestAFullDiskStopsAddAndBackupClearlyAndLosesNothing(t *testing.T) {
	disk, away := newTight(t), t.TempDir()
	identity, recipient := newIdentity(t, away)
	leak := texts(t, 24)
	whole := filepath.Join(away, "whole")
	for _, args := range [][]string{{"init", whole, "--recipient", recipient, "--allow-swap"}, {"add", whole, leak, "--allow-swap"}} {
		if out, code := program(t, identity, args...); code != 0 {
			t.Fatal(out)
		}
	}
	rounds, stops := 4, map[string]int{}
	if os.Getenv("VIDIMUS_STRESS") != "" {
		rounds = 40
	}
	random := rand.New(rand.NewPCG(5, 6))
	for range rounds {
		dir := filepath.Join(disk.dir, "case")
		if out, code := program(t, identity, "init", dir, "--recipient", recipient, "--allow-swap"); code != 0 {
			t.Fatal(out)
		}
		verbs := [][]string{{"add", dir, leak, "--allow-swap"}, {"backup", whole, filepath.Join(disk.dir, "backup")}}
		random.Shuffle(len(verbs), func(i, j int) { verbs[i], verbs[j] = verbs[j], verbs[i] })
		for _, args := range verbs {
			verb := args[0]
			disk.leave(t, random.Int64N(5<<20))
			out, code := program(t, identity, args...)
			if code != 0 {
				stops[verb]++
				stopped(t, verb, out)
			}
			disk.makeRoom()
			if out, code := program(t, identity, args...); code != 0 {
				t.Fatalf("%s after room was made: %s", verb, out)
			}
		}
		for _, at := range []string{dir, filepath.Join(disk.dir, "backup")} {
			if out, code := program(t, identity, "audit", at, "--no-state"); code != 0 {
				t.Errorf("audit: %s", out)
			}
			if out, _ := program(t, identity, "status", at, "--no-state"); !strings.Contains(out, `"seen":24,"read":24`) {
				t.Errorf("status: %s", out)
			}
			os.RemoveAll(at)
		}
	}
	t.Logf("%d rounds; stopped by the full disk: %v", rounds, stops)
	if stops["add"] == 0 || stops["backup"] == 0 {
		t.Errorf("the disk was never full: %v", stops)
	}
}

func TestOnAReadOnlyDiskACaseIsReadAndWritesAreRefusedClearly(t *testing.T) {
	disk, away := newTight(t), t.TempDir()
	identity, recipient := newIdentity(t, away)
	leak, dir := texts(t, 2), filepath.Join(disk.dir, "case")
	for _, args := range [][]string{{"init", dir, "--recipient", recipient, "--allow-swap"}, {"add", dir, leak, "--allow-swap"}} {
		if out, code := program(t, identity, args...); code != 0 {
			t.Fatal(out)
		}
	}
	if err := unix.Mount("none", disk.dir, "tmpfs", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"status", dir}, {"list", dir}, {"search", dir, "wordh"}, {"audit", dir},
		{"restore", dir, filepath.Join(away, "again")}} {
		if out, code := program(t, identity, args...); code != 0 {
			t.Errorf("%s: %s", args[0], out)
		}
	}
	for _, args := range [][]string{{"add", dir, leak, "--allow-swap"}, {"export", dir, "--as", "pages"}, {"backup", filepath.Join(away, "again"), filepath.Join(disk.dir, "b")}} {
		out, code := program(t, identity, args...)
		if code != 1 {
			t.Errorf("%s ended with %d", args[0], code)
		}
		stopped(t, args[0], out)
	}
}
