package main

import (
	"errors"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

func retryVerb(c *console, u *unlocking) *cobra.Command {
	var f addFlags
	var reason string
	cmd := &cobra.Command{
		Use:   "retry CASE",
		Short: "read again what was not, or only partly, read",
		Long: `Makes failed and partly read files wait again, with --reason only those of one
reason as status prints it, and reads them. What could not be taken in at all is
tried again by add.`,
		Example: "  vidimus retry ~/cases/reservoir --reason \"time limit\"",
		Args:    arguments(1, 1, "retry CASE [--reason R]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if r := vidimus.Reason(reason); reason != "" && !r.Known() {
				return errUsage{vidimus.WithHint(errors.New("there is no such reason"), "`vidimus status CASE` prints the reasons")}
			}
			return again(cmd, c, u, args[0], f, func(cs *archive.Case) (int, error) {
				return pipeline.Retry(cmd.Context(), cs, vidimus.Reason(reason), producer())
			})
		},
	}
	cmd.Flags().StringVar(&reason, "reason", "", "only files with this `REASON`")
	wallFlags(cmd, &f)
	return cmd
}

func rereadVerb(c *console, u *unlocking) *cobra.Command {
	var f addFlags
	var stale bool
	cmd := &cobra.Command{
		Use:   "reread CASE",
		Short: "read files again with this version",
		Long: `Adds new readings beside the old ones, which stay for the passages that name
them; searches find the new. With --stale only files that another version read,
and those in Chinese whose pictures were read without the OCR pack that is now installed.`,
		Example: "  vidimus reread ~/cases/reservoir --stale",
		Args:    arguments(1, 1, "reread CASE [--stale]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return again(cmd, c, u, args[0], f, func(cs *archive.Case) (int, error) {
				return pipeline.Reread(cmd.Context(), cs, stale, producers())
			})
		},
	}
	cmd.Flags().BoolVar(&stale, "stale", false, "only what another version has read")
	wallFlags(cmd, &f)
	return cmd
}

// again makes files wait and reads what waits, with OCR where it can be had.
func again(cmd *cobra.Command, c *console, u *unlocking, dir string, f addFlags, prepare func(*archive.Case) (int, error)) error {
	engine, err := recogniser(cmd.Context())
	if err != nil {
		c.say("no OCR: %v; pages with ink and no words stay partly read", err)
		c.say("hint: %s", vidimus.HintOf(err))
	}
	return readAll(cmd, c, u, dir, f, reading{ocr: engine, prepare: func(cs *archive.Case) error {
		n, err := prepare(cs)
		if err == nil {
			c.say("%d file(s) are tried again", n)
		}
		return err
	}})
}
