package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/read"
	"vidimus/sandbox"
)

// names is what `names` gives; docs/json.md.
type names struct {
	Item    vidimus.ItemID `json:"item"`
	Charset string         `json:"charset"`
	Guessed bool           `json:"guessed"`
	Changed int            `json:"changed"`
	Names   []namedFile    `json:"names"`
}

type namedFile struct {
	Item    vidimus.ItemID `json:"item"`
	Name    string         `json:"name"`
	RawName string         `json:"raw_name"`
}

func namesVerb(c *console, u *unlocking) *cobra.Command {
	var charset string
	var look bool
	var f addFlags
	cmd := &cobra.Command{
		Use:   "names CASE -|ITEM",
		Short: "show the forms of one name in the case, or the names in an archive",
		Long: `With - reads a name from standard input and gives the forms of it that stand in
the case, in any script, with the number of pages of each: from the gazetteer,
from the case's own spellings, from the rules of spelling, and for a Chinese name
in letters the characters that are read so. Other names are never listed.

Old archives write the names of their files without saying in which charset. It
is guessed for a whole archive; names shows the guess and the names of ITEM's
files. With --charset they are read in another from now on, what lies deeper
too: only names change, each change is logged, and nothing is read again.
--look shows them without changing anything; --charset guess takes a choice back.
The charsets are ` + strings.Join(read.NameCharsets, ", ") + `.`,
		Example: "  vidimus names ~/cases/reservoir - < name\n  vidimus names ~/cases/reservoir k3m9x2p7q4wt --charset gb18030",
		Args:    arguments(2, 2, "names CASE -, or names CASE ITEM [--charset C [--look]]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[1] == "-" {
				name, err := fromInput(c, "-", "the name comes")
				if err != nil {
					return err
				}
				return runNames(cmd.Context(), c, u, args[0], name)
			}
			item, err := vidimus.ParseItemID(args[1])
			if err != nil {
				return errUsage{err}
			}
			if charset != "" && charset != pipeline.GuessNames && !slices.Contains(read.NameCharsets, charset) {
				return errUsage{vidimus.WithHint(errors.New("names are not read in this charset"), "the charsets are "+strings.Join(read.NameCharsets, ", "))}
			}
			if charset == "" || look {
				return lookAtNames(cmd, c, u, args[0], item, charset, f)
			}
			return changeNames(cmd, c, u, args[0], item, charset, f)
		},
	}
	cmd.Flags().StringVar(&charset, "charset", "", "read the names in `CHARSET`, or guess")
	cmd.Flags().BoolVar(&look, "look", false, "show the names so, and change nothing")
	cmd.Flags().BoolVar(&f.withoutWalls, "without-walls", false, "go on knowingly where a wall around the readers does not stand")
	return cmd
}

func lookAtNames(cmd *cobra.Command, c *console, u *unlocking, dir string, item vidimus.ItemID, charset string, f addFlags) error {
	d, err := openCase(cmd.Context(), c, u, dir, archive.ToRead)
	if err != nil {
		return err
	}
	defer d.Close()
	n, err := pipeline.NamesIn(cmd.Context(), d.Case, sandbox.Options{WithoutWalls: f.withoutWalls}, item, charset)
	if err != nil {
		return err
	}
	return printNames(c, n, 0)
}

func changeNames(cmd *cobra.Command, c *console, u *unlocking, dir string, item vidimus.ItemID, charset string, f addFlags) error {
	ctx := cmd.Context()
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	release, err := d.Adding()
	if err != nil {
		return err
	}
	defer release()
	if err := d.withIndex(ctx, c, archive.ToWrite); err != nil {
		return err
	}
	walls := sandbox.Options{WithoutWalls: f.withoutWalls}
	changed, err := pipeline.Rename(ctx, d.Case, walls, item, charset)
	if err != nil {
		return err
	}
	if err := pipeline.CatchUp(ctx, d.Case, d.index); err != nil {
		return err
	}
	n, err := pipeline.NamesIn(ctx, d.Case, walls, item, "")
	if err != nil {
		return err
	}
	return printNames(c, n, changed)
}

func printNames(c *console, n pipeline.Names, changed int) error {
	out := names{n.Container.Item, n.Charset, n.Guessed, changed, []namedFile{}}
	for _, f := range n.Files {
		out.Names = append(out.Names, namedFile{f.Item, f.Name, base64.StdEncoding.EncodeToString([]byte(f.RawName))})
	}
	if c.json {
		return c.data(out)
	}
	how := "chosen"
	if out.Guessed {
		how = "guessed"
	}
	fmt.Fprintf(c.out, "names in %s (%s); %d file(s) have another path now\n", out.Charset, how, changed)
	for _, f := range out.Names {
		fmt.Fprintf(c.out, "%s\t%s\n", f.Item, visible(f.Name))
	}
	return nil
}
