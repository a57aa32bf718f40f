package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect/match"
	"vidimus/protect/people"
	"vidimus/read/layout"
)

func protectedVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "protected",
		Short: "people who must not be found through what leaves: add, list, find, remove",
		Long: `The list of protected people lies in a vault of its own, which the case's keys do
not open. Each name is looked for in all its forms: other scripts and spellings,
look-alike letters, encodings, errors of OCR. Where there is a list, every copy in
clear that leaves the case is held against it. Names are never printed.`,
		Example: "  vidimus protected add ~/cases/reservoir --kind witness\n  vidimus protected list ~/cases/reservoir",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus protected add|list|find|remove|key CASE")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(protectedAddVerb(c, u), protectedListVerb(c, u), protectedFindVerb(c, u), protectedRemoveVerb(c, u), vaultKeyVerb(c, u))
	return cmd
}

func protectedAddVerb(c *console, u *unlocking) *cobra.Command {
	kind := ""
	var m vaultMaking
	cmd := &cobra.Command{
		Use:   "add CASE",
		Short: "put people on the list",
		Long: `Reads names from the terminal or from standard input: a person a line, spellings
of one person parted by =. Forms that follow from a spelling by rule are looked for
by themselves; a name that is not Chinese has no rule into Chinese characters, and
others are guesses: type each script that the papers use. What is missing is said.
The first person makes the vault, with a passphrase that is not the case's.`,
		Example: "  vidimus protected add ~/cases/reservoir --kind victim < names",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return vidimus.WithHint(errUsage{errors.New("names are not taken as arguments: arguments stay in the shell's history, and every user of the machine sees them in the list of processes")},
					"type them when asked, or give them on standard input; take what was typed now out of the history")
			}
			return arguments(1, 1, "protected add CASE [--kind victim|witness|family|other] < names")(nil, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(people.Kinds, people.Kind(kind)) {
				return errUsage{errors.New("--kind is victim, witness, family or other")}
			}
			return runProtectedAdd(cmd.Context(), c, u, args[0], people.Kind(kind), m)
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "other", "why they are protected: victim, witness, family or other")
	cmd.Flags().StringArrayVar(&m.recipients, "vault-recipient", nil, "when the vault is made: let this age `RECIPIENT` open it too")
	cmd.Flags().BoolVar(&m.weak, "weak", false, "when the vault is made: accept a weak passphrase, knowingly")
	return cmd
}

func runProtectedAdd(ctx context.Context, c *console, u *unlocking, dir string, kind people.Kind, m vaultMaking) error {
	for _, file := range []func() (string, string){u.files, u.vaultFiles} {
		if p, i := file(); p == "-" || i == "-" {
			return errUsage{errors.New("standard input cannot give both names and a way in")}
		}
	}
	named, err := readPeople(c)
	if err != nil {
		return err
	}
	d, err := openCase(ctx, c, u, dir, archive.ToWrite)
	if err != nil {
		return err
	}
	defer d.Close()
	added, known := []string{}, []string{}
	lacking := map[string][]string{} // persons by script
	err = d.changePeople(ctx, c, &m, func(l *people.List) error {
		added, known = added[:0], known[:0]
		clear(lacking)
		for _, names := range named {
			id, there, err := l.Add(kind, names, time.Now().UTC().Format(time.DateOnly))
			if err != nil {
				return err
			}
			if there {
				known = append(known, id)
			} else {
				added = append(added, id)
			}
			for _, p := range l.People {
				if p.ID != id {
					continue
				}
				for _, script := range p.Lacks() {
					lacking[script] = append(lacking[script], id)
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, script := range slices.Sorted(maps.Keys(lacking)) {
		c.hint("written in %s, these are not found, for no spelling gives one for sure: %s; type one after = if the papers hold that script", script, strings.Join(lacking[script], ", "))
	}
	if c.json {
		return c.data(map[string][]string{"added": added, "known": known})
	}
	for _, id := range added {
		fmt.Fprintf(c.out, "%s\tadded\n", id)
	}
	for _, id := range known {
		fmt.Fprintf(c.out, "%s\twas on the list\n", id)
	}
	return nil
}

// readPeople reads a person a line, up to an empty line at a terminal.
func readPeople(c *console) (all [][]string, err error) {
	typed := terminal(c.in)
	if typed {
		c.say("a person a line; spellings of one person are parted by =; an empty line ends it")
	}
	r := bufio.NewScanner(io.LimitReader(c.in, 4<<20))
	for n := 1; r.Scan(); n++ {
		line := strings.TrimSpace(r.Text())
		if line == "" && typed {
			break
		}
		if line == "" {
			continue
		}
		names, err := people.Parted(line)
		if err != nil {
			return nil, errUsage{fmt.Errorf("line %d: %w", n, err)}
		}
		all = append(all, names)
	}
	if r.Err() != nil || len(all) == 0 {
		return nil, errUsage{errors.New("no name came from standard input")}
	}
	return all, nil
}

// protectedLine is one person as `protected list` prints it; docs/json.md.
type protectedLine struct {
	ID       string      `json:"id"`
	Kind     people.Kind `json:"kind"`
	Forms    int         `json:"forms"`
	Found    int         `json:"found"`
	Withheld int         `json:"withheld"`
}

func protectedListVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "list CASE",
		Short: "list protected people by number",
		Long: `Prints for each person the number, the kind of protection, in how many forms the
name is looked for, on how many pages and file names it surely stands, and on how
many of these every such place is withheld. No names.`,
		Example: "  vidimus protected list ~/cases/reservoir",
		Args:    arguments(1, 1, "protected list CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			d, l, err := openPeople(ctx, c, u, args[0])
			if err != nil {
				return err
			}
			defer d.Close()
			found, withheld, err := pipeline.NamedPages(ctx, d.Case, l.Matcher())
			if err != nil {
				return err
			}
			for _, p := range l.People {
				sure, unsure := p.Forms()
				line := protectedLine{p.ID, p.Kind, len(sure) + len(unsure), found[p.ID], withheld[p.ID]}
				if c.json {
					err = c.data(line)
				} else {
					_, err = fmt.Fprintf(c.out, "%s\t%s\t%d form(s)\ton %d page(s)\t%d withheld\n", line.ID, line.Kind, line.Forms, line.Found, line.Withheld)
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// openPeople opens a case to read, and its list.
func openPeople(ctx context.Context, c *console, u *unlocking, dir string) (*desk, people.List, error) {
	d, err := openCase(ctx, c, u, dir, archive.ToRead)
	if err != nil {
		return nil, people.List{}, err
	}
	l, err := d.people(ctx, c)
	if err != nil {
		return nil, people.List{}, errors.Join(err, d.Close())
	}
	return d, l, nil
}

// sightingLine is one place as `protected find` prints it; docs/json.md.
type sightingLine struct {
	ID        string          `json:"id"`
	Item      vidimus.ItemID  `json:"item"`
	Reading   int64           `json:"reading"`
	Where     string          `json:"where"`
	Page      int             `json:"page"`
	Certainty match.Certainty `json:"certainty"`
	How       string          `json:"how"`
	Boxes     [][4]float64    `json:"boxes"`
}

func protectedFindVerb(c *console, u *unlocking) *cobra.Command {
	var words bool
	cmd := &cobra.Command{
		Use:   "find CASE [P-NUMBER…]",
		Short: "find where protected people are named",
		Long: `Lists every place in the case where people of the list, or those given by number,
are named: in the words, OCR, comments, properties and other readings of files, and
in file names. "review" is what may be a name: look at the page. Pictures of pages that
only OCR has read are then compared with how the names look, as we draw them and as
they stand on other pages of the case: "looks alike" is what OCR did not read as the
name. No names are printed, and there is no way to look for somebody who is not on
the list, nor for another picture.`,
		Example: "  vidimus protected find ~/cases/reservoir P-014",
		Args:    arguments(1, -1, "protected find CASE [P-NUMBER…]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			d, l, err := openPeople(ctx, c, u, args[0])
			if err != nil {
				return err
			}
			defer d.Close()
			ids := args[1:]
			for i, id := range ids {
				ids[i] = strings.ToUpper(id)
				if !slices.ContainsFunc(l.People, func(p people.Person) bool { return p.ID == ids[i] }) {
					return errUsage{vidimus.WithHint(errors.New("nobody on the list has this number"), "`vidimus protected list CASE` prints the numbers; names are not taken")}
				}
			}
			err = pipeline.Sightings(ctx, d.Case, l.Matcher(ids...), pipeline.Scope{}, layout.New().Places, func(s pipeline.Sighting) error { return printSighting(c, s) })
			if err != nil || words {
				return err
			}
			return spotPages(ctx, c, d, l, pipeline.Scope{}, ids, func(s pipeline.Sighting) error { return printSighting(c, s) })
		},
	}
	cmd.Flags().BoolVar(&words, "words", false, "only look at what was read, and compare no pictures")
	return cmd
}

func printSighting(c *console, s pipeline.Sighting) error {
	line := sightingLine{s.Person, s.Item, s.Reading, s.Kind, s.Page, s.Certainty, s.How, corners(s.Boxes)}
	if c.json {
		return c.data(line)
	}
	unit := "page"
	if s.Section {
		unit = "section"
	}
	_, err := fmt.Fprintf(c.out, "%s\t%s\t%s\t%s %d\t%s (%s)\n", line.ID, line.Item, line.Where, unit, line.Page, line.Certainty, line.How)
	return err
}

func protectedRemoveVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:   "remove CASE P-NUMBER",
		Short: "take a person off the list",
		Long: `From now on the person's name leaves with any copy. The custody log says that the
list was changed. The number is not given again.`,
		Example: "  vidimus protected remove ~/cases/reservoir P-014",
		Args:    arguments(2, 2, "protected remove CASE P-NUMBER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToWrite)
			if err != nil {
				return err
			}
			defer d.Close()
			id := strings.ToUpper(args[1])
			err = d.changePeople(cmd.Context(), c, nil, func(l *people.List) error {
				if !l.Remove(id) {
					return errUsage{vidimus.WithHint(errors.New("nobody on the list has this number"), "`vidimus protected list CASE` prints the numbers; names are not taken")}
				}
				return nil
			})
			if err != nil || !c.json {
				return err
			}
			return c.data(map[string]string{"removed": id})
		},
	}
}
