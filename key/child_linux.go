package key

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"

	"filippo.io/age"
	"golang.org/x/sys/unix"

	"vidimus"
)

// childName is argument 0 of the child. Together with two pipes and no other
// argument it is nothing that a person can type by accident.
const childName = "(vidimus: trying a passphrase)"

// childPatience is ten times what the highest work factor takes here.
const childPatience = time.Minute

// What the child answers with, before the payload if there is one.
const (
	answerOpened byte = 1 + iota
	answerWrong
	answerDamaged
)

// ChildMain must be the first thing in main, and in the TestMain of whoever
// unlocks with a passphrase. In the child it does the child's work and does
// not return. In any other process it returns at once, with the function that
// starts the child: having it shows that this binary can be one.
func ChildMain() Unwrapper {
	if len(os.Args) == 1 && os.Args[0] == childName && isPipe(os.Stdin) && isPipe(os.Stdout) {
		os.Exit(child())
	}
	return inChild
}

func isPipe(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeNamedPipe != 0
}

// inChild hands file and passphrase to a child by pipe: u32 length of the
// passphrase, the passphrase, the file.
func inChild(file []byte, passphrase string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), childPatience)
	defer cancel()
	in := binary.BigEndian.AppendUint32(nil, uint32(len(passphrase)))
	in = append(append(in, passphrase...), file...)
	c := exec.CommandContext(ctx, "/proc/self/exe")
	c.Args = []string{childName}
	c.Env = []string{}
	c.Stdin = bytes.NewReader(in)
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := c.Output()
	if err != nil || len(out) == 0 {
		return nil, vidimus.WithHint(errors.New("the passphrase could not be tried: the process that does it ended early"), "it needs 256 MiB of memory for a second: close other programs")
	}
	return result(out)
}

// result reads what answer gave.
func result(out []byte) ([]byte, error) {
	switch out[0] {
	case answerOpened:
		return out[1:], nil
	case answerWrong:
		return nil, age.ErrIncorrectIdentity
	}
	return nil, errDamaged
}

// child answers on standard output. Its status is 0 when it could answer.
func child() int {
	if err := lockDown(); err != nil {
		return 1
	}
	in, err := io.ReadAll(io.LimitReader(os.Stdin, 2*maxKeyFile))
	if err != nil || len(in) < 4 || uint64(binary.BigEndian.Uint32(in)) > uint64(len(in)-4) {
		return 1
	}
	n := binary.BigEndian.Uint32(in)
	if _, err := os.Stdout.Write(answer(in[4+n:], string(in[4:4+n]))); err != nil {
		return 1
	}
	return 0
}

func answer(file []byte, passphrase string) []byte {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return []byte{answerWrong}
	}
	id.SetMaxWorkFactor(maxWorkFactor)
	plain, err := decrypt(file, id)
	switch {
	case err == nil:
		return append([]byte{answerOpened}, plain...)
	case errors.Is(err, age.ErrIncorrectIdentity):
		return []byte{answerWrong}
	}
	return []byte{answerDamaged}
}

// lockDown keeps the child's memory from debuggers and core files, and the
// child from writing files.
func lockDown() error {
	return errors.Join(
		unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0),
		unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}),
		unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{}),
	)
}
