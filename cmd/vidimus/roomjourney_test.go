package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/chromedp/chromedp"

	"vidimus/archive"
	"vidimus/key"
	"vidimus/web"
)

// TestFromTracesToARelease goes the way of a person who protects people, in a
// real browser and at the terminal where that is where it is done: what could
// lead to the source, who is protected, what is withheld, a second signer, an
// edition that is refused for what leaks, mended, released and withdrawn.
func TestFromTracesToARelease(t *testing.T) {
	j := newJourney(t)
	j.sh("protected", "add", j.dir, "--weak", "Berak Tushan = 贝拉克·图珊\n")
	server := j.room()
	see := browse(t)
	way, err := server.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + server.Host()
	see.do(chromedp.Navigate("file://"+way), chromedp.WaitVisible(chromedp.ID("q")))

	// Traces: a number of a copy, first without what it says.
	see.do(chromedp.Navigate(base + "/traces"))
	see.click("form.inline button")
	see.until(base+"/traces", `document.querySelector("[data-live]") === null && document.body.innerText.includes("copy or recipient number")`)
	if see.truth(`document.body.innerText.includes("31 of 57")`) {
		t.Error("the list says what a trace says")
	}
	see.picture("traces")
	see.clickOn(".hits [data-trace]", "copy or recipient number")
	see.click(".panel > p > a")
	if !see.truth(`document.querySelector(".panel").innerText.includes("31 of 57")`) {
		t.Error("the open vault does not show what the trace says")
	}
	see.picture("trace")

	// A protected person, everywhere.
	see.do(chromedp.Navigate(base + "/people"))
	see.click("[data-person]")
	if see.truth(`document.querySelector("main").innerText.includes("Tushan")`) {
		t.Error("the room of protected people says a name")
	}
	see.picture("person")
	see.click("main form button")
	if !see.truth(`document.querySelector("main [role=status]").innerText.includes("areas are withheld now")`) {
		t.Error("the person is not withheld everywhere")
	}

	// The plan, and what the public will see.
	see.click("a[data-row]")
	see.picture("redact")
	see.click(`form[action="/edition/add"] button`)
	see.do(chromedp.SetValue(chromedp.ID("title"), "Invented papers"), chromedp.SetValue(chromedp.ID("publisher"), "The Paper"),
		chromedp.SetValue(chromedp.ID("title-0"), "A paper"), chromedp.Click(chromedp.ID("mode-transcript")))
	see.click("main form > button")
	see.picture("edition")
	see.click("[data-key=v]")
	if see.truth(`document.querySelector(".public").innerText.includes("Tushan")`) || !see.truth(`document.querySelector(".public").innerText.includes("withheld: a person is protected")`) {
		t.Error("the review shows the person, or not that somebody is withheld")
	}
	see.picture("review")

	// Two signers; a planted leak stops the release.
	first := see.digest()
	j.approve(first, "a", "b")
	if code, out := j.run("edition", "make", j.dir, "--draft", "-o", j.out); code != exitFailed || !strings.Contains(out, "traces") {
		t.Fatalf("the planted number of a copy does not stop the edition: %d\n%s", code, out)
	}
	if _, err := os.Stat(j.out); err == nil {
		t.Fatal("what was refused looks released")
	}

	// Mended: its line is withheld too. The digest is another, and approved anew.
	see.do(chromedp.Navigate(base + "/edition"))
	see.click("fieldset [data-row]")
	see.clickOn(".plainlist li", "copy or recipient number", "button")
	see.do(chromedp.Navigate(base + "/edition"))
	see.click("[data-key=v]")
	second := see.digest()
	if second == first {
		t.Fatal("what was withheld later has the same digest")
	}
	j.approve(second, "a", "b")
	j.release()
	j.withdraw(second)
}

// journey is a case with a paper that names a person and a copy, two signers
// and a vault.
type journey struct {
	*testing.T
	dir, out, way, vault, keys string
}

const journeyPaper = "This paper is invented.\nOn the third day the county met at the reservoir.\nTushan, Berak, who lived there, spoke.\n" +
	"贝拉克·图珊 went home.\nThe county met again on the fourth day.\nCopy No. 31 of 57\n"

func newJourney(t *testing.T) *journey {
	t.Helper()
	folder := t.TempDir()
	j := &journey{t, filepath.Join(folder, "case"), filepath.Join(folder, "out"), filepath.Join(folder, "way"), filepath.Join(folder, "vault"), folder}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for path, words := range map[string]string{"way": id.String() + "\n", "vault": "sample words of the vault\n", "signers": "sample words\n", "leak/paper.txt": journeyPaper} {
		path = filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("VIDIMUS_SIGNER_PASSPHRASE_FILE", filepath.Join(folder, "signers"))
	j.sh("init", j.dir, "--recipient", id.Recipient().String(), "--allow-swap")
	j.sh("add", j.dir, filepath.Join(folder, "leak"), "--ocr", "off", "--allow-swap")
	for _, name := range []string{"a", "b"} {
		j.sh("signer", "new", j.key(name), "--weak", "--signer-passphrase-file", filepath.Join(folder, "signers"))
		j.sh("signer", "register", j.dir, j.key(name))
	}
	return j
}

func (j *journey) key(name string) string { return filepath.Join(j.keys, name+".signer") }

// run runs a verb; words of an argument that ends in a line end are typed.
func (j *journey) run(args ...string) (int, string) {
	j.Helper()
	typed := ""
	var rest []string
	for _, a := range args {
		if strings.HasSuffix(a, "\n") {
			typed = a
		} else {
			rest = append(rest, a)
		}
	}
	var out bytes.Buffer // a signer's file is opened in a process of its own
	code := command(j.Context(), key.ChildMain(), append(rest, "--identity", j.way, "--vault-passphrase-file", j.vault), strings.NewReader(typed), &out, &out)
	return code, out.String()
}

func (j *journey) sh(args ...string) string {
	j.Helper()
	code, out := j.run(args...)
	if code != exitDone {
		j.Fatalf("%v: %d\n%s", args, code, out)
	}
	return out
}

func (j *journey) approve(digest string, signers ...string) {
	j.Helper()
	for _, name := range signers {
		if out := j.sh("approve", j.dir, "--draft", "--signer", j.key(name)); !strings.Contains(out, digest) {
			j.Fatalf("what is approved is not what was reviewed: %s", out)
		}
	}
}

// release makes the edition, decides what stays open, and releases it.
func (j *journey) release() {
	j.Helper()
	if err := os.RemoveAll(j.out + ".unreleased"); err != nil {
		j.Fatal(err)
	}
	_, out := j.run("edition", "make", j.dir, "--draft", "-o", j.out, "--json")
	for _, part := range strings.Split(out, `"point":"`)[1:] {
		point, _, _ := strings.Cut(part, `"`)
		if point == "" {
			j.Fatalf("the mended edition has a point that must be mended: %s", out)
		}
		j.sh("edition", "decide", j.dir, j.out, point, "--signer", j.key("a"), "--reason", "-", "looked at\n")
	}
	j.sh("edition", "release", j.dir, j.out)
	b, err := os.ReadFile(filepath.Join(j.out, "edition.json"))
	if err != nil || strings.Contains(string(b), "Tushan") || strings.Contains(string(b), "31 of 57") {
		j.Fatalf("the edition is not there, or holds what is withheld: %v", err)
	}
}

func (j *journey) withdraw(digest string) {
	j.Helper()
	j.sh("edition", "withdraw", j.dir, j.out, "--signer", j.key("a"), "--reason", "-", "somebody is endangered\n")
	if _, err := os.Stat(filepath.Join(j.out, "edition.json")); err == nil {
		j.Error("the edition's words are still there")
	}
	if out := j.sh("edition", "recall", j.dir, digest); strings.Contains(out, "Tushan") {
		j.Error("the call list names a protected person")
	}
}

// room serves the case with its vault open.
func (j *journey) room() *web.Server {
	j.Helper()
	u := &unlocking{unwrap: key.ChildMain(), identityFile: j.way, vaultPassphraseFile: j.vault}
	return roomOf(j.T, j.dir, u)
}

// digest reads what an approval signs off the review.
func (e *eyes) digest() string {
	e.t.Helper()
	v, err := chromedp.Run(e.ctx, chromedp.TextContent(chromedp.CSS(".digest")))
	if err != nil || len(v) != 64 {
		e.t.Fatalf("no digest: %q %v", v, err)
	}
	return v
}

// until opens a page again and again until something is so.
func (e *eyes) until(address, code string) {
	e.t.Helper()
	for range 600 {
		e.do(chromedp.Navigate(address))
		if e.truth(code) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	e.t.Fatalf("never so: %s", code)
}

// clickOn clicks the first element that a selector finds with some words, or
// something in it.
func (e *eyes) clickOn(selector, words string, in ...string) {
	e.t.Helper()
	inside := ""
	for _, one := range in {
		inside = fmt.Sprintf(".querySelector(%q)", one)
	}
	if !e.truth(fmt.Sprintf(`(() => { const found = [...document.querySelectorAll(%q)].find((e) => e.textContent.includes(%q)); if (!found) return false; found%s.id = "wanted"; return true })()`, selector, words, inside)) {
		e.t.Fatalf("nothing says %q", words)
	}
	e.click("#wanted")
}

// TestTheVaultInTheRoomClosesByItself opens it as the terminal does, and waits.
func TestTheVaultInTheRoomClosesByItself(t *testing.T) {
	j := newJourney(t)
	d, err := openCase(t.Context(), &console{}, &unlocking{unwrap: key.ChildMain(), identityFile: j.way, vaultPassphraseFile: j.vault}, j.dir, archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	v := newRoomVault(d)
	if v.vault().State() != web.NoVault {
		t.Error("a case without a list has a vault")
	}
	j.sh("protected", "add", j.dir, "--weak", "Berak Tushan\n")
	if v.vault().State() != web.VaultClosed {
		t.Error("the vault is not closed at first")
	}
	var said bytes.Buffer
	c := &console{err: &said}
	for _, typed := range []string{"vault", "lock", "vault"} {
		if !v.obey(t.Context(), c, typed) {
			t.Errorf("%q is not obeyed", typed)
		}
	}
	if l, err := v.people(t.Context()); err != nil || len(l.People) != 1 || v.vault().State() != web.VaultOpen {
		t.Fatalf("the vault does not open: %v\n%s", err, said.String())
	}
	v.life = time.Millisecond
	if _, err := v.key(); err != nil { // its last use, from which the time counts
		t.Fatal(err)
	}
	for range 500 {
		if v.vault().State() == web.VaultClosed {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := v.people(t.Context()); !errors.Is(err, web.ErrVaultClosed) {
		t.Errorf("the vault stays open: %v", err)
	}
}
