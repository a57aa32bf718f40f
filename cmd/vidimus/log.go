package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/custody"
	"vidimus/internal/qr"
)

// logLine is an entry as `log list` gives it; docs/json.md.
type logLine struct {
	Index    int64        `json:"index"`
	Time     string       `json:"time"`
	Kind     custody.Kind `json:"kind"`
	Item     string       `json:"item,omitempty"`
	Disposed bool         `json:"disposed,omitempty"`
}

func logVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "log",
		Short: "the custody log: list, show, verify, stub",
		Long: `The custody log says what happened to the case: taken in, read, copied out,
keys changed, restored. Who read what is not logged. The log is private: even
how many entries it has tells when a leak arrived.`,
		Example: "  vidimus log list ~/cases/reservoir\n  vidimus log stub ~/cases/reservoir",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus log list|show|verify|stub CASE")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(logListVerb(c, u), logShowVerb(c, u), logVerifyVerb(c, u), logStubVerb(c, u))
	return cmd
}

func logListVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "list CASE",
		Short:   "list the entries, a line each",
		Long:    "Lists every entry: its number, its day, what happened, and the item concerned.",
		Example: "  vidimus log list ~/cases/reservoir",
		Args:    arguments(1, 1, "log list CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withLog(cmd.Context(), c, u, args[0], func(_ *archive.Case, log archive.Log) error {
				return listLog(c, log)
			})
		},
	}
}

// withLog opens a case and reads its log on one consistent state.
func withLog(ctx context.Context, c *console, u *unlocking, dir string, work func(*archive.Case, archive.Log) error) error {
	d, err := openCase(ctx, c, u, dir, archive.ToRead)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.View(ctx, func(tx archive.Tx) error { return work(d.Case, tx.Log()) })
}

func listLog(c *console, log archive.Log) error {
	size, err := log.Size()
	if err != nil {
		return err
	}
	for i := range size {
		e, err := custody.ReadBody(log, i)
		l := logLine{Index: i, Time: e.Time, Kind: e.Kind}
		if errors.Is(err, archive.ErrNotFound) {
			l.Disposed = true
		} else if err != nil {
			return vidimus.WithHint(err, "`vidimus audit` says what else was changed")
		}
		l.Item, _ = e.Fields["item"].(string)
		if err := printLogLine(c, l); err != nil {
			return err
		}
	}
	return nil
}

func printLogLine(c *console, l logLine) error {
	if c.json {
		return c.data(l)
	}
	kind := string(l.Kind)
	if l.Disposed {
		kind = "(disposed of)"
	}
	_, err := fmt.Fprintf(c.out, "%d\t%s\t%s\t%s\n", l.Index, l.Time, kind, l.Item)
	return err
}

func logShowVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "show CASE N",
		Short: "show what one entry says",
		Long: `Prints every field of entry N as "log list" numbers it. Paths and digests stand
there in base64, as they were fixed.`,
		Example: "  vidimus log show ~/cases/reservoir 12",
		Args:    arguments(2, 2, "log show CASE N"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := strconv.ParseInt(args[1], 10, 64)
			if err != nil || n < 0 {
				return errUsage{errors.New("the number of an entry is wanted, as `vidimus log list` gives it")}
			}
			return withLog(cmd.Context(), c, u, args[0], func(_ *archive.Case, log archive.Log) error {
				return showEntry(c, log, n)
			})
		},
	}
}

func showEntry(c *console, log archive.Log, n int64) error {
	e, err := custody.ReadBody(log, n)
	if size, err2 := log.Size(); err2 == nil && n >= size {
		return vidimus.WithHint(errors.New("the log has no such entry"), "`vidimus log list CASE` numbers them, from 0")
	} else if errors.Is(err, archive.ErrNotFound) {
		return errors.New("the entry was disposed of: its place in the log stays, what it said is gone")
	} else if err != nil {
		return err
	}
	if c.json {
		fields := e.Fields
		if fields == nil {
			fields = map[string]any{}
		}
		return c.data(map[string]any{"index": n, "time": e.Time, "kind": e.Kind, "fields": fields})
	}
	fmt.Fprintf(c.out, "entry\t%d\ntime\t%s\nkind\t%s\n", n, e.Time, e.Kind)
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		value, err := json.Marshal(e.Fields[name])
		if text, ok := e.Fields[name].(string); ok {
			value = []byte(visible(text))
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s\t%s\n", visible(name), value)
	}
	return nil
}

func logVerifyVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "verify CASE",
		Short: "check the log: every leaf, body and hash, and the signed head",
		Long: `Computes the log's tree anew, opens every body, and holds the log against the
case's signed head. "audit" does this too, and compares the log with the records.`,
		Example: "  vidimus log verify ~/cases/reservoir",
		Args:    arguments(1, 1, "log verify CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withLog(cmd.Context(), c, u, args[0], func(_ *archive.Case, log archive.Log) error {
				return verifyLog(c, log)
			})
		},
	}
}

// verifyLog checks what opening the case has not: that the log continues the
// head's is checked there.
func verifyLog(c *console, log archive.Log) error {
	if err := custody.Verify(log); err != nil {
		return vidimus.WithHint(err, "work on no further; compare with a backup, and keep this folder as it is")
	}
	size, err := log.Size()
	if err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]any{"ok": true, "entries": size})
	}
	fmt.Fprintf(c.out, "verified\t%d entries\n", size)
	return nil
}

func logStubVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "stub CASE",
		Short: "print a line to keep elsewhere, against which the case can be checked",
		Long: `Prints one line that names the log as it stands, and the same as a QR code. Keep
it on paper or with somebody you trust, away from the case: "audit --against"
then notices a folder that was put back whole, and a log that was written anew.
The line holds no word of the case; it tells how many entries the log had.`,
		Example: "  vidimus log stub ~/cases/reservoir",
		Args:    arguments(1, 1, "log stub CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			line, err := d.Stub(cmd.Context())
			if err != nil {
				return err
			}
			return printStub(c, line)
		},
	}
}

func printStub(c *console, line string) error {
	if c.json {
		return c.data(map[string]string{"stub": line})
	}
	draw := qr.Paper
	if terminal(c.out) {
		draw = qr.Terminal
	}
	code, err := draw(line)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, line)
	for _, row := range code {
		fmt.Fprintln(c.out, row)
	}
	return nil
}
