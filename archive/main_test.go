package archive_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"vidimus/archive"
	"vidimus/internal/casetest"
)

// childVariable tells this binary, executed again, what to do: a word of
// childActs, then what it is done to.
const childVariable = "VIDIMUS_TEST_ARCHIVE_ACT"

// childActs are what a test kills in the middle.
func childActs() map[string]func(ctx context.Context, args []string) error {
	return map[string]func(ctx context.Context, args []string) error{
		"backup": func(ctx context.Context, args []string) error {
			c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), casetest.Engines(), archive.ToWrite)
			if err != nil {
				return err
			}
			defer c.Close()
			_, err = c.Backup(ctx, args[2], silent)
			return err
		},
		"restore": func(ctx context.Context, args []string) error {
			_, err := archive.RestoreCase(ctx, args[1], args[2], casetest.Keys(args[0]), casetest.Engines(), walk, silent)
			return err
		},
		"migrate": func(ctx context.Context, args []string) error {
			c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), later(step), archive.ToWrite)
			if err != nil {
				return err
			}
			return c.Close()
		},
		"write":   writeOn,
		"read":    readOn,
		"protect": changeOn,
		"renew":   renewOn,
		"dispose": disposeOn,
		"destroy": destroyOn,
	}
}

func silent(int, int) {}

func TestMain(m *testing.M) {
	if word, args, ok := strings.Cut(os.Getenv(childVariable), "\n"); ok {
		if err := childActs()[word](context.Background(), strings.Split(args, "\n")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// act runs a child and kills it after a time; none when 0. It tells whether
// the child came to its end.
func act(t *testing.T, after time.Duration, args ...string) (ended bool, took time.Duration) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+strings.Join(args, "\n"))
	var said strings.Builder
	child.Stderr = &said
	began := time.Now()
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if after > 0 {
		timer := time.AfterFunc(after, func() { child.Process.Kill() })
		defer timer.Stop()
	}
	err := child.Wait()
	if err != nil && child.ProcessState.Exited() {
		t.Errorf("%s: %s", args[0], said.String())
	}
	return err == nil, time.Since(began)
}

// instants gives random moments of a span: few in the ordinary test.
func instants(span time.Duration) []time.Duration {
	n := 8
	if os.Getenv("VIDIMUS_STRESS") != "" {
		n = 100
	}
	random := rand.New(rand.NewPCG(1, 2))
	all := make([]time.Duration, n)
	for i := range all {
		all[i] = 1 + time.Duration(random.Int64N(int64(span)))
	}
	return all
}
