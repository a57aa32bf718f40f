//go:build linux && amd64

package sandbox

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vidimus"
)

func TestAWorkerReadsFilesOfEverySize(t *testing.T) {
	w := startTest(t, "test", Options{})
	for i, size := range []int{0, 1, blockLen, blockLen + 1, 5 << 20} {
		content := make([]byte, size)
		for j := 0; j+8 <= size; j += 8 {
			binary.LittleEndian.PutUint64(content[j:], uint64(j))
		}
		openTest(t, w, string(content), "name")
		heard, err := askTest(t, w, "echo", 7, -7)
		if err != nil || len(heard) != 1 {
			t.Fatalf("size %d: %v, %d messages", size, err, len(heard))
		}
		if !bytes.Equal(heard[0].Bytes, content) {
			t.Errorf("size %d: the bytes differ", size)
		}
		heard[0].Bytes = nil
		want := Message{Name: "echo", Text: "name", Ints: []int64{7, -7, int64(i + 1), int64(i)}}
		if diff := cmp.Diff(want, heard[0]); diff != "" {
			t.Errorf("size %d (-want +got):\n%s", size, diff)
		}
	}
}

func TestAFaultLeavesTheWorkerAlive(t *testing.T) {
	w := startTest(t, "test", Options{})
	for name, want := range map[string]vidimus.Reason{
		"encrypted": vidimus.Encrypted,
		"own words": vidimus.Damaged,
		"invented":  vidimus.Damaged,
	} {
		err := w.Open(t.Context(), strings.NewReader(""), 0, name)
		if got, ok := vidimus.FaultOf(err); !ok || got != want {
			t.Errorf("%s: %v, want a fault %q", name, err, want)
		}
		if err := w.Ask(t.Context(), Question{Verb: "ping"}, nil); !errors.Is(err, errNotOpen) {
			t.Errorf("%s: ask after a failed open: %v", name, err)
		}
	}
	openTest(t, w, "x", "")
	if _, err := askTest(t, w, "echo"); err != nil {
		t.Error(err)
	}
}

func TestWhatAnHonestReaderSaysTooMuchIsAFault(t *testing.T) {
	for name, c := range map[string]struct {
		limits Limits
		verb   string
		want   vidimus.Reason
	}{
		"too many messages":        {Limits{AnswerMessages: 9}, "many", vidimus.SizeLimit},
		"too many integers":        {Limits{AnswerInts: 9}, "many", vidimus.SizeLimit},
		"too much text":            {Limits{MessageText: 9}, "text", vidimus.SizeLimit},
		"as much as is allowed":    {Limits{AnswerMessages: 10, AnswerInts: 10}, "many", ""},
		"text that is none":        {Limits{}, "bad text", vidimus.Damaged},
		"text of a fitting length": {Limits{MessageText: 10}, "text", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := startTest(t, "test", Options{Limits: c.limits})
			openTest(t, w, "", "")
			_, err := askTest(t, w, c.verb, 10)
			if got, _ := vidimus.FaultOf(err); got != c.want || c.want == "" && err != nil {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if _, err := askTest(t, w, "ping"); err != nil {
				t.Error("the worker did not go on:", err)
			}
		})
	}
}

var errCaller = errors.New("an error of the caller")

type failingFile struct{}

func (failingFile) ReadAt(p []byte, off int64) (int, error) { return 0, errCaller }

func TestTheCallersErrorsComeBackAsTheyAre(t *testing.T) {
	t.Run("from hear", func(t *testing.T) {
		w := startTest(t, "test", Options{})
		openTest(t, w, "", "")
		err := w.Ask(t.Context(), Question{Verb: "ping"}, func(Message) error { return errCaller })
		if err != errCaller {
			t.Error(err)
		}
		if _, err := askTest(t, w, "ping"); !errors.Is(err, errDead) {
			t.Error("asked again:", err)
		}
	})
	t.Run("from the file", func(t *testing.T) {
		w := startTest(t, "test", Options{})
		if err := w.Open(t.Context(), failingFile{}, 5, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := askTest(t, w, "echo"); !errors.Is(err, errCaller) {
			t.Error(err)
		}
	})
	t.Run("from the context", func(t *testing.T) {
		w := startTest(t, "test", Options{})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		if err := w.Open(ctx, strings.NewReader(""), 0, "slow"); err != context.Canceled {
			t.Error(err)
		}
	})
}

func TestStartSaysWhatIsMissing(t *testing.T) {
	for kind, want := range map[string]string{
		"unready": "no fonts",
		"unknown": "no reader of that kind",
	} {
		w, err := Start(t.Context(), kind, Options{})
		if err == nil {
			w.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

// TestASlowListenerIsNotTheWorkersFault lets hear take longer than the limit.
func TestASlowListenerIsNotTheWorkersFault(t *testing.T) {
	w := startTest(t, "test", Options{Limits: Limits{Wall: 2 * time.Second}})
	openTest(t, w, "", "")
	err := w.Ask(t.Context(), Question{Verb: "ping"}, func(Message) error {
		time.Sleep(2500 * time.Millisecond)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func BenchmarkRoundTrip(b *testing.B) {
	w := startTest(b, "test", Options{})
	openTest(b, w, "", "")
	for b.Loop() {
		if _, err := askTest(b, w, "ping"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFileOf4MiB(b *testing.B) {
	w := startTest(b, "test", Options{})
	content := strings.Repeat("x", 4<<20)
	b.SetBytes(2 * int64(len(content))) // there and back
	for b.Loop() {
		openTest(b, w, content, "")
		if _, err := askTest(b, w, "echo"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		w, err := Start(b.Context(), "test", Options{})
		if err != nil {
			b.Fatal(err)
		}
		w.Close()
	}
}
