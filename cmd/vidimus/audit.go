package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/sealed"
)

// audited is what `audit` gives; docs/json.md.
type audited struct {
	OK bool `json:"ok"`
	archive.Audit
}

func auditVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "audit CASE",
		Short: "look whether anything in the case was changed",
		Long: `Reads every page of the databases, the custody log, the records and every
original, and names what is not as it was written. What this version does not
check is listed as "not checked". Exit code 1 when something was found.`,
		Example: "  vidimus audit ~/cases/reservoir",
		Args:    arguments(1, 1, "audit CASE"),
		RunE:    func(cmd *cobra.Command, args []string) error { return runAudit(cmd.Context(), c, u, args[0]) },
	}
}

func runAudit(ctx context.Context, c *console, u *unlocking, dir string) error {
	keys, err := u.keys(c, dir)
	if err != nil {
		return err
	}
	a := archive.AuditFiles(dir, keys, walk)
	if cs, err := archive.Open(ctx, dir, keys, engines(), archive.ToRead); err != nil {
		a.Findings = append(a.Findings, archive.Finding{File: ".", What: "the case does not open: " + err.Error()})
	} else {
		content, err := cs.AuditContent(ctx)
		if err == nil {
			err = auditIndex(ctx, cs, &content)
		}
		cs.Close()
		if err != nil {
			return err
		}
		a.Checked = append(a.Checked, content.Checked...)
		a.Findings = append(a.Findings, content.Findings...)
		a.NotChecked, a.LeftOver = content.NotChecked, a.LeftOver+content.LeftOver
	}
	return printAudit(c, a)
}

func walk(path string, key [32]byte, bad func(int64)) (int64, error) {
	return sealed.Walk(path, key[:], bad)
}

// auditIndex tells whether the index belongs to the records. It is derived: an
// older one is mended, not alarming.
func auditIndex(ctx context.Context, cs *archive.Case, a *archive.Audit) error {
	index, err := (&desk{Case: cs}).openIndex(true)
	if err != nil {
		a.NotChecked = append(a.NotChecked, "the index: it is missing, and built again at the next search")
		return nil
	}
	defer index.Close()
	if err := index.Check(ctx); err != nil {
		a.Findings = append(a.Findings, archive.Finding{File: "index.db", What: "the index is damaged inside"})
	}
	a.Checked = append(a.Checked, archive.Audited{Part: "index", Count: 1})
	return nil
}

func printAudit(c *console, a archive.Audit) error {
	if a.Findings == nil {
		a.Findings = []archive.Finding{}
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
		fmt.Fprintf(c.out, "left over\t%d file(s) of a stopped add; the next one removes them\n", a.LeftOver)
	}
	for _, f := range a.Findings {
		fmt.Fprintf(c.out, "CHANGED\t%s\t%s\t%s\n", f.File, f.Item, f.What)
	}
	if failed {
		return vidimus.WithHint(errors.New("the case is not as it was written"), "work on no further; compare with a backup, and keep this folder as it is")
	}
	return nil
}
