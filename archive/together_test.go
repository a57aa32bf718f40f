package archive_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/casetest"
)

// together is how long processes work side by side.
func together() time.Duration {
	if os.Getenv("VIDIMUS_STRESS") != "" {
		return time.Minute
	}
	return 5 * time.Second
}

// start begins a child that works until it is told to end, by its standard
// input being closed.
func start(t *testing.T, args ...string) (end func() string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+strings.Join(args, "\n"))
	var said strings.Builder
	child.Stdout, child.Stderr = &said, &said
	in, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return func() string {
		in.Close()
		if err := child.Wait(); err != nil {
			t.Errorf("%s: %v: %s", args[0], err, said.String())
		}
		return strings.TrimSpace(said.String())
	}
}

func TestTwoWritersAndThreeReadersTakeNothingFromEachOther(t *testing.T) {
	dir, keys := held(t, 4)
	var ends []func() string
	for _, who := range []string{"write", "write", "read", "read", "read"} {
		ends = append(ends, start(t, who, string(keys), dir))
	}
	time.Sleep(together())
	var said []string
	for _, end := range ends {
		said = append(said, end())
	}
	t.Logf("units of the writers: %s, %s; looks of the readers: %s", said[0], said[1], strings.Join(said[2:], ", "))
	sound(t, dir, keys, casetest.Engines())
	var n vidimus.Counts
	var size int64
	err := casetest.Open(t, dir, keys).View(t.Context(), func(tx archive.Tx) (err error) {
		if n, err = tx.Files().Counts(); err == nil {
			size, err = tx.Log().Size()
		}
		return err
	})
	if want := total(t, said[:2]); err != nil || size != int64(want)+5 || n.Seen != 4 {
		t.Errorf("%d entries after %d units, %d files, %v", size, want, n.Seen, err)
	}
}

func total(t *testing.T, numbers []string) (sum int) {
	t.Helper()
	for _, s := range numbers {
		n, err := strconv.Atoi(s)
		if err != nil || n == 0 {
			t.Errorf("a child did %q", s)
		}
		sum += n
	}
	return sum
}

// ended tells when whoever started this child closes its standard input.
func ended() <-chan bool {
	done := make(chan bool)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		close(done)
	}()
	return done
}

// writeOn commits short units, opening the case anew now and then as verbs do,
// and prints how many.
func writeOn(ctx context.Context, args []string) error {
	done := ended()
	for n := 0; ; {
		c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), casetest.Engines(), archive.ToWrite)
		if err != nil {
			return err
		}
		for range 20 {
			select {
			case <-done:
				fmt.Println(n)
				return c.Close()
			default:
			}
			err := c.Do(ctx, func(w *archive.Work) error {
				w.Register(custody.Entry{Kind: custody.CopyOut})
				return nil
			})
			if err != nil {
				return err
			}
			n++
		}
		if err := c.Close(); err != nil {
			return err
		}
	}
}

// readOn looks again and again, and wants more each time, or as much.
func readOn(ctx context.Context, args []string) error {
	done := ended()
	var last int64
	for n := 0; ; n++ {
		select {
		case <-done:
			fmt.Println(n)
			return nil
		default:
		}
		c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), casetest.Engines(), archive.ToRead)
		if err != nil {
			return err
		}
		err = c.View(ctx, func(tx archive.Tx) error {
			size, err := tx.Log().Size()
			if size < last {
				return fmt.Errorf("%d entries after %d", size, last)
			}
			last = size
			return err
		})
		if err := errors.Join(err, c.Close()); err != nil {
			return err
		}
	}
}
