package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/read/layout"
	"vidimus/search"
)

func passageVerb(c *console, u *unlocking) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "passage",
		Short: "what readers have marked: add, list, show, note, tag, star, move, remove",
		Long: `A passage is a stretch of a page that a reader has marked. It stays on the
reading that it was marked on. When the page is read anew the passage is "stale":
it still opens, on the words of then, until a person moves it.`,
		Example: "  vidimus passage add ~/cases/reservoir ITEM --page 2 --quote -\n  vidimus passage list ~/cases/reservoir",
		Args: func(*cobra.Command, []string) error {
			return errUsage{errors.New("usage: vidimus passage add|list|show|note|tag|star|move|remove CASE …")}
		},
		RunE: func(*cobra.Command, []string) error { return nil },
	}
	cmd.AddCommand(passageAddVerb(c, u), passageListVerb(c, u), passageShowVerb(c, u), passageMoveVerb(c, u), passageRemoveVerb(c, u),
		passageChangeVerb(c, u, "note", "write a note on a passage, in place of the one before", setNote),
		passageChangeVerb(c, u, "tag", "give a passage tags, one a line, in place of those before", setTags),
		passageStarVerb(c, u))
	return cmd
}

// selecting is how a person selects on a page.
type selecting struct {
	pipeline.Selection
	quote string
}

func (s *selecting) flags(cmd *cobra.Command) {
	cmd.Flags().IntVar(&s.Page, "page", 0, "page or section `N`, from 1")
	cmd.Flags().Int64Var(&s.Reading, "reading", 0, "of reading `N`, as a hit names it; by default the current one")
	cmd.Flags().StringVar(&s.quote, "quote", "", "`-` reads the words from standard input")
	cmd.Flags().IntVar(&s.Nth, "nth", 0, "the `N`th place on the page where these words stand")
	cmd.Flags().IntVar(&s.Start, "start", 0, "instead of words: the first `CHARACTER` of the page's text, from 0")
	cmd.Flags().IntVar(&s.End, "end", 0, "the `CHARACTER` after the last")
}

// selection reads what was selected. The words are the case's: no argument.
func (s *selecting) selection(c *console) (pipeline.Selection, error) {
	switch {
	case s.quote != "" && s.quote != "-":
		return s.Selection, vidimus.WithHint(errUsage{errors.New("--quote takes - only: the words themselves come from standard input")},
			"arguments stay in the shell's history and in the list of processes")
	case s.quote == "-" && s.End != 0:
		return s.Selection, errUsage{errors.New("either --quote - or --start and --end says what is selected")}
	case s.Page < 1:
		return s.Selection, errUsage{errors.New("--page says which page, from 1")}
	}
	if s.quote == "-" {
		w, err := words(c, "-")
		if err != nil || w == "" {
			return s.Selection, errUsage{errors.New("no words came from standard input")}
		}
		s.Quote = w
	}
	return s.Selection, nil
}

func passageAddVerb(c *console, u *unlocking) *cobra.Command {
	var s selecting
	cmd := &cobra.Command{
		Use:   "add CASE ITEM",
		Short: "mark a passage",
		Long: `Marks the words that standard input gives, where they stand on the page: as they
are written there, or else as search compares them. Where they stand there more
than once, --nth says which. --start and --end select by characters instead.`,
		Example: "  vidimus passage add ~/cases/reservoir ITEM --page 2 --quote - < words\n  vidimus passage add ~/cases/reservoir ITEM --page 2 --start 10 --end 40",
		Args:    arguments(2, 2, "passage add CASE ITEM --page N --quote - | --start A --end B"),
		RunE: func(cmd *cobra.Command, args []string) error {
			item, err := vidimus.ParseItemID(args[1])
			if err != nil {
				return errUsage{err}
			}
			sel, err := s.selection(c)
			if err != nil {
				return err
			}
			if sel.Quote == "" && sel.End == 0 {
				return errUsage{errors.New("--quote - or --start and --end says what is selected")}
			}
			sel.Item = item
			return withPassages(cmd.Context(), c, u, args[0], func(d *desk) error {
				p, err := pipeline.Mark(cmd.Context(), d.Case, sel, vidimus.Passage{})
				if err != nil {
					return err
				}
				return showPassage(cmd.Context(), c, d, p.Number)
			})
		},
	}
	s.flags(cmd)
	return cmd
}

func withPassages(ctx context.Context, c *console, u *unlocking, dir string, work func(*desk) error) error {
	return opened(ctx, c, u, dir, archive.ToWrite, work)
}

// passageNumber reads the number of a passage, of which ids are made for people.
func passageNumber(arg string) (int64, error) {
	n, err := strconv.ParseInt(arg, 10, 64)
	if err != nil || n < 1 {
		return 0, errUsage{errors.New("the number of a passage is wanted, as `vidimus passage list` gives it")}
	}
	return n, nil
}

func passageMoveVerb(c *console, u *unlocking) *cobra.Command {
	var s selecting
	cmd := &cobra.Command{
		Use:   "move CASE NUMBER",
		Short: "put a passage where its words stand in another reading",
		Long: `Moves the passage to a page of the current reading, or of the one named: to its
own words there, or to those selected. "passage show" says where its words stand
now. Note, tags and star stay.`,
		Example: "  vidimus passage move ~/cases/reservoir 12 --page 2",
		Args:    arguments(2, 2, "passage move CASE NUMBER --page N [--nth N | --quote - | --start A --end B]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := passageNumber(args[1])
			if err != nil {
				return err
			}
			sel, err := s.selection(c)
			if err != nil {
				return err
			}
			return withPassages(cmd.Context(), c, u, args[0], func(d *desk) error {
				if _, err := pipeline.Move(cmd.Context(), d.Case, n, sel); err != nil {
					return err
				}
				return showPassage(cmd.Context(), c, d, n)
			})
		},
	}
	s.flags(cmd)
	return cmd
}

func passageShowVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "show CASE NUMBER",
		Short:   "show a passage, and where the words of a stale one stand now",
		Long:    "Prints one passage with all that is written on it.",
		Example: "  vidimus passage show ~/cases/reservoir 12",
		Args:    arguments(2, 2, "passage show CASE NUMBER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := passageNumber(args[1])
			if err != nil {
				return err
			}
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			return showPassage(cmd.Context(), c, d, n)
		},
	}
}

func showPassage(ctx context.Context, c *console, d *desk, n int64) error {
	var p vidimus.Passage
	err := d.View(ctx, func(tx archive.Tx) (err error) {
		p, err = tx.Passages().Get(n)
		return err
	})
	if errors.Is(err, archive.ErrNotFound) {
		return vidimus.WithHint(errors.New("there is no such passage"), "`vidimus passage list CASE` numbers them")
	} else if err != nil {
		return err
	}
	m, err := pipeline.Stand(ctx, d.Case, p, layout.New().Places, true)
	if err != nil {
		return err
	}
	return printPassage(c, m)
}

func passageListVerb(c *console, u *unlocking) *cobra.Command {
	var item, query string
	cmd := &cobra.Command{
		Use:   "list CASE",
		Short: "list the passages of a case",
		Long: `Prints every passage with its state: "current", or "stale" when its page was read
anew. --search finds in the words, notes and tags of passages, in the language
of "search".`,
		Example: "  vidimus passage list ~/cases/reservoir --search -",
		Args:    arguments(1, 1, "passage list CASE [--item ITEM] [--search -]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPassageList(cmd.Context(), c, u, args[0], item, query)
		},
	}
	cmd.Flags().StringVar(&item, "item", "", "only those of `ITEM`")
	cmd.Flags().StringVar(&query, "search", "", "`-` reads a query from standard input")
	return cmd
}

func runPassageList(ctx context.Context, c *console, u *unlocking, dir, item, query string) (err error) {
	var only vidimus.ItemID
	if item != "" {
		if only, err = vidimus.ParseItemID(item); err != nil {
			return errUsage{err}
		}
	}
	var q search.Query
	if query != "" {
		typed, err := words(c, query)
		if err == nil {
			q, err = search.Parse(typed)
		}
		if err != nil {
			return errUsage{err}
		}
	}
	d, err := openCase(ctx, c, u, dir, archive.ToRead)
	if err != nil {
		return err
	}
	defer d.Close()
	return asked(pipeline.Passages(ctx, d.Case, only, q, layout.New().Places, func(m pipeline.Marked) error { return printPassage(c, m) }))
}

func passageRemoveVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "remove CASE NUMBER",
		Short:   "take a passage off",
		Long:    "Removes the mark, its note and tags. The page stays as it is; the number is not given again.",
		Example: "  vidimus passage remove ~/cases/reservoir 12",
		Args:    arguments(2, 2, "passage remove CASE NUMBER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := passageNumber(args[1])
			if err != nil {
				return err
			}
			return withPassages(cmd.Context(), c, u, args[0], func(d *desk) error {
				if err := pipeline.RemovePassage(cmd.Context(), d.Case, n); err != nil || !c.json {
					return err
				}
				return c.data(map[string]int64{"removed": n})
			})
		},
	}
}

// passageChangeVerb is `passage note` and `passage tag`, which read what they
// write from standard input.
func passageChangeVerb(c *console, u *unlocking, name, short string, set func(*vidimus.Passage, string) error) *cobra.Command {
	return &cobra.Command{
		Use:     name + " CASE NUMBER -",
		Short:   short,
		Long:    "Reads from standard input; nothing there removes what was.",
		Example: "  vidimus passage " + name + " ~/cases/reservoir 12 -",
		Args:    arguments(3, 3, "passage "+name+" CASE NUMBER -"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := passageNumber(args[1])
			if err != nil {
				return err
			}
			if args[2] != "-" {
				return vidimus.WithHint(errUsage{errors.New("- reads it from standard input: words of the case are no arguments")},
					"arguments stay in the shell's history and in the list of processes")
			}
			b, err := io.ReadAll(io.LimitReader(c.in, 64<<10))
			if err != nil || !utf8.Valid(b) {
				return errUsage{errors.New("standard input cannot be read as text")}
			}
			return withPassages(cmd.Context(), c, u, args[0], func(d *desk) error {
				err := pipeline.ChangePassage(cmd.Context(), d.Case, n, func(_ archive.Tx, p *vidimus.Passage) error {
					return set(p, strings.TrimSpace(string(b)))
				})
				if err != nil {
					return err
				}
				return showPassage(cmd.Context(), c, d, n)
			})
		},
	}
}

func setNote(p *vidimus.Passage, text string) error { p.Note = text; return nil }

func setTags(p *vidimus.Passage, text string) error {
	p.Tags = nil
	for _, tag := range strings.Split(text, "\n") {
		tag = strings.Join(strings.Fields(tag), " ")
		if utf8.RuneCountInString(tag) > maxLabel || strings.ContainsFunc(tag, unicode.IsControl) {
			return errUsage{fmt.Errorf("a tag is one line of at most %d characters", maxLabel)}
		}
		if tag != "" {
			p.Tags = append(p.Tags, tag)
		}
	}
	return nil
}

func passageStarVerb(c *console, u *unlocking) *cobra.Command {
	off := false
	cmd := &cobra.Command{
		Use:     "star CASE NUMBER",
		Short:   "star a passage, or take the star off",
		Long:    "A star is for what must not be overlooked.",
		Example: "  vidimus passage star ~/cases/reservoir 12",
		Args:    arguments(2, 2, "passage star CASE NUMBER [--off]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := passageNumber(args[1])
			if err != nil {
				return err
			}
			return withPassages(cmd.Context(), c, u, args[0], func(d *desk) error {
				err := pipeline.ChangePassage(cmd.Context(), d.Case, n, func(_ archive.Tx, p *vidimus.Passage) error {
					p.Star = !off
					return nil
				})
				if err != nil {
					return err
				}
				return showPassage(cmd.Context(), c, d, n)
			})
		},
	}
	cmd.Flags().BoolVar(&off, "off", false, "take the star off")
	return cmd
}
