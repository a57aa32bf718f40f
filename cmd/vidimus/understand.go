package main

import (
	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/pipeline"
)

func understandVerb(c *console, u *unlocking) *cobra.Command {
	var f addFlags
	var all bool
	cmd := &cobra.Command{
		Use:   "understand CASE",
		Short: "look for names, dates and numbers in what was read",
		Long: `Does what add does after reading, for what an earlier version has read or looked
at; with --all again for everything. What readers have said of mentions stays.`,
		Example: "  vidimus understand ~/cases/reservoir",
		Args:    arguments(1, 1, "understand CASE [--all]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return readAll(cmd, c, u, args[0], f, reading{prepare: func(cs *archive.Case) error {
				_, err := pipeline.Reunderstand(cmd.Context(), cs, all)
				return err
			}})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "look again at everything")
	wallFlags(cmd, &f)
	return cmd
}
