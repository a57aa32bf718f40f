package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/sealed"
	"vidimus/key"
	"vidimus/pipeline"
	"vidimus/search/fts"
)

// audited is what `audit` gives; docs/json.md.
type audited struct {
	OK bool `json:"ok"`
	archive.Audit
}

func auditVerb(c *console, u *unlocking) *cobra.Command {
	var against string
	cmd := &cobra.Command{
		Use:   "audit CASE",
		Short: "look whether anything in the case was changed",
		Long: `Reads every page of the databases, the custody log, the records, the key
files and every original, holds them against each other and against the seal
with which the case was closed, and names what is not as it was written. What
an audit cannot tell is listed as "not checked". Exit code 1 when something
was found. A folder put back whole is noticed on a machine that has seen a
newer one, and by --against with a stub that was kept elsewhere.`,
		Example: "  vidimus audit ~/cases/reservoir\n  vidimus audit ~/cases/reservoir --against stub.txt",
		Args:    arguments(1, 1, "audit CASE [--against STUB]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runAudit(cmd.Context(), c, u, args[0], against)
		},
	}
	cmd.Flags().StringVar(&against, "against", "", "demand that the case continues this `STUB`: the line itself, its file, or - (docs: log stub)")
	return cmd
}

func runAudit(ctx context.Context, c *console, u *unlocking, dir, against string) error {
	stub, err := readStub(c, against)
	if err != nil {
		return err
	}
	keys, err := u.keys(c, dir)
	if errors.Is(err, key.ErrOtherCase) {
		err = vidimus.WithHint(fmt.Errorf("the case's id in the file format and the one in the key file differ: one of the two was changed (%w)", err), vidimus.HintOf(err))
	}
	if err != nil {
		return err
	}
	a, err := pipeline.Audit(ctx, dir, keys, pipeline.Look{
		Engines: u.engines(),
		Walk:    walk,
		Index:   soundIndex,
		Stub:    stub,
		Report:  c.auditProgress(),
	})
	if err != nil {
		return err
	}
	return printAudit(c, a)
}

func soundIndex(cs *archive.Case) (pipeline.SoundIndex, error) {
	index, err := (&desk{Case: cs}).openIndex(true)
	if fts.Unusable(err) {
		return nil, pipeline.ErrNoIndex
	}
	return index, err
}

// readStub takes a stub as it is given: a line, a file that holds one, or -.
func readStub(c *console, given string) (string, error) {
	if given == "" || strings.HasPrefix(given, "vidimus-stub/") {
		return given, nil
	}
	r := io.NopCloser(c.in)
	if given != "-" {
		f, err := os.Open(given)
		if err != nil {
			return "", errUsage{errors.New("--against takes the line that `vidimus log stub` printed, a file that holds it, or -")}
		}
		r = f
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, 64<<10))
	if err != nil {
		return "", errors.New("the stub cannot be read")
	}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(strings.TrimSpace(line), "vidimus-stub/") {
			return line, nil
		}
	}
	return "", errUsage{errors.New("there is no stub in what --against names")}
}

func walk(path string, key [32]byte, bad func(int64)) (int64, error) {
	return sealed.Walk(path, key[:], bad)
}

// auditProgress says on standard error, every five seconds, how far a long
// audit is.
func (c *console) auditProgress() archive.Report {
	shown := time.Now()
	return func(part string, done, total int64) {
		if time.Since(shown) < 5*time.Second {
			return
		}
		shown = time.Now()
		if c.json {
			(&console{out: c.err}).data(map[string]any{"part": part, "done": done, "total": total})
			return
		}
		c.say("%s: %d of %d", part, done, total)
	}
}

func printAudit(c *console, a archive.Audit) error {
	for _, list := range []*[]archive.Finding{&a.Findings, &a.Notes} {
		if *list == nil {
			*list = []archive.Finding{}
		}
	}
	failed := len(a.Findings) > 0
	if c.json {
		if err := c.data(audited{!failed, a}); err != nil {
			return err
		}
		if failed {
			return errFound
		}
		return nil
	}
	for _, p := range a.Checked {
		fmt.Fprintf(c.out, "checked\t%d\t%s\n", p.Count, p.Part)
	}
	for _, n := range a.NotChecked {
		fmt.Fprintf(c.out, "not checked\t%s\n", n)
	}
	if a.LeftOver > 0 {
		fmt.Fprintf(c.out, "left over\t%d file(s) of a stopped program; the next one removes them\n", a.LeftOver)
	}
	for _, n := range a.Notes {
		fmt.Fprintf(c.out, "note\t%s\t%s\n", n.File, n.What)
	}
	for _, f := range a.Findings {
		fmt.Fprintf(c.out, "CHANGED\t%s\t%s\t%s\n", f.File, f.Item, f.What)
	}
	if failed {
		return vidimus.WithHint(errors.New("the case is not as it was written"), "work on no further; compare with a backup, and keep this folder as it is")
	}
	return nil
}
