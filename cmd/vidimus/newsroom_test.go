//go:build linux

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// newsroom is a case with a list of protected people and a signer, worked on
// by the real program.
type newsroom struct {
	t          *testing.T
	root, dir  string
	identity   string // opens the case and the vault
	recipient  string
	signer     string
	madeSigner bool
}

// newNewsroom takes in files by their names, and puts people on the list.
func newNewsroom(t *testing.T, files map[string][]byte, people ...string) *newsroom {
	t.Helper()
	n := &newsroom{t: t, root: t.TempDir()}
	n.dir = n.at("case")
	n.identity, n.recipient = newIdentity(t, n.root)
	for name, b := range files {
		write(t, n.at("leak/"+name), b)
	}
	n.must("", "init", n.dir, "--recipient", n.recipient, "--allow-swap")
	if code, out := n.run("", "add", n.dir, n.at("leak"), "--ocr", "off", "--allow-swap"); code != exitDone && code != exitFailures {
		t.Fatalf("add: exit %d:\n%s", code, out)
	}
	if len(people) > 0 {
		n.must(strings.Join(people, "\n")+"\n", "protected", "add", n.dir, "--vault-recipient", n.recipient)
	}
	return n
}

func (n *newsroom) at(name string) string { return filepath.Join(n.root, name) }

// run gives the exit code, and what was printed on both streams.
func (n *newsroom) run(in string, args ...string) (code int, out string) {
	n.t.Helper()
	c := exec.Command("vidimus", append(slices.Clone(args), "--identity", n.identity, "--vault-identity", n.identity)...)
	c.Env = append(os.Environ(), "XDG_STATE_HOME="+n.at("state"), "VIDIMUS_SIGNER_PASSPHRASE_FILE="+n.at("pass"))
	c.Stdin = strings.NewReader(in)
	b, err := c.CombinedOutput()
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return e.ExitCode(), string(b)
	} else if err != nil {
		n.t.Fatal(err)
	}
	return exitDone, string(b)
}

func (n *newsroom) must(in string, args ...string) string {
	n.t.Helper()
	code, out := n.run(in, args...)
	if code != exitDone {
		n.t.Fatalf("%s: exit %d:\n%s", strings.Join(args[:2], " "), code, out)
	}
	return out
}

// items are those of the case by their paths.
func (n *newsroom) items() map[string]string {
	n.t.Helper()
	all := map[string]string{}
	for line := range strings.Lines(n.must("", "list", n.dir, "--json")) {
		var f struct{ Item, Path string }
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			n.t.Fatalf("%v:\n%s", err, line)
		}
		all[f.Path] = f.Item
	}
	return all
}

// sign are the flags that name the signer, who is made the first time.
func (n *newsroom) sign() []string {
	n.t.Helper()
	if !n.madeSigner {
		n.madeSigner, n.signer = true, n.at("me.signer")
		write(n.t, n.at("pass"), []byte("demo\n"))
		n.must("", "signer", "new", n.signer, "--weak", "--signer-passphrase-file", n.at("pass"))
		n.must("", "signer", "register", n.dir, n.signer)
	}
	return []string{"--signer", n.signer}
}

// make makes an edition of items, approved, and gives what is open.
func (n *newsroom) make(out string, plan ...string) (open []openPoint) {
	n.t.Helper()
	plan = append(plan, "--one-person")
	n.must("", append(append([]string{"approve", n.dir}, plan...), n.sign()...)...)
	_, said := n.run("", append(append([]string{"edition", "make", n.dir}, plan...), "-o", out, "--json")...)
	var answer struct{ Open []openPoint }
	if err := json.Unmarshal([]byte(said[strings.LastIndex(strings.TrimSpace(said), "\n")+1:]), &answer); err != nil {
		n.t.Fatalf("%v:\n%s", err, said)
	}
	return answer.Open
}

// release decides every point that can be decided, and releases an edition.
func (n *newsroom) release(out string, open []openPoint) (code int, said string) {
	n.t.Helper()
	decide := append([]string{"edition", "decide", n.dir, out, "--reason", "-"}, n.sign()...)
	points := 0
	for _, p := range open {
		if p.Point != "" {
			decide = append(decide, p.Point)
			points++
		}
	}
	if points > 0 {
		if said := n.must("looked at\n", decide...); strings.Count(said, " decided ") != points {
			n.t.Errorf("of %d points it says:\n%s", points, said)
		}
	}
	if len(open) == 0 {
		return exitDone, ""
	}
	return n.run("", "edition", "release", n.dir, out, "--json")
}

func pNumber(i int) string { return fmt.Sprintf("P-%03d", i+1) }
