package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/browser"
	"vidimus/internal/quiet"
	"vidimus/pipeline"
	"vidimus/web"
)

func openVerb(c *console, u *unlocking) *cobra.Command {
	var allowSwap bool
	cmd := &cobra.Command{
		Use:   "open CASE",
		Short: "open the reading room in a private browser window",
		Long: `Starts a server on this machine only and an installed Chromium with a fresh
profile in memory: no history, no extensions, no translation, no spell check, no
other host. Both end when the window is closed. "vault" and Enter in the terminal
opens the vault of protected people in the room, "lock" closes it. Not as root,
under which Chromium would lose its own walls.`,
		Example: "  vidimus open ~/cases/reservoir",
		Args:    arguments(1, 1, "open CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if os.Geteuid() == 0 {
				return vidimus.WithHint(errors.New("`open` does not run as root: the browser would lose its own walls"),
					"run it as an ordinary user, or use `vidimus serve CASE`")
			}
			return inRoom(cmd.Context(), c, u, args[0], allowSwap, func(ctx context.Context, s *web.Server, v *roomVault) error {
				way, err := s.WayIn()
				if err != nil {
					return err
				}
				listenFor(ctx, c, v)
				return browser.Open(ctx, way, s.Host())
			})
		},
	}
	swapFlag(cmd, &allowSwap)
	return cmd
}

// swapFlag is for what the room can have read again.
func swapFlag(cmd *cobra.Command, allow *bool) {
	cmd.Flags().BoolVar(allow, "allow-swap", false, "let the room read files again although memory is swapped to a disk in clear")
}

func serveVerb(c *console, u *unlocking) *cobra.Command {
	var allowSwap bool
	cmd := &cobra.Command{
		Use:   "serve CASE",
		Short: "serve the reading room and print the way in",
		Long: `Starts the reading room on this machine only and prints the way in: a page that
only you can read, in memory, good once and for 30 seconds. Enter prints another;
"vault" and Enter opens the vault of protected people in the room, "lock" closes it.
Your browser keeps what it shows in its own ways; prefer "open".`,
		Example: "  vidimus serve ~/cases/reservoir",
		Args:    arguments(1, 1, "serve CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return inRoom(cmd.Context(), c, u, args[0], allowSwap, func(ctx context.Context, s *web.Server, v *roomVault) error {
				return waysIn(ctx, c, s, v)
			})
		},
	}
	swapFlag(cmd, &allowSwap)
	return cmd
}

// inRoom serves the reading room of a case for as long as use lasts.
func inRoom(ctx context.Context, c *console, u *unlocking, dir string, allowSwap bool, use func(context.Context, *web.Server, *roomVault) error) error {
	d, err := openCase(ctx, c, u, dir, archive.ToRead)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.withIndex(ctx, c, archive.ToRead); err != nil {
		return err
	}
	walls, err := standing(ctx, false)
	if err != nil {
		return err
	}
	pictures := pipeline.NewPictures(d.Case, walls)
	defer pictures.Close()
	ctx, stop := context.WithCancel(ctx)
	work := newRoomWork(ctx, d, walls, allowSwap)
	defer work.wait()
	defer stop()
	if err := work.vault.atStart(ctx, c); err != nil {
		return err
	}
	room, err := d.room(ctx, pictures, work)
	if err != nil {
		return err
	}
	server, err := web.Listen(room)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	quiet.Go(func() { ended <- server.Serve(ctx) })
	err = use(ctx, server, work.vault)
	stop()
	return errors.Join(err, <-ended)
}

// typedLines gives what is typed, a line at a time: the next is read when the
// last was dealt with, so that a question at the terminal has it to itself.
func typedLines(c *console) (lines <-chan string, dealt chan<- struct{}) {
	out, back := make(chan string), make(chan struct{})
	quiet.Go(func() {
		for in := bufio.NewScanner(c.in); in.Scan(); <-back {
			out <- strings.TrimSpace(in.Text())
		}
	})
	return out, back
}

// listenFor obeys what is typed about the vault while a window is open.
func listenFor(ctx context.Context, c *console, v *roomVault) {
	if !terminal(c.in) {
		return
	}
	c.hint("type vault and Enter here to open the vault of protected people in the room, lock to close it")
	lines, dealt := typedLines(c)
	quiet.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case typed := <-lines:
				v.obey(ctx, c, typed)
				dealt <- struct{}{}
			}
		}
	})
}

// waysIn prints a way in, and another for every empty line on standard input.
func waysIn(ctx context.Context, c *console, s *web.Server, v *roomVault) error {
	lines, dealt := typedLines(c)
	if err := printWayIn(c, s); err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case typed := <-lines:
			if !v.obey(ctx, c, typed) {
				if err := printWayIn(c, s); err != nil {
					return err
				}
			}
			dealt <- struct{}{}
		}
	}
}

func printWayIn(c *console, s *web.Server) error {
	way, err := s.WayIn()
	if err != nil {
		return err
	}
	if c.json {
		return c.data(map[string]string{"way_in": way, "host": s.Host()})
	}
	_, err = fmt.Fprintf(c.out, "file://%s\n", way)
	c.say("open this page within 30 seconds, in a browser on this machine, as the same user")
	c.hint("Enter prints another; vault opens the vault of protected people in the room, lock closes it; Ctrl-C closes the room")
	return err
}
