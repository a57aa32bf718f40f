package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/machine"
	"vidimus/key"
)

type initFlags struct {
	recipients                []string
	weak, allowSwap, practice bool
	recovery                  bool
}

func initVerb(c *console, u *unlocking) *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use:   "init CASE",
		Short: "make a new, empty, encrypted case",
		Long: `Makes the folder CASE. It opens with a passphrase, with age identities
(--recipient), or with either. Without one of them nobody can open it: there is
no other way in, and no reset.`,
		Example: "  vidimus init ~/cases/reservoir\n  vidimus init ~/cases/reservoir --recipient age1…",
		Args:    arguments(1, 1, "init CASE [--recipient age1…]"),
		RunE:    func(cmd *cobra.Command, args []string) error { return runInit(cmd, c, u, args[0], f) },
	}
	cmd.Flags().StringArrayVar(&f.recipients, "recipient", nil, "open with the identity of this age recipient (`age1…`; repeatable)")
	cmd.Flags().BoolVar(&f.weak, "weak", false, "accept a weak passphrase, knowingly")
	cmd.Flags().BoolVar(&f.allowSwap, "allow-swap", false, "go on although memory is swapped to a disk in clear")
	cmd.Flags().BoolVar(&f.recovery, "recovery", false, "print a recovery key for paper, once, without asking")
	cmd.Flags().BoolVar(&f.practice, "practice", false, "a case for the invented practice leak only")
	return cmd
}

func runInit(cmd *cobra.Command, c *console, u *unlocking, dir string, f initFlags) error {
	if err := fitForCase(dir, f.allowSwap); err != nil {
		return err
	}
	warn(c, machine.Here().Case(whole(dir)))
	passphrase, err := u.newPassphrase(c, f)
	if err != nil {
		return err
	}
	if err := emptyFolder(dir); err != nil {
		return err
	}
	id := archive.NewID()
	k, files, err := key.Create(archive.KeysFolder(dir), id, key.Ways{Passphrase: passphrase, Recipients: f.recipients})
	if err != nil {
		return err
	}
	first := func(w *archive.Work) error { return w.PutRoster("begun", archive.NewWays(files)) }
	if err := archive.Make(cmd.Context(), dir, id, k, engines(), f.practice, first); err != nil {
		return err
	}
	ways := len(files)
	printed, err := f.offerRecovery(cmd.Context(), c, u, dir, k)
	if err != nil {
		return err
	}
	if printed {
		ways++
	}
	if c.json {
		return c.data(map[string]any{"case": id, "ways": ways})
	}
	c.say("the case is made; %d way(s) into it; without one of them nobody can open it", ways)
	c.hint("next: read `vidimus help first-day`; then vidimus add CASE FOLDER")
	return nil
}

// fitForCase refuses what design or experience says loses cases.
func fitForCase(dir string, allowSwap bool) error {
	if name, remote := machine.FileSystem(dir); name != "" {
		what := "breaks locks and file modes"
		if remote {
			what = "lies on a network, where locks break and others can watch"
		}
		return vidimus.WithHint(fmt.Errorf("the file system there is %s, which %s", name, what), "keep the case on a local disk")
	}
	return swapStop(allowSwap)
}

// swapStop refuses to work where memory is written to a disk in clear.
func swapStop(allow bool) error {
	plain, err := machine.PlainSwap()
	if err != nil {
		return errors.New("cannot tell whether memory is swapped to a disk")
	}
	if len(plain) == 0 || allow {
		return nil
	}
	return vidimus.WithHint(fmt.Errorf("memory is swapped to a disk in clear (%d area(s)): what is read would be written there", len(plain)),
		"switch it off with `swapoff -a` or encrypt it; --allow-swap goes on knowingly")
}

// emptyFolder makes dir, or accepts it when nothing is in it.
func emptyFolder(dir string) error {
	if err := os.Mkdir(dir, 0o700); err == nil {
		return nil
	} else if !errors.Is(err, os.ErrExist) {
		return vidimus.WithHint(errors.New("the folder for the case cannot be made"), "check that the folder above exists and can be written")
	}
	if _, err := os.Lstat(filepath.Join(dir, "format")); err == nil {
		return vidimus.WithHint(errors.New("there is a case already"), "use it, or name another folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) > 0 {
		return vidimus.WithHint(errors.New("the folder for the case is not empty"), "name one that does not exist yet; what a stopped `init` left may be deleted")
	}
	return os.Chmod(dir, 0o700)
}

// newPassphrase asks for one, proposing seven words, unless a file names it or
// recipients are enough.
func (u *unlocking) newPassphrase(c *console, f initFlags) (string, error) {
	file, _ := u.files()
	if file == "" && len(f.recipients) > 0 {
		return "", nil
	}
	return u.choosePassphrase(c, file, f.weak)
}

// choosePassphrase takes a new one from the file, or asks for it.
func (u *unlocking) choosePassphrase(c *console, file string, acceptWeak bool) (p string, err error) {
	if file != "" {
		p, err = u.passphrase(c, file)
	} else {
		p, err = askNew(c)
	}
	if err != nil {
		return "", err
	}
	if reason, weak := key.Weak(p); weak && !acceptWeak {
		return "", vidimus.WithHint(errors.New("the passphrase is weak: "+reason+"; whoever has a copy of the case can try billions, for years"),
			"take the seven words that are proposed; --weak accepts it knowingly")
	}
	return p, nil
}

func askNew(c *console) (string, error) {
	words, err := key.Propose()
	if err != nil {
		return "", err
	}
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return "", vidimus.WithHint(errors.New("there is no terminal to ask for a passphrase"), "name a file with --passphrase-file FILE, or a recipient with --recipient age1…")
	}
	defer tty.Close()
	fmt.Fprintf(tty, "A passphrase, drawn at random (90 bits). Write it on paper now; nothing else keeps it:\n\n    %s\n\nPress Enter to take it, or type your own: ", words)
	first, err := term.ReadPassword(int(tty.Fd()))
	fmt.Fprintln(tty)
	if err != nil {
		return "", errors.New("no passphrase was typed")
	}
	if len(first) == 0 {
		return words, confirm(tty, words)
	}
	return string(first), confirm(tty, string(first))
}

// confirm has the person type the passphrase once more, from the paper.
func confirm(tty *os.File, want string) error {
	fmt.Fprint(tty, "Type it again, from the paper: ")
	again, err := term.ReadPassword(int(tty.Fd()))
	fmt.Fprintln(tty)
	if err != nil || strings.Join(strings.Fields(string(again)), " ") != strings.Join(strings.Fields(want), " ") {
		return vidimus.WithHint(errors.New("the two do not agree"), "begin again; nothing was made")
	}
	return nil
}
