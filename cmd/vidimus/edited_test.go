//go:build linux

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"vidimus/archive"
	"vidimus/pipeline"
)

// edited is a case on its way to an edition, from a plan to its withdrawal and
// to the end of the case. Before each act a copy of all is kept.
type edited struct {
	t                *testing.T
	root             string
	dir, out         string // where acts are done
	identity, signer string
	item             string
	acts             []act
	whole            map[string][32]byte // the files of the edition, made without harm
}

// act is one command of the way.
type act struct {
	name string
	in   string
	args []string
}

// Words that stand nowhere but in the paper, and are shown by its edition.
const paperWord = "zwyvernquarry"

func newEdited(t *testing.T) *edited { return newEditedOn(t, t.TempDir()) }

// newEditedOn has the acts done on the disk of a folder.
func newEditedOn(t *testing.T, disk string) *edited {
	t.Helper()
	e := &edited{t: t, root: t.TempDir()}
	e.dir, e.out = filepath.Join(disk, "work", "case"), filepath.Join(disk, "work", "out")
	var recipient string
	e.identity, recipient = newIdentity(t, e.root)
	e.signer = e.at("a.signer")
	write(t, e.at("pass"), []byte("demo\n"))
	write(t, e.at("leak/paper.txt"), []byte("This paper of "+paperWord+" is invented.\nOn the third day the county met.\nSample Person spoke.\nThen they went home.\n"))
	write(t, e.at("leak/stays.txt"), []byte("The meadow stays.\n"))
	if err := os.MkdirAll(filepath.Dir(e.dir), 0o700); err != nil {
		t.Fatal(err)
	}
	e.must("", "init", e.dir, "--recipient", recipient, "--allow-swap")
	e.must("", "add", e.dir, e.at("leak"), "--allow-swap", "--ocr", "off")
	e.must("", "signer", "new", e.signer, "--weak", "--signer-passphrase-file", e.at("pass"))
	e.quicken()
	e.must("", "signer", "register", e.dir, e.signer)
	for line := range strings.Lines(e.must("", "list", e.dir)) {
		var f listed
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if f.Path == "paper.txt" {
			e.item = string(f.Item)
		}
	}
	e.must("Sample Person\n", "redact", e.dir, e.item, "--find", "-")
	write(t, e.at("plan.json"), []byte(e.must("", "edition", "plan", "--items", e.item, "--mode", "transcript", "--one-person", "--title", "Invented papers")))
	e.way()
	return e
}

func (e *edited) at(name string) string { return filepath.Join(e.root, name) }

// quicken seals the signer's file with little work, so that a kill falls into
// the act and not into the opening of a key.
func (e *edited) quicken() {
	e.t.Helper()
	in, err := age.NewScryptIdentity("demo")
	if err != nil {
		e.t.Fatal(err)
	}
	to, err := age.NewScryptRecipient("demo")
	if err != nil {
		e.t.Fatal(err)
	}
	to.SetWorkFactor(10)
	old, err := os.Open(e.signer)
	if err != nil {
		e.t.Fatal(err)
	}
	defer old.Close()
	var b bytes.Buffer
	r, err := age.Decrypt(old, in)
	if err != nil {
		e.t.Fatal(err)
	}
	w, err := age.Encrypt(&b, to)
	if err != nil {
		e.t.Fatal(err)
	}
	if _, err := io.Copy(w, r); err != nil {
		e.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(e.signer, b.Bytes(), 0o600); err != nil {
		e.t.Fatal(err)
	}
}

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

// run does an act to its end. What `make` lists as open is no failure.
func (e *edited) run(a act) (out string, done bool) {
	c, b := e.command(a.in, a.args...)
	err := c.Run()
	return b.String(), err == nil || strings.Contains(b.String(), `"open":[{`)
}

// way does all acts in a row, without harm, and keeps what was before each.
func (e *edited) way() {
	e.t.Helper()
	signed := func(args ...string) []string { return append(args, "--signer", e.signer) }
	e.act("approve", "", signed("approve", e.dir, e.at("plan.json"))...)
	said := e.act("make", "", "edition", "make", e.dir, e.at("plan.json"), "-o", e.out)
	var open struct{ Open []struct{ Point string } }
	if err := json.Unmarshal([]byte(said), &open); err != nil || len(open.Open) == 0 {
		e.t.Fatalf("make: %s", said)
	}
	for _, o := range open.Open {
		e.act("decide", "looked at\n", signed("edition", "decide", e.dir, e.out, o.Point, "--reason", "-")...)
	}
	e.act("release", "", "edition", "release", e.dir, e.out)
	if e.whole = e.files(e.out); len(e.whole) != 5 {
		e.t.Fatalf("%d files of the edition", len(e.whole))
	}
	e.act("withdraw", "somebody is named\n", signed("edition", "withdraw", e.dir, e.out, "--reason", "-")...)
	e.act("dispose", "asked for\n", signed("dispose", e.dir, e.item, "--one-person", "--reason", "-")...)
	e.act("destroy", e.id()+"\n", signed("destroy", e.dir, "--one-person", "--yes", "-")...)
	if _, err := os.Lstat(e.dir); err == nil {
		e.t.Fatal("the case is there in the end")
	}
}

func (e *edited) act(name, in string, args ...string) string {
	e.t.Helper()
	a := act{name, in, args}
	e.acts = append(e.acts, a)
	e.clone(filepath.Dir(e.dir), e.before(len(e.acts)-1))
	said, done := e.run(a)
	if !done {
		e.t.Fatalf("%s: %s", name, said)
	}
	return said
}

func (e *edited) before(act int) string { return e.at(fmt.Sprintf("before-%d", act)) }

// restore puts everything back as it was before an act, on a machine that has
// seen nothing.
func (e *edited) restore(act int) {
	e.t.Helper()
	if err := os.RemoveAll(e.at("state")); err != nil {
		e.t.Fatal(err)
	}
	e.clone(e.before(act), filepath.Dir(e.dir))
}

// clone makes a folder hold what another holds, and nothing else.
func (e *edited) clone(from, to string) {
	e.t.Helper()
	entries, err := os.ReadDir(to)
	if err != nil && !os.IsNotExist(err) {
		e.t.Fatal(err)
	}
	for _, old := range entries {
		if err := os.RemoveAll(filepath.Join(to, old.Name())); err != nil {
			e.t.Fatal(err)
		}
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		e.t.Fatal(err)
	}
}

// id is the case's, as somebody types it to destroy it.
func (e *edited) id() string {
	e.t.Helper()
	b, err := os.ReadFile(filepath.Join(e.dir, "format"))
	if err != nil {
		e.t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if id, ok := strings.CutPrefix(line, "id "); ok {
			return strings.TrimSpace(id)
		}
	}
	e.t.Fatal("the format file has no id")
	return ""
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

// audited checks that the case opens and that its log verifies.
func (e *edited) audited() {
	e.t.Helper()
	if said := e.must("", "audit", e.dir, "--no-state"); !strings.Contains(said, `"ok":true`) {
		e.t.Errorf("audit: %s", said)
	}
}

// said is what the case has kept of its edition.
func (e *edited) said() (released, withdrawn bool) {
	e.t.Helper()
	d, err := openCase(e.t.Context(), &console{}, &unlocking{identityFile: e.identity, noState: true}, e.dir, archive.ToRead)
	if err != nil {
		e.t.Fatal(err)
	}
	defer d.Close()
	err = d.View(e.t.Context(), func(tx archive.Tx) error {
		all, err := pipeline.AllMade(tx)
		for _, digest := range all {
			m, err := pipeline.MadeOf(tx, digest)
			if err != nil {
				return err
			}
			released, withdrawn = released || m.Released, withdrawn || m.Withdrawn != nil
		}
		return err
	})
	if err != nil {
		e.t.Fatal(err)
	}
	return released, withdrawn
}

// honest checks that a folder that looks released is: whole, to the byte, kept
// as released by the case and in its log, and not withdrawn. It tells what the
// folder is.
func (e *edited) honest() string {
	e.t.Helper()
	page, err := os.ReadFile(filepath.Join(e.out, "index.html"))
	if os.IsNotExist(err) {
		if _, err := os.Lstat(e.out); err == nil {
			if _, withdrawn := e.said(); !withdrawn { // a full disk has no room for the page that says so
				e.t.Error("it has the name of an edition, and no first page")
			}
			return "withdrawn"
		}
		return "unreleased"
	}
	if bytes.Contains(page, []byte("withdrawn to protect people")) {
		return "withdrawn"
	}
	if released, withdrawn := e.said(); !released || withdrawn {
		e.t.Errorf("it looks released, and the case has: released %v, withdrawn %v", released, withdrawn)
	}
	if !strings.Contains(e.must("", "log", "list", e.dir), `"kind":"release"`) {
		e.t.Error("it looks released, and the log does not say so")
	}
	if have := e.files(e.out); !maps.Equal(have, e.whole) {
		e.t.Errorf("it looks released, and is not the edition: %d files of %d", len(have), len(e.whole))
	}
	if _, err := os.Lstat(e.out + ".unreleased"); err == nil {
		e.t.Error("an unreleased folder lies beside the released")
	}
	return "released"
}
