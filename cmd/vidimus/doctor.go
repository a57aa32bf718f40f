package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/browser"
	"vidimus/internal/fonts"
	"vidimus/internal/machine"
	"vidimus/sandbox"
)

// examination is what `doctor` gives; docs/json.md.
type examination struct {
	OK     bool            `json:"ok"`
	Checks []machine.Check `json:"checks"`
}

func doctorVerb(c *console) *cobra.Command {
	return &cobra.Command{
		Use:   "doctor [CASE|PATH]",
		Short: "look whether this machine is fit for a case",
		Long: `Looks at what would betray a case from outside: the disk, swap, sleep, crashes,
indexers and previews, synchronised folders, the network, the clock, the walls
around hostile files, and the programs that vidimus needs. PATH may be a case, a
folder for one, or a medium with documents. Nothing is changed, opened or sent.

Every line says "ok", "look" (your decision) or "stop" (vidimus refuses until it
is mended), what was found, why it matters and what to do. Exit code 1 when
something stops.`,
		Example: "  vidimus doctor\n  vidimus doctor /media/stick\n  vidimus doctor ~/cases/reservoir --json",
		Args:    arguments(0, 1, "doctor [CASE|PATH]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := "."
			if len(args) > 0 {
				path = args[0]
			}
			if _, err := os.Stat(path); err != nil {
				return vidimus.WithHint(errors.New("what was named is not there"), "name a case, a folder or a medium; without a name the present folder is looked at")
			}
			return printChecks(c, examine(cmd.Context(), whole(path)))
		},
	}
}

// examine makes all checks. What is not a case may be a medium as well.
func examine(ctx context.Context, path string) []machine.Check {
	here := machine.Here()
	checks := here.Case(path)
	if _, err := archive.ReadFormat(path); err != nil {
		for _, m := range here.Medium(path) {
			if m.Name != "indexers" {
				checks = append(checks, m)
			}
		}
	}
	return append(checks, walls(ctx), chromium(), languages(), faces())
}

func printChecks(c *console, checks []machine.Check) error {
	stops := 0
	for _, k := range checks {
		if k.State == machine.Stop {
			stops++
		}
	}
	if c.json {
		if err := c.data(examination{stops == 0, checks}); err != nil {
			return err
		}
	} else {
		for _, k := range checks {
			fmt.Fprintf(c.out, "%s\t%s: %s\n", k.State, k.Name, k.Found)
			if k.State != machine.OK {
				fmt.Fprintf(c.out, "\twhy: %s\n\tmend: %s\n", k.Why, k.Mend)
			}
		}
	}
	if stops > 0 {
		return errFound
	}
	return nil
}

func walls(ctx context.Context) machine.Check {
	k := machine.Check{Name: "walls", State: machine.OK, Found: "hostile files are read behind walls that were tried just now",
		Why: "a file that was made to attack its reader must not reach the case or this machine"}
	if missing := sandbox.Probe(ctx).Missing(); len(missing) > 0 {
		k.State, k.Found = machine.Stop, "walls around hostile files do not stand: "+strings.Join(missing, "; ")
		k.Mend = "`add` on Linux on amd64 with kernel 5.13 or newer, outside of containers that forbid seccomp or Landlock; elsewhere a case opens, searches and is checked"
	}
	return k
}

func chromium() machine.Check {
	k := machine.Check{Name: "programs", State: machine.OK, Found: "a Chromium for the reading room is installed",
		Why: "the reading room opens in a private window; an everyday browser keeps and sends what it shows"}
	if _, err := browser.Find(); err != nil {
		k.State, k.Found, k.Mend = machine.Look, "no Chromium is installed: `open` will not work", "install one (Debian: apt install chromium)"
	}
	return k
}

// languages says what this version reads, which needs nothing installed.
func languages() machine.Check {
	return machine.Check{Name: "languages", State: machine.OK,
		Found: "text of any script is read and found, with nothing to install; pictures of text are not read yet",
		Why:   "a page that is only a picture is listed as \"needs OCR\", never as read"}
}

// faces looks at the fonts in the program.
func faces() machine.Check {
	k := machine.Check{Name: "fonts", State: machine.OK, Found: "fonts for Latin, Cyrillic, Han and Arabic script are in the program",
		Why: "a page in a script without a font shows boxes, and a font from elsewhere would be a request that others see"}
	for _, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
		if _, err := fonts.Face(name); err != nil {
			k.State, k.Found, k.Mend = machine.Look, "the program was built without its fonts", "build it with `make build`"
		}
	}
	return k
}
