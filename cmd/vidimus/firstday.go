package main

import (
	"github.com/spf13/cobra"

	"vidimus/docs"
)

// firstDay is a page of the manual, no verb: `vidimus help first-day`.
func firstDay() *cobra.Command {
	return &cobra.Command{
		Use:   "first-day",
		Short: "what to do with the medium, the passphrase, the machine and the colleagues",
		Long:  docs.FirstDay,
	}
}
