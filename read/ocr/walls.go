package ocr

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"vidimus"
	"vidimus/internal/quiet"
	"vidimus/read/ocr/pack"
)

// What one page may cost.
const (
	wall      = 2 * time.Minute
	maxAnswer = 32 << 20
)

// limits are those of prlimit. Tesseract takes some 150 MB with all models, the
// pack 130 MB for lines and 500 MB for a page.
var limits = [...]string{"--as=2147483648", "--cpu=110", "--core=0", "--fsize=0", "--nofile=64"}

// errRefused is an engine's own exit with an error.
var errRefused = errors.New("the OCR engine gave up on a page")

// walls are the programs that a page's process is made of.
type walls struct {
	prlimit, bwrap, tesseract string
	testOnlyUsage             func(*os.ProcessState) // hears what a process cost; nil outside tests
}

func findWalls() (w walls, err error) {
	for name, at := range map[string]*string{"prlimit": &w.prlimit, "bwrap": &w.bwrap, "tesseract": &w.tesseract} {
		if *at, err = exec.LookPath(name); err == nil {
			*at, err = filepath.EvalSymlinks(*at)
		}
		if err != nil {
			return w, fmt.Errorf("find the program %s: it is not installed", name)
		}
	}
	return w, nil
}

// inside is the command line of the engine in a world of its own.
func (w walls) inside(args ...string) []string {
	line := append(w.world(),
		"--ro-bind", w.tesseract, "/usr/bin/tesseract",
		"--ro-bind", "/usr/share/tesseract-ocr", "/usr/share/tesseract-ocr",
		"--setenv", "OMP_THREAD_LIMIT", "1",
		"/usr/bin/tesseract")
	return append(line, args...)
}

// insidePack is the command line of a pack's program in a world of its own,
// which has no more than the pack's folder.
func (w walls) insidePack(folder string) []string {
	return append(w.world(), "--ro-bind", folder, "/pack", "/pack/"+pack.Engine)
}

// world has the system's libraries and an empty folder, and no network.
func (w walls) world() []string {
	return append(append([]string{w.prlimit}, limits[:]...), w.bwrap,
		"--unshare-all", "--clearenv", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
		"--ro-bind", "/usr/lib", "/usr/lib",
		"--ro-bind-try", "/usr/lib64", "/usr/lib64",
		"--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
		"--tmpfs", "/tmp", "--chdir", "/tmp")
}

// run runs the engine once, on pictures where there are any.
func (w walls) run(ctx context.Context, p io.Reader, args ...string) ([]byte, error) {
	return w.start(ctx, w.inside(args...), p)
}

// start runs a program of these walls once. It ends with a Fault when it takes
// too long, says too much, or dies.
func (w walls) start(ctx context.Context, line []string, p io.Reader) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, wall)
	defer stop()
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Env = []string{}
	cmd.Dir = "/"
	cmd.SysProcAttr = bound()
	cmd.WaitDelay = time.Second
	cmd.Stdin = p
	out := &bounded{left: maxAnswer, over: stop}
	cmd.Stdout = out
	done := make(chan error, 1)
	// The kernel kills the process when the thread that started it ends.
	quiet.Go(func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		done <- cmd.Run()
	})
	err := <-done
	if w.testOnlyUsage != nil && cmd.ProcessState != nil {
		w.testOnlyUsage(cmd.ProcessState)
	}
	return out.kept, w.judge(ctx, cmd, out, err)
}

// judge says what an end means.
func (w walls) judge(ctx context.Context, cmd *exec.Cmd, out *bounded, err error) error {
	switch {
	case out.left < 0:
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	case err == nil:
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &vidimus.Fault{Reason: vidimus.TimeLimit}
	case ctx.Err() != nil:
		return ctx.Err()
	case cmd.ProcessState == nil:
		return fmt.Errorf("start the OCR engine: %w", err)
	case cmd.ProcessState.ExitCode() == 1:
		return errRefused
	}
	return &vidimus.Fault{Reason: vidimus.ReaderDied}
}

// bounded keeps what is written until it is too much.
type bounded struct {
	kept []byte
	left int
	over func() // ends who writes
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		b.over()
		return 0, io.ErrShortWrite
	}
	b.kept = append(b.kept, p...)
	return len(p), nil
}
