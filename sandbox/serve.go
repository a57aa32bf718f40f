package sandbox

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"

	"vidimus"
)

// server is the worker's side. Its parent is trusted: a frame from it that
// does not fit is a mistake of ours and ends the worker.
type server struct {
	limits Limits
	reader Reader
	open   bool // the reader has a file that it has not been told to forget

	mu  sync.Mutex // guards the pipes: a reader may fetch in one goroutine and say in another
	in  *bufio.Reader
	out *bufio.Writer
}

// serve is the life of a worker; spec/worker.md has its order.
func serve(kinds []Kind) error {
	// Only the parent and the kernel end a worker. A person's Ctrl-C and the
	// machine's going down are for the parent to answer.
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	s := &server{
		in:  bufio.NewReader(os.NewFile(workerIn, "")),
		out: bufio.NewWriterSize(os.NewFile(workerOut, ""), 64<<10),
	}
	weak, err := s.prepare(kinds)
	if err != nil {
		return s.send(tagUnready, []byte(clip(err.Error())))
	}
	if err := s.send(tagReady, []byte(clip(strings.Join(weak, "\n")))); err != nil {
		return err
	}
	for {
		if err := s.next(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// prepare loads the reader and puts up the walls. It gives those that do not
// stand, if the parent knows and goes on.
func (s *server) prepare(kinds []Kind) (weak []string, err error) {
	m, err := s.receive(tagSetup)
	if err != nil {
		return nil, err
	}
	set, err := parseSettings(m.Ints)
	if err != nil {
		return nil, err
	}
	s.limits = set.limits
	if err := restrain(); err != nil {
		return nil, err
	}
	for _, k := range kinds {
		if k.Name != m.Name {
			continue
		}
		if s.reader, err = k.Ready(); err != nil {
			return nil, fmt.Errorf("make the reader ready: %w", err)
		}
		return lock(set)
	}
	return nil, errors.New("this program has no reader of that kind")
}

func clip(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), maxPlain)], "")
}

// next serves one file or one question.
func (s *server) next() error {
	f, err := s.frame()
	if err != nil {
		return err
	}
	m, err := parseMessage(f.payload, trusted())
	if err != nil {
		return err
	}
	switch f.tag {
	case tagOpen:
		err = s.openFile(m)
	case tagAsk:
		err = s.answer(Question{m.Name, m.Ints})
	default:
		return &errFrame{f.tag, uint32(len(f.payload))}
	}
	return s.send(tagDone, []byte(reasonOf(err)))
}

// reasonOf is what the parent hears of a reader's error: no word of it but
// the reason, since the rest may come out of the file.
func reasonOf(err error) vidimus.Reason {
	if err == nil {
		return ""
	}
	if errors.Is(err, errTooMuch) {
		return vidimus.SizeLimit
	}
	if r, ok := vidimus.FaultOf(err); ok && r.Known() {
		return r
	}
	return vidimus.Damaged
}

func (s *server) openFile(m Message) error {
	if s.open {
		s.reader.Close()
	}
	size := m.Ints[0]
	err := s.reader.Open(&File{ReaderAt: &source{size: size, fetch: s.fetch}, Size: size, Name: string(m.Bytes)})
	s.open = err == nil
	return err
}

// answer lets the reader speak. What it says too much or wrongly is not sent
// and becomes the answer's error, whether the reader minds or not.
func (s *server) answer(q Question) error {
	left := s.limits.budget()
	var refused error
	say := func(m Message) error {
		if refused == nil {
			refused = errors.Join(left.spend(m), m.check())
		}
		if refused != nil {
			return refused
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		front, bytes := m.encode()
		must(writeFrame(s.out, tagMessage, front, bytes))
		return nil
	}
	return errors.Join(s.reader.Answer(q, say), refused)
}

// fetch asks the parent for a range of the file.
func (s *server) fetch(off int64, n int) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var need [16]byte
	binary.LittleEndian.PutUint64(need[:], uint64(off))
	binary.LittleEndian.PutUint64(need[8:], uint64(n))
	must(writeFrame(s.out, tagNeed, need[:]))
	must(s.out.Flush())
	f, err := readFrame(s.in, func(t tag) int { return maxRange })
	must(err)
	if f.tag != tagRange || len(f.payload) != n {
		must(&errFrame{f.tag, uint32(len(f.payload))})
	}
	return f.payload, nil
}

// must ends the process when the parent is gone: there is nobody to tell.
func must(err error) {
	if err != nil {
		os.Exit(1)
	}
}

func (s *server) send(t tag, payload []byte) error {
	if err := writeFrame(s.out, t, payload); err != nil {
		return err
	}
	return s.out.Flush()
}

func (s *server) frame() (frame, error) {
	return readFrame(s.in, func(t tag) int { return maxPlain })
}

func (s *server) receive(want tag) (Message, error) {
	f, err := s.frame()
	if err != nil {
		return Message{}, err
	}
	if f.tag != want {
		return Message{}, &errFrame{f.tag, uint32(len(f.payload))}
	}
	return parseMessage(f.payload, trusted())
}

// trusted is a budget for what the parent says.
func trusted() *budget { return Limits{}.filled().budget() }
