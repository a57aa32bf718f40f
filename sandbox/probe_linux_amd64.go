package sandbox

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// forbidden are the attempts. Each is made so that it does no harm where it
// is not stopped.
func forbidden() map[string]func() syscall.Errno {
	return map[string]func() syscall.Errno{
		"socket": call(unix.SYS_SOCKET, unix.AF_INET, unix.SOCK_DGRAM, 0),
		"exec":   call(unix.SYS_EXECVE, 0, 0, 0),
		"trace":  call(unix.SYS_PTRACE, unix.PTRACE_ATTACH, 0, 0),
		"signal": call(unix.SYS_KILL, uintptr(unix.Getpid()), 0, 0),
		"fork":   fork,
		"open": func() syscall.Errno {
			_, err := unix.Open("/", unix.O_RDONLY|unix.O_CLOEXEC, 0)
			errno, _ := err.(syscall.Errno)
			return errno
		},
		"executable": func() syscall.Errno {
			_, err := unix.Mmap(-1, 0, unix.Getpagesize(), unix.PROT_READ|unix.PROT_EXEC, unix.MAP_ANON|unix.MAP_PRIVATE)
			errno, _ := err.(syscall.Errno)
			return errno
		},
	}
}

func call(number, a, b, c uintptr) func() syscall.Errno {
	return func() syscall.Errno {
		_, _, errno := unix.RawSyscall(number, a, b, c)
		return errno
	}
}

// fork makes a process that ends at once.
func fork() syscall.Errno {
	child, _, errno := unix.RawSyscall(unix.SYS_FORK, 0, 0, 0)
	if child == 0 && errno == 0 {
		unix.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
	}
	return errno
}

// refusal reports an answer that comes from seccomp or Landlock. Any other
// means that the call went through to the kernel.
func refusal(errno syscall.Errno) bool { return errno == unix.EPERM || errno == unix.EACCES }

// filtered reports that the process was ended for a call that is on no list.
func (p *process) filtered() bool {
	status, _ := p.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return status.Signaled() && status.Signal() == syscall.SIGSYS
}
