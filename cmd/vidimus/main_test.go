package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"vidimus/archive"
	"vidimus/key"
	"vidimus/pipeline"
	"vidimus/protect"
	"vidimus/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.Main(kinds()...)
	key.ChildMain()
	testscript.Main(m, map[string]func(){"vidimus": main})
}

// TestScripts runs the real program; each script of testdata/script is a
// story with a beginning of its own.
func TestScripts(t *testing.T) {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"vidimus_ends": ends, "room_keeps": roomKeeps},
		Setup: func(e *testscript.Env) error {
			// Compiled code is shared, so that each script need not compile it.
			e.Setenv("XDG_CACHE_HOME", cache)
			return nil
		},
	})
}

// ends runs vidimus and wants one exit code: `vidimus_ends 3 add …`.
func ends(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec("vidimus", args[1:]...)
	got := 0
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		got = e.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// roomKeeps has the reading room keep a plan in a case, as far as it is
// written: `room_keeps case identity plan.json`.
func roomKeeps(ts *testscript.TestScript, _ bool, args []string) {
	var p protect.Plan
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[2])), &p))
	u := &unlocking{identityFile: ts.MkAbs(args[1]), noState: true}
	d, err := openCase(context.Background(), &console{}, u, ts.MkAbs(args[0]), archive.ToWrite)
	ts.Check(err)
	ts.Check(errors.Join(d.Do(context.Background(), func(w *archive.Work) error { return pipeline.KeepDraft(w, p) }), d.Close()))
}
