package browser

import (
	"os/exec"
	"runtime"
	"syscall"

	"vidimus/internal/quiet"
)

// run starts the browser in a process group of its own and waits for it. The
// browser dies with this process, even if that is killed: the system sends the
// signal when the thread that started it ends, so that thread is kept.
func run(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	ended := make(chan error)
	quiet.Go(func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Run()
		if cmd.Process != nil {
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // what it left behind
		}
		ended <- err
	})
	return <-ended
}
