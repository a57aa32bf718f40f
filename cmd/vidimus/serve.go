package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"

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
other host. Both end when the window is closed. Not as root, under which
Chromium would lose its own walls.`,
		Example: "  vidimus open ~/cases/reservoir",
		Args:    arguments(1, 1, "open CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if os.Geteuid() == 0 {
				return vidimus.WithHint(errors.New("`open` does not run as root: the browser would lose its own walls"),
					"run it as an ordinary user, or use `vidimus serve CASE`")
			}
			return inRoom(cmd.Context(), c, u, args[0], allowSwap, func(ctx context.Context, s *web.Server) error {
				way, err := s.WayIn()
				if err != nil {
					return err
				}
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
only you can read, in memory, good once and for 30 seconds. Enter prints another.
Your browser keeps what it shows in its own ways; prefer "open".`,
		Example: "  vidimus serve ~/cases/reservoir",
		Args:    arguments(1, 1, "serve CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return inRoom(cmd.Context(), c, u, args[0], allowSwap, func(ctx context.Context, s *web.Server) error {
				return waysIn(ctx, c, s)
			})
		},
	}
	swapFlag(cmd, &allowSwap)
	return cmd
}

// inRoom serves the reading room of a case for as long as use lasts.
func inRoom(ctx context.Context, c *console, u *unlocking, dir string, allowSwap bool, use func(context.Context, *web.Server) error) error {
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
	again := &rereader{ctx: ctx, d: d, walls: walls, allowSwap: allowSwap}
	defer again.wait()
	defer stop()
	room, err := d.room(ctx, pictures, again)
	if err != nil {
		return err
	}
	server, err := web.Listen(room)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	quiet.Go(func() { ended <- server.Serve(ctx) })
	err = use(ctx, server)
	stop()
	return errors.Join(err, <-ended)
}

// waysIn prints a way in, and another for every line on standard input.
func waysIn(ctx context.Context, c *console, s *web.Server) error {
	lines := make(chan struct{})
	quiet.Go(func() {
		for in := bufio.NewScanner(c.in); in.Scan(); {
			lines <- struct{}{}
		}
	})
	for {
		way, err := s.WayIn()
		if err != nil {
			return err
		}
		if c.json {
			err = c.data(map[string]string{"way_in": way, "host": s.Host()})
		} else {
			_, err = fmt.Fprintf(c.out, "file://%s\n", way)
			c.say("open this page within 30 seconds, in a browser on this machine, as the same user")
			c.hint("Enter prints another; Ctrl-C closes the room")
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-lines:
		}
	}
}
