package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"vidimus"
	"vidimus/archive"
	"vidimus/key"
)

const shellRules = `One prompt for all verbs, with CASE filled in: "search water level", "status",
"show ITEM --text". The case is unlocked once. What is typed stands in no history
file and in no list of processes; the lines before are kept in memory until the
case is locked.

  help     this, and the verbs        help VERB   one of them
  lock     forget the keys and the lines before; the next verb asks again
  quit     lock and leave; so does Ctrl-D, and Ctrl-C where nothing runs

Words are parted by spaces. '…' and "…" hold words together and are left out. In
"search" they are not: all the line is the query, quotation marks included. Where
a verb takes -, the lines that follow are its standard input, up to a line with a
single dot. Nothing else is special: no variables, no pipes, no globs.

The case is locked when nothing was typed for 10 minutes (--idle). With a
passphrase file or an identity file the next verb opens it again by itself: keep
such a file where it cannot be read while you are away.

From a pipe the lines are a script: it goes on after a line that failed, and ends
with the exit code of the first that did.`

func shellVerb(c *console, u *unlocking) *cobra.Command {
	idle := 10 * time.Minute
	cmd := &cobra.Command{
		Use:     "shell CASE",
		Short:   "one prompt for all verbs, without a history",
		Long:    shellRules,
		Example: "  vidimus shell ~/cases/reservoir\n  vidimus shell ~/cases/reservoir --idle 2m < questions",
		Args:    arguments(1, 1, "shell CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if u.session != nil {
				return errUsage{errors.New("this is a shell already")}
			}
			if p, i := u.files(); p == "-" || i == "-" {
				return errUsage{errors.New("the shell reads its lines from standard input: name a file with the passphrase or the identity")}
			}
			if idle < time.Second {
				return errUsage{errors.New("--idle is a second or more, like 90s or 10m")}
			}
			return newShell(c, u, args[0], idle).run(cmd.Context())
		},
	}
	cmd.Flags().DurationVar(&idle, "idle", idle, "lock the case when nothing was typed for this `TIME`")
	return cmd
}

// session is a case that stays unlocked between verbs.
type session struct {
	dir string
	way *unlocking // how the person opened the shell
	key *key.CaseKey
	// files are the names of the key files when it was unlocked. A change of
	// the case key, here or in another program, gives all of them new ones.
	files []string
}

// keys gives the keys that are kept, or asks for the way in again.
func (s *session) keys(c *console) (key.CaseKey, error) {
	if err := archive.Settle(s.dir); err != nil {
		return key.CaseKey{}, err
	}
	files := keyFiles(s.dir)
	if s.key == nil || !slices.Equal(files, s.files) {
		k, err := s.way.keys(c, s.dir)
		if err != nil {
			return k, err
		}
		s.key, s.files = &k, files
	}
	return *s.key, nil
}

func keyFiles(dir string) (names []string) {
	entries, _ := os.ReadDir(archive.KeysFolder(dir)) // in the order of names
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// shell runs the verbs of one case from lines.
type shell struct {
	*session
	c     *console
	lines *lines
	code  int // of the first line that failed
}

func newShell(c *console, u *unlocking, dir string, idle time.Duration) *shell {
	return &shell{session: &session{dir: dir, way: u}, c: c, lines: newLines(c, idle)}
}

// run reads and runs lines until there are no more. Signals that would end a
// verb end that verb only; those that end a program end the shell too.
func (s *shell) run(ctx context.Context) error {
	ctx, stop := signal.NotifyContext(context.WithoutCancel(ctx), unix.SIGTERM, unix.SIGHUP)
	defer stop()
	defer s.lock()
	if _, err := s.keys(s.c); err != nil {
		return err
	}
	for ctx.Err() == nil {
		line, err := s.lines.next(ctx)
		switch {
		case errors.Is(err, errIdle):
			s.lock()
			s.c.say("locked: nothing was typed for a while")
		case err != nil:
			return s.ended(err)
		case line == "quit" || line == "exit":
			return s.ended(io.EOF)
		case line == "lock":
			s.lock()
			s.c.say("locked")
		case line != "":
			if code := s.one(ctx, line); s.code == 0 {
				s.code = code
			}
		}
	}
	return s.ended(io.EOF)
}

// ended gives what the shell ends with.
func (s *shell) ended(err error) error {
	if err != io.EOF {
		return errors.New("the next line cannot be read")
	}
	if s.code != 0 && !s.lines.typed() {
		return errCode(s.code)
	}
	return nil
}

// lock forgets the keys, the lines before, and what was half typed. Go gives no
// way to overwrite every copy of a key: docs/threats.md.
func (s *shell) lock() {
	s.key = nil
	s.lines.forget()
}

// one runs one line and gives its exit code.
func (s *shell) one(ctx context.Context, line string) int {
	words, err := splitLine(line)
	if err != nil {
		return s.c.fail(err)
	}
	if words[0] == "help" && len(words) == 1 {
		fmt.Fprint(s.c.out, shellRules+"\n\n")
	}
	c := &console{in: s.lines.input(words[0]), out: s.c.out, err: s.c.err}
	root := manual(c, &unlocking{unwrap: s.way.unwrap, session: s.session})
	c.json = s.c.json
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	return execute(ctx, c, root, s.fill(root, words))
}

// fill puts the case behind the verb where the verb's usage begins with it.
func (s *shell) fill(root *cobra.Command, words []string) []string {
	verb, rest, err := root.Find(words)
	if err != nil || verb == root || slices.Contains(rest, "--help") || slices.Contains(rest, "-h") {
		return words
	}
	usage := strings.Fields(verb.Use)
	if len(usage) < 2 || !strings.HasPrefix(strings.TrimPrefix(usage[1], "["), "CASE") {
		return words
	}
	named := slices.ContainsFunc(rest, func(w string) bool { return !strings.HasPrefix(w, "-") })
	if usage[1][0] == '[' && named {
		return words // another one is named
	}
	if verb.Name() == "search" {
		rest = oneQuery(verb, rest)
	}
	path := strings.Fields(verb.CommandPath())[1:]
	return slices.Concat(path, []string{s.dir}, rest)
}

// oneQuery joins all that is no flag into one query.
func oneQuery(verb *cobra.Command, rest []string) []string {
	var flags, query []string
	for i := 0; i < len(rest); i++ {
		name, isFlag := strings.CutPrefix(rest[i], "--")
		known := verb.Flag(strings.SplitN(name, "=", 2)[0])
		if !isFlag || known == nil {
			query = append(query, rest[i])
			continue
		}
		flags = append(flags, rest[i])
		if known.NoOptDefVal == "" && !strings.Contains(name, "=") && i+1 < len(rest) {
			i++
			flags = append(flags, rest[i])
		}
	}
	if len(query) == 0 {
		return rest
	}
	return slices.Concat(flags, []string{"--", strings.Join(query, " ")})
}

// splitLine parts a line into words.
func splitLine(line string) ([]string, error) {
	if words := strings.Fields(line); words[0] == "search" {
		return words, nil
	}
	var words []string
	var word strings.Builder
	begun, quote := false, rune(0)
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if quote != 0 {
		return nil, errUsage{vidimus.WithHint(errors.New("a quotation mark is not closed"), "'…' and \"…\" hold words together; quote the one with the other")}
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}
