package ocr

import "syscall"

// bound makes a process end with ours, and keeps the terminal's signals from it.
func bound() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
