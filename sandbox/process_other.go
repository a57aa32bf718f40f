//go:build !(linux && amd64)

package sandbox

import (
	"errors"
	"os"
	"syscall"
	"time"

	"vidimus"
)

// errSystem is why nothing is read here: walls are written for one system,
// and a reader without them is not started.
var errSystem = vidimus.WithHint(
	errors.New("this system has no walls for a reader yet: only Linux on amd64 reads files"),
	"add the files on such a machine; here the case can be opened, searched and checked")

// process is a worker that never was.
type process struct {
	namespaces error
	gone       chan struct{}
}

func spawn(in, out *os.File) (*process, error) { return nil, errSystem }

func (p *process) pid() int                     { return 0 }
func (p *process) kill()                        {}
func (p *process) await(patience time.Duration) {}
func (p *process) death() *Death                { return &Death{Reason: vidimus.ReaderDied} }
func (p *process) filtered() bool               { return false }

func isPipe(fd int) bool { return false }

func restrain() error { return errSystem }

func lock(s settings) (weak []string, err error) { return nil, errSystem }

func forbidden() map[string]func() syscall.Errno { return nil }

func refusal(errno syscall.Errno) bool { return false }
