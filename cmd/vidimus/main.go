// Command vidimus takes a leaked cache of documents from arrival to
// publication: it keeps it encrypted, reads it behind walls, and finds in it.
//
// One verb is one file of this folder; `vidimus help` is the manual.
//
// Exit codes: 0 done, 1 failed, 2 usage, 3 done with failures listed.
//
// Environment: VIDIMUS_PASSPHRASE_FILE and VIDIMUS_IDENTITY_FILE name files
// that open a case where --passphrase-file and --identity are not given;
// VIDIMUS_SIGNER_PASSPHRASE_FILE opens a signer's file, and
// VIDIMUS_VAULT_PASSPHRASE_FILE the vault of protected people.
//
// Files: a case is the folder that `vidimus init` makes (spec/archive.md).
// The compiled PDF engine is cached in the user's cache folder. The reading
// room's way in and the browser's profile lie in memory (tmpfs).
//
// Endpoints: `open` and `serve` listen on 127.0.0.1, on a port that the system
// picks. Nothing else listens, and nothing is ever sent anywhere.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"

	"vidimus/internal/machine"
	"vidimus/internal/quiet"
	"vidimus/key"
	"vidimus/sandbox"
)

func main() {
	sandbox.Main(kinds()...)
	os.Exit(run(key.ChildMain()))
}

func run(unwrap key.Unwrapper) int {
	defer quiet.Exit()
	machine.Undumpable()
	// Of SIGQUIT (Ctrl-\) and SIGABRT the Go runtime would print its stacks, and
	// on them the keys and digests that functions were called with; no setting
	// prevents that.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, unix.SIGTERM, unix.SIGHUP, unix.SIGQUIT, unix.SIGABRT)
	defer stop()
	return command(ctx, unwrap, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}

// command runs one command line and gives its exit code.
func command(ctx context.Context, unwrap key.Unwrapper, args []string, in io.Reader, out, errs io.Writer) int {
	c := &console{in: in, out: out, err: errs}
	return execute(ctx, c, manual(c, &unlocking{unwrap: unwrap}), args)
}

// execute runs a command tree on one command line and gives its exit code.
func execute(ctx context.Context, c *console, root *cobra.Command, args []string) int {
	root.SetArgs(args)
	root.SetIn(c.in)
	root.SetOut(c.out)
	root.SetErr(c.err)
	err := root.ExecuteContext(ctx)
	if err != nil && ctx.Err() != nil {
		err = errors.New("stopped; what was finished is kept")
	}
	if err != nil && strings.HasPrefix(err.Error(), "unknown command") {
		err = errUsage{errors.New("there is no such verb")}
	}
	return c.fail(err)
}

// manual is the command tree.
func manual(c *console, u *unlocking) *cobra.Command {
	root := &cobra.Command{
		Use:           "vidimus",
		Short:         "keep, read and search a leaked cache of documents",
		Long:          "vidimus takes a leaked cache of documents from the day it arrives to the day a public record of it is published.",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return errUsage{flagError(err)} })
	root.PersistentFlags().BoolVar(&c.json, "json", false, "print JSON (docs/json.md)")
	root.PersistentFlags().StringVar(&u.passphraseFile, "passphrase-file", "", "read the passphrase from the first line of `FILE`")
	root.PersistentFlags().StringVar(&u.identityFile, "identity", "", "open with the age identities in `FILE`")
	root.PersistentFlags().StringVar(&u.vaultPassphraseFile, "vault-passphrase-file", "", "open the vault of protected people with the first line of `FILE`")
	root.PersistentFlags().StringVar(&u.vaultIdentityFile, "vault-identity", "", "open the vault with the age identities in `FILE`")
	root.PersistentFlags().BoolVar(&u.noState, "no-state", false, "neither remember on this machine which state of the case was the newest, nor ask it")
	root.AddCommand(correctVerb(c, u))
	root.AddCommand(understandVerbs(c, u)...)
	root.AddCommand(
		initVerb(c, u), addVerb(c, u), ocrVerb(c, u), retryVerb(c, u), rereadVerb(c, u), statusVerb(c, u), listVerb(c, u), namesVerb(c, u), searchVerb(c, u),
		showVerb(c, u), exportVerb(c, u), auditVerb(c, u), backupVerb(c, u), restoreVerb(c, u), logVerb(c, u), indexVerb(c, u), keyVerb(c, u), openVerb(c, u), serveVerb(c, u), licencesVerb(c),
		receiptVerb(c, u), tracesVerb(c, u), redactVerb(c, u), approveVerb(c, u), editionVerb(c, u), questionVerb(c, u), shellVerb(c, u), doctorVerb(c), firstDay(),
		signerVerb(c, u), holdVerb(c, u), disposeVerb(c, u), destroyVerb(c, u), passageVerb(c, u), protectedVerb(c, u), spellingsVerb(c, u),
	)
	return root
}

// flagError keeps what was typed out of the message: it may be a word of the
// case, and messages are kept in places.
func flagError(err error) error {
	if s := err.Error(); strings.HasPrefix(s, "unknown flag") || strings.HasPrefix(s, "unknown shorthand") {
		return errors.New("there is no such flag; a query that begins with - is given by `-` and standard input")
	}
	return errors.New("a flag's value does not fit it")
}

// arguments checks how many were given.
func arguments(least, most int, usage string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < least || (most >= 0 && len(args) > most) {
			return errUsage{errors.New("usage: vidimus " + usage)}
		}
		return nil
	}
}
