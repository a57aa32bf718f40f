package sandbox

import (
	"os"
	"os/exec"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"

	"vidimus"
	"vidimus/internal/quiet"
)

// process is a worker as the system sees it.
type process struct {
	cmd        *exec.Cmd
	words      *lastWords
	namespaces error         // why it has none of its own, if so
	ours       atomic.Bool   // we have sent it a signal
	gone       chan struct{} // closed when it has ended
}

// ownNamespaces leave a worker a world without network and shared memory. Its
// user is mapped to nobody, so that root's worker has none of root's
// capabilities. Together they cost about a millisecond. It gets no process
// namespace: where C is linked in, Landlock finds the threads to restrict
// under their number in /proc, and would find another process's there.
const ownNamespaces = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC | syscall.CLONE_NEWNS

// spawn executes this program again with its ends of the two pipes, in
// namespaces of its own where the system gives them.
func spawn(in, out *os.File) (*process, error) {
	p, err := spawnIn(ownNamespaces, in, out)
	if err == nil {
		return p, nil
	}
	why := err
	if p, err = spawnIn(0, in, out); err == nil {
		p.namespaces = why
	}
	return p, err
}

func spawnIn(flags uintptr, in, out *os.File) (*process, error) {
	p := &process{words: &lastWords{}, gone: make(chan struct{})}
	p.cmd = &exec.Cmd{
		Path: "/proc/self/exe",
		Args: []string{workerName},
		Dir:  "/",
		// A crash is to say its first line only. The two folders are where a
		// reader finds what was compiled for it before. Where the program was
		// built with cgo, its C library would reserve 64 MiB a thread.
		Env: []string{"GOTRACEBACK=none", "MALLOC_ARENA_MAX=1", "HOME=" + os.Getenv("HOME"), "XDG_CACHE_HOME=" + os.Getenv("XDG_CACHE_HOME")},
		// The descriptors 3 and 4 of the worker.
		ExtraFiles: []*os.File{in, out},
		Stderr:     p.words,
		WaitDelay:  time.Second,
		SysProcAttr: &syscall.SysProcAttr{
			Cloneflags: flags,
			Setpgid:    true, // the terminal's Ctrl-C is for the parent
			Pdeathsig:  syscall.SIGKILL,
		},
	}
	started := make(chan error)
	quiet.Go(func() { p.live(started) })
	return p, <-started
}

// live starts the process and stays with it. The kernel kills the worker when
// the *thread* that started it ends: this goroutine keeps its thread for as
// long as the worker lives.
func (p *process) live(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := p.cmd.Start()
	started <- err
	if err != nil {
		return
	}
	// How it ended is in the process state.
	_ = p.cmd.Wait()
	close(p.gone)
}

func (p *process) pid() int { return p.cmd.Process.Pid }

func (p *process) kill() {
	select {
	case <-p.gone:
	default:
		p.ours.Store(true)
		// It fails only if the process has just ended.
		_ = p.cmd.Process.Kill()
	}
}

// await waits for the end of the process, or for so long.
func (p *process) await(patience time.Duration) {
	select {
	case <-p.gone:
	case <-time.After(patience):
	}
}

// death tells why a process that has ended did so.
func (p *process) death() *Death {
	status, _ := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if status.Signaled() && !p.ours.Load() {
		switch status.Signal() {
		case syscall.SIGKILL, syscall.SIGTERM, syscall.SIGHUP:
			return &Death{Reason: vidimus.ReaderDied, Outside: true}
		}
	}
	if p.words.memory {
		return &Death{Reason: vidimus.MemoryLimit}
	}
	return &Death{Reason: vidimus.ReaderDied}
}

// isPipe looks at a descriptor without taking it over.
func isPipe(fd int) bool {
	var stat syscall.Stat_t
	return syscall.Fstat(fd, &stat) == nil && stat.Mode&syscall.S_IFMT == syscall.S_IFIFO
}
