//go:build linux && amd64

package sandbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"vidimus"
)

// liar is a reader that has been taken over: it writes to the pipe itself.
type liar struct{}

func (liar) Open(f *File) error { return nil }
func (liar) Close()             {}

// lies are what it says, by the number in the question.
var lies = []struct {
	name string
	want vidimus.Reason
	say  []byte
}{
	{"a frame of an unknown sort", vidimus.ReaderDied, raw('?', nil)},
	{"a frame for the other side", vidimus.ReaderDied, raw(tagAsk, nil)},
	{"a frame longer than anything", vidimus.ReaderDied, []byte{byte(tagMessage), 0xff, 0xff, 0xff, 0xff}},
	{"a long end", vidimus.ReaderDied, raw(tagDone, make([]byte, maxPlain+1))},
	{"an empty message", vidimus.ReaderDied, raw(tagMessage, nil)},
	{"a message whose text is longer than it", vidimus.ReaderDied, raw(tagMessage, []byte{0, 255, 0, 0, 0})},
	{"a message with something behind it", vidimus.ReaderDied, raw(tagMessage, append(payload(Message{}), 0))},
	{"a message with too many integers", vidimus.SizeLimit, raw(tagMessage, payload(Message{Ints: make([]int64, 101)}))},
	{"a message with too much text", vidimus.SizeLimit, raw(tagMessage, payload(Message{Text: strings.Repeat("x", 101)}))},
	{"too many messages", vidimus.SizeLimit, bytes.Repeat(raw(tagMessage, payload(Message{})), 101)},
	{"text that is not UTF-8", vidimus.ReaderDied, raw(tagMessage, payload(Message{Text: "\xc0\x80"}))},
	{"a name in capitals", vidimus.ReaderDied, raw(tagMessage, payload(Message{Name: "A"}))},
	{"a long name", vidimus.ReaderDied, raw(tagMessage, payload(Message{Name: strings.Repeat("a", 33)}))},
	{"a need without a place", vidimus.ReaderDied, raw(tagNeed, nil)},
	{"a need outside of the file", vidimus.ReaderDied, raw(tagNeed, need(0, 11))},
	{"a need of less than nothing", vidimus.ReaderDied, raw(tagNeed, need(5, -1))},
	{"a need before the file", vidimus.ReaderDied, raw(tagNeed, need(-1, 1))},
	{"a need that overflows", vidimus.ReaderDied, raw(tagNeed, need(1<<62, 1<<62))},
	{"the start again", vidimus.ReaderDied, raw(tagReady, nil)},
	{"an invented reason", vidimus.Damaged, raw(tagDone, []byte("a name out of the file"))},
	{"half a frame, and then nothing", vidimus.TimeLimit, raw(tagMessage, nil)[:3]},
	{"needs without taking what it asked for", vidimus.TimeLimit, bytes.Repeat(raw(tagNeed, need(0, 10)), 100_000)},
}

func raw(t tag, payload []byte) []byte {
	var b bytes.Buffer
	_ = writeFrame(&b, t, payload)
	return b.Bytes()
}

func payload(m Message) []byte {
	front, bytes := m.encode()
	return append(front, bytes...)
}

func need(off, n int64) []byte {
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, uint64(off)), uint64(n))
}

func (liar) Answer(q Question, say Say) error {
	if q.Verb == "hang up" {
		_ = syscall.Close(workerOut)
	} else {
		writeAll(lies[q.Args[0]].say)
	}
	time.Sleep(time.Hour)
	return nil
}

func writeAll(b []byte) {
	for len(b) > 0 {
		n, err := syscall.Write(workerOut, b)
		if err != nil {
			return
		}
		b = b[n:]
	}
}

func TestALiarDiesOfItsLie(t *testing.T) {
	limits := Limits{MessageText: 100, MessageInts: 100, MessageBytes: 100, AnswerMessages: 100}
	for i, lie := range lies {
		t.Run(lie.name, func(t *testing.T) {
			limits := limits
			if lie.want == vidimus.TimeLimit {
				limits.Wall = 2 * time.Second
			}
			w := startTest(t, "liar", Options{Limits: limits})
			openTest(t, w, "0123456789", "")
			_, err := askTest(t, w, "lie", int64(i))
			got, died := errors.AsType[*Death](err)
			if reason, ok := vidimus.FaultOf(err); ok {
				if reason != lie.want {
					t.Errorf("got the fault %q, want %q", reason, lie.want)
				}
				return
			}
			if !died || got.Outside || got.Reason != lie.want {
				t.Errorf("got %#v, want a death by %q", err, lie.want)
			}
			if syscall.Kill(w.Pid(), 0) == nil {
				t.Error("the liar lives")
			}
		})
	}
}

func TestAWorkerThatHangsUpAndStaysIsKilled(t *testing.T) {
	w := startTest(t, "liar", Options{})
	openTest(t, w, "", "")
	_, err := askTest(t, w, "hang up")
	if d, ok := errors.AsType[*Death](err); !ok || d.Outside || d.Reason != vidimus.ReaderDied {
		t.Errorf("got %#v", err)
	}
}

func TestALengthAloneCostsTheParentNothing(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := parseMessage([]byte{0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x1f, 0, 0, 0, 0}, DefaultLimits().budget())
	runtime.ReadMemStats(&after)
	if !errors.Is(err, errMessage) || after.TotalAlloc-before.TotalAlloc > 1<<20 {
		t.Errorf("%v, %d bytes", err, after.TotalAlloc-before.TotalAlloc)
	}
}

func FuzzWhatAWorkerSays(f *testing.F) {
	for _, lie := range lies {
		if len(lie.say) < 1<<10 {
			f.Add(lie.say)
		}
	}
	f.Add(slices.Concat(raw(tagMessage, payload(Message{"page", "text", []int64{1, -1}, []byte{0}})), raw(tagDone, nil)))
	limits := Limits{MessageText: 1 << 10, MessageInts: 1 << 10, MessageBytes: 1 << 10}.filled()
	f.Fuzz(func(t *testing.T, said []byte) {
		in, left := bytes.NewReader(said), limits.budget()
		w := &Worker{limits: limits}
		for {
			got, err := readFrame(in, w.longest)
			if err != nil {
				if in.Len() > 0 && errors.Is(err, io.EOF) {
					t.Fatal("it ended early")
				}
				return
			}
			if got.tag != tagMessage {
				continue
			}
			m, err := parseMessage(got.payload, left)
			if err != nil {
				continue
			}
			if !utf8.ValidString(m.Text) || len(m.Text) > 1<<10 || len(m.Ints) > 1<<10 || len(m.Bytes) > 1<<10 || !validName(m.Name) {
				t.Fatalf("let through: %+v", m)
			}
			if !bytes.Equal(payload(m), got.payload) {
				t.Fatal("a message that was read is not the one that was sent")
			}
		}
	})
}
