package main

import (
	"context"
	"errors"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/intake"
	"vidimus/internal/practice"
	"vidimus/pipeline"
	"vidimus/read/pdf"
	"vidimus/sandbox"
)

type addFlags struct {
	arrivalFlags
	ocr                                 string
	touchTimes, withoutWalls, allowSwap bool
}

func addVerb(c *console, u *unlocking) *cobra.Command {
	var f addFlags
	cmd := &cobra.Command{
		Use:   "add CASE PATH…",
		Short: "take files and folders into a case and read them",
		Long: `Takes every file in: digested while it is stored encrypted, read behind walls,
searchable when the command ends. What was taken in before is not seen again, so
the same command goes on where a stopped one ended. Originals are never changed;
their access times stay as they were. Links and special files are left, and
counted. At the end every file is accounted for:
seen = read + partly + failed + duplicates + waiting.

With --received, --medium and --note the intake receipt says how this came; none
of them should say from whom. "vidimus help first-day" says what to do before.`,
		Example: `  vidimus add ~/cases/reservoir /media/stick
  vidimus add ~/cases/reservoir /media/stick --received 2024-11 --medium "stick 1" --note -`,
		Args: arguments(2, -1, "add CASE PATH…"),
		RunE: func(cmd *cobra.Command, args []string) error { return runAdd(cmd, c, u, args[0], args[1:], f) },
	}
	f.arrivalFlags.flags(cmd)
	cmd.Flags().StringVar(&f.ocr, "ocr", "now", "`now` or off: pages with ink and no words then wait for the verb ocr")
	cmd.Flags().BoolVar(&f.touchTimes, "touch-times", false, "go on where reading changes the files' access times")
	wallFlags(cmd, &f)
	return cmd
}

// wallFlags are those of every verb that reads files.
func wallFlags(cmd *cobra.Command, f *addFlags) {
	cmd.Flags().BoolVar(&f.withoutWalls, "without-walls", false, "read hostile files although a wall is missing, knowingly")
	cmd.Flags().BoolVar(&f.allowSwap, "allow-swap", false, "go on although memory is swapped to a disk in clear")
}

func runAdd(cmd *cobra.Command, c *console, u *unlocking, dir string, paths []string, f addFlags) error {
	if f.ocr != "now" && f.ocr != "off" {
		return errUsage{errors.New("--ocr is now or off")}
	}
	var engine *pipeline.OCR
	if f.ocr == "now" {
		var err error
		if engine, err = recogniser(cmd.Context()); err != nil {
			c.say("no OCR: %v; pages with ink and no words stay partly read", err)
			c.say("hint: %s", vidimus.HintOf(err))
		}
	}
	arrival, err := f.arrivalFlags.read(c, u)
	if err != nil {
		return err
	}
	return readAll(cmd, c, u, dir, f, reading{paths: paths, ocr: engine, arrival: arrival})
}

// reading is what a verb has read.
type reading struct {
	paths   []string
	ocr     *pipeline.OCR // nil: pages with ink and no words stay partly read
	arrival intake.Arrival
	prepare func(*archive.Case) error // of the case, before; nil for none
}

// garbage is what may lie about beside each hundred bytes in use while files
// are read: with tables of names of tens of megabytes, less than Go's own share.
const garbage = 50

// readAll takes in what is at the paths and reads all that waits in the case.
func readAll(cmd *cobra.Command, c *console, u *unlocking, dir string, f addFlags, r reading) error {
	if err := fitForCase(dir, f.allowSwap); err != nil {
		return err
	}
	ctx := cmd.Context()
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := beforeFirst(ctx, c, d, r.paths); err != nil {
		return err
	}
	walls, err := standing(ctx, f.withoutWalls)
	if err != nil {
		return err
	}
	release, err := d.Adding()
	if err != nil {
		return err
	}
	defer release()
	defer debug.SetGCPercent(debug.SetGCPercent(garbage))
	if err := d.withIndex(ctx, c, archive.ToWrite); err != nil {
		return err
	}
	if r.prepare != nil {
		if err := r.prepare(d.Case); err != nil {
			return err
		}
	}
	show := newProgress(c)
	o := pipeline.Options{TouchTimes: f.touchTimes, Sandbox: walls, Producer: producer(), OCR: r.ocr, Understand: true, Arrival: r.arrival, Report: show.report}
	if d.Practice {
		o.Accept = practice.Holds
	}
	progress, err := pipeline.Add(ctx, d.Case, d.index, r.paths, o)
	show.end()
	if err != nil {
		return err
	}
	if n := progress.Left.Links + progress.Left.Special; n > 0 {
		c.say("left: %d link(s), %d special file(s): links are not followed, special files not opened", progress.Left.Links, progress.Left.Special)
	}
	if err := printStatus(ctx, c, d.Case, true); err != nil {
		return err
	}
	if progress.Failed+progress.Partly > 0 {
		return errFailures
	}
	return nil
}

// producer is who reads files in this version.
func producer() vidimus.Producer {
	return vidimus.Producer{Stage: "read", Version: 1, Parameters: readers()}
}

// standing compiles the engine, which only a trusted process may do, and looks
// whether the walls stand.
func standing(ctx context.Context, without bool) (sandbox.Options, error) {
	o := sandbox.Options{WithoutWalls: without}
	if err := pdf.Warm(engineCache()); err != nil {
		return o, err
	}
	report := sandbox.Probe(ctx)
	if missing := report.Missing(); len(missing) > 0 && !without {
		return o, vidimus.WithHint(errors.New("these walls around hostile files do not stand here: "+strings.Join(missing, "; ")),
			"use a kernel that has them; --without-walls goes on knowingly")
	}
	return o, nil
}
