package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vidimus/protect"
)

func editionCompareVerb(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "compare OLD NEW",
		Short:   "count what differs between two editions, without their words",
		Long:    "Compares the folders of two editions document by document and prints, as a public\nnote of corrections can, how many paragraphs were added, removed or withheld.\nNo word of either is printed.",
		Example: "  vidimus edition compare ~/edition-1 ~/edition-2",
		Args:    arguments(2, 2, "edition compare OLD NEW"),
		RunE: func(_ *cobra.Command, args []string) error {
			before, err := readEdition(args[0])
			if err != nil {
				return err
			}
			after, err := readEdition(args[1])
			if err != nil {
				return err
			}
			return printChanges(c, protect.Changes(before, after))
		},
	}
}

func readEdition(dir string) (protect.Edition, error) {
	b, err := os.ReadFile(filepath.Join(dir, "edition.json"))
	if err != nil {
		return protect.Edition{}, errors.New("this folder is no edition: it has no edition.json")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var e protect.Edition
	if err := d.Decode(&e); err != nil || e.Format != protect.EditionFormat {
		return protect.Edition{}, errors.New("the words of this edition cannot be read")
	}
	return e, nil
}

func printChanges(c *console, all []protect.DocumentChange) error {
	if c.json {
		if all == nil {
			all = []protect.DocumentChange{}
		}
		return c.data(map[string]any{"documents": all})
	}
	for _, d := range all {
		fmt.Fprintf(c.out, "document %d\t%s\t+%d paragraphs\t-%d paragraphs\t%+d withheld\n", d.Document, d.How, d.Added, d.Removed, d.Withheld)
	}
	return nil
}
