package sandbox

import (
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// allowed are the calls that Go's runtime, the two pipes and a reader's own
// memory need. pread64 and sched_getaffinity come from the runtime, which
// looks about once a second whether its share of the processor has changed.
var allowed = []uint32{
	unix.SYS_READ, unix.SYS_WRITE, unix.SYS_FUTEX, unix.SYS_MADVISE, unix.SYS_MUNMAP,
	unix.SYS_NANOSLEEP, unix.SYS_CLOCK_GETTIME, unix.SYS_CLOCK_NANOSLEEP, unix.SYS_SCHED_YIELD,
	unix.SYS_EPOLL_PWAIT, unix.SYS_EPOLL_CTL, unix.SYS_EPOLL_CREATE1, unix.SYS_EVENTFD2,
	unix.SYS_RT_SIGACTION, unix.SYS_RT_SIGPROCMASK, unix.SYS_RT_SIGRETURN, unix.SYS_SIGALTSTACK,
	unix.SYS_PREAD64, unix.SYS_CLOSE, unix.SYS_FCNTL, unix.SYS_MINCORE, unix.SYS_GETRANDOM,
	unix.SYS_GETPID, unix.SYS_GETTID, unix.SYS_SCHED_GETAFFINITY, unix.SYS_RESTART_SYSCALL,
	unix.SYS_RSEQ, unix.SYS_SET_ROBUST_LIST, unix.SYS_EXIT, unix.SYS_EXIT_GROUP,
}

// refused are calls that honest code makes in passing and can do without.
// Whatever is on no list ends the process.
var refused = []uint32{
	unix.SYS_OPENAT, unix.SYS_NEWFSTATAT, unix.SYS_READLINKAT, unix.SYS_PRLIMIT64, unix.SYS_UNAME,
	unix.SYS_SETITIMER, unix.SYS_TIMER_CREATE, unix.SYS_TIMER_SETTIME, unix.SYS_TIMER_DELETE,
}

const (
	retKill  = unix.SECCOMP_RET_KILL_PROCESS
	retAllow = unix.SECCOMP_RET_ALLOW
	retEPERM = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
	retNoSys = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)

	// Where the kernel puts what the filter looks at (struct seccomp_data).
	dataNumber, dataArch, dataArgs = 0, 4, 16

	x32Bit = 0x40000000 // marks calls of the other ABI of this architecture
)

// filter builds the program that decides about each system call of process pid.
func filter(pid uint32) []unix.SockFilter {
	p := []unix.SockFilter{
		load(dataArch), jump(unix.BPF_JEQ, unix.AUDIT_ARCH_X86_64, 1, 0), ret(retKill),
		load(dataNumber), jump(unix.BPF_JGE, x32Bit, 0, 1), ret(retKill),
	}
	for _, nr := range allowed {
		p = append(p, jump(unix.BPF_JEQ, nr, 0, 1), ret(retAllow))
	}
	for _, nr := range refused {
		p = append(p, jump(unix.BPF_JEQ, nr, 0, 1), ret(retEPERM))
	}
	// glibc starts threads with clone3, whose flags a filter cannot see, and
	// falls back on clone when there is none.
	p = append(p, jump(unix.BPF_JEQ, unix.SYS_CLONE3, 0, 1), ret(retNoSys))
	// Memory, but none that can be executed.
	for _, nr := range []uint32{unix.SYS_MMAP, unix.SYS_MPROTECT} {
		p = append(p, jump(unix.BPF_JEQ, nr, 0, 4),
			load(dataArgs+8*2), jump(unix.BPF_JSET, unix.PROT_EXEC, 0, 1), ret(retEPERM), ret(retAllow))
	}
	// Threads, but no processes.
	p = append(p, jump(unix.BPF_JEQ, unix.SYS_CLONE, 0, 4),
		load(dataArgs), jump(unix.BPF_JSET, unix.CLONE_THREAD, 1, 0), ret(retKill), ret(retAllow))
	// Signals among its own threads, but none by which it could pass for a
	// worker that was killed from outside.
	p = append(p, jump(unix.BPF_JEQ, unix.SYS_TGKILL, 0, 8),
		load(dataArgs), jump(unix.BPF_JEQ, pid, 0, 5),
		load(dataArgs+8*2), jump(unix.BPF_JEQ, uint32(unix.SIGKILL), 3, 0),
		jump(unix.BPF_JEQ, uint32(unix.SIGTERM), 2, 0), jump(unix.BPF_JEQ, uint32(unix.SIGHUP), 1, 0),
		ret(retAllow), ret(retKill))
	return append(p, ret(retKill))
}

func load(offset uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
}

func ret(k uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: k}
}

// jump skips yes or no instructions, as its condition holds or not.
func jump(condition uint16, k uint32, yes, no uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_K | condition, K: k, Jt: yes, Jf: no}
}

// closeCalls puts the filter on every thread of the process. The threads
// cannot gain privileges any more: closeFiles has seen to that, but not where
// there is no Landlock.
func closeCalls() error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up new privileges: %w", err)
	}
	code := filter(uint32(os.Getpid()))
	program := unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]}
	r, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("install the filter: %w", errno)
	}
	if r != 0 {
		return fmt.Errorf("install the filter: thread %d has another", r)
	}
	if _, err := unix.Open("/", unix.O_RDONLY|unix.O_CLOEXEC, 0); err != unix.EPERM {
		return fmt.Errorf("try the filter: %v", err)
	}
	return nil
}
