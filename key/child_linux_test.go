package key

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"vidimus"
)

// run starts this binary as what ChildMain might take for the child.
func run(t *testing.T, stdin string, args ...string) (string, error) {
	t.Helper()
	c := exec.Command("/proc/self/exe")
	c.Args = args
	c.Stdin = strings.NewReader(stdin)
	out, err := c.CombinedOutput()
	return string(out), err
}

func TestNobodyBecomesTheChildByAccident(t *testing.T) {
	const list = "-test.list=^TestNobodyBecomes"
	for _, args := range [][]string{{"vidimus", list}, {childName, list}} {
		out, err := run(t, "", args...)
		if err != nil || !strings.Contains(out, t.Name()) {
			t.Errorf("%q: an ordinary process did not go on: %q, %v", args, out, err)
		}
	}
}

func TestTheChildRefusesWhatIsNoQuestion(t *testing.T) {
	for _, in := range []string{"", "\x00\x00\x00", "\x00\x00\x00\x05four", "\xff\xff\xff\xffpass"} {
		if out, err := run(t, in, childName); err == nil || out != "" {
			t.Errorf("%q: got %q, %v", in, out, err)
		}
	}
	for in, want := range map[string]byte{
		"\x00\x00\x00\x00":             answerWrong, // age knows no empty passphrase
		"\x00\x00\x00\x04passno age":   answerDamaged,
		"\x00\x00\x00\x04passage-encr": answerDamaged,
	} {
		if out, err := run(t, in, childName); err != nil || out != string(want) {
			t.Errorf("%q: got %q, %v", in, out, err)
		}
	}
}

func TestWhatIsTooLongIsNoWrongPassphrase(t *testing.T) {
	if _, err := inChild(make([]byte, 3*maxKeyFile), "pass"); !errors.Is(err, errDamaged) {
		t.Errorf("a file that is too long: %v", err)
	}
	_, err := inChild(nil, strings.Repeat("long", maxKeyFile))
	if err == nil || errors.Is(err, age.ErrIncorrectIdentity) || vidimus.HintOf(err) == "" {
		t.Errorf("a passphrase that is too long: %v", err)
	}
}

func TestTheChildLocksItselfDownBeforeItReads(t *testing.T) {
	c := exec.Command("/proc/self/exe")
	c.Args = []string{childName}
	in, err1 := c.StdinPipe()
	_, err2 := c.StdoutPipe()
	if err := errors.Join(err1, err2, c.Start()); err != nil {
		t.Fatal(err)
	}
	defer c.Wait()
	defer in.Close()
	var limits string
	for range 3000 { // it waits for its first byte
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", c.Process.Pid))
		if err != nil {
			t.Fatal(err)
		}
		limits = strings.Join(strings.Fields(string(b)), " ")
		if strings.Contains(limits, "Max core file size 0 0") && strings.Contains(limits, "Max file size 0 0") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("after half a minute its limits are %s", limits)
}
