package main

import (
	"strings"

	"github.com/spf13/cobra"

	"vidimus/internal/licences"
)

func licencesVerb(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "licences",
		Short:   "print the licences of all that is in the program",
		Long:    "vidimus is under the Apache License 2.0. This prints it, and those of every library, engine and font in the program.",
		Example: "  vidimus licences | less",
		Args:    arguments(0, 0, "licences"),
		RunE: func(*cobra.Command, []string) error {
			if !c.json {
				return licences.Write(c.out)
			}
			var b strings.Builder
			if err := licences.Write(&b); err != nil {
				return err
			}
			return c.data(map[string]string{"licences": b.String()})
		},
	}
}
