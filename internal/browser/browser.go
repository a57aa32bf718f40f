// Package browser opens the reading room in a private window of an installed
// Chromium: a fresh profile in memory that goes away with the window, no
// extensions, sync, translation, spell checker, password store, updates or
// background traffic, and no host but the room's own.
//
// A person's own browser keeps history, sends Chinese pages to a translator
// and words to a spell checker, and copies both to other machines. That is
// why the room is not opened in it.
package browser

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"vidimus"
	"vidimus/internal/volatile"
)

// profilePurpose names the folders in memory that hold a profile.
const profilePurpose = "browser"

// patience is how long a browser that was told to end may take.
const patience = 5 * time.Second

// Errors that callers decide on.
var (
	ErrRoot = vidimus.WithHint(errors.New("open a browser as root: it would lose its own walls"),
		"run this as an ordinary user, or use `vidimus serve`")
	ErrNoDisplay = vidimus.WithHint(errors.New("open a window: there is no display"),
		"use `vidimus serve`, which prints the way in")
	ErrNone = vidimus.WithHint(errors.New("find a browser: no Chromium is installed"),
		"install one (Debian: apt install chromium), or use `vidimus serve`")
)

// names are the programs to look for, the most open one first. Chromium from a
// snap is left out: it sees no folder in memory.
var names = []string{"chromium", "google-chrome-stable", "google-chrome", "chrome", "brave-browser", "microsoft-edge-stable"}

// Find gives the path of an installed Chromium.
func Find() (string, error) {
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if real, err := filepath.EvalSymlinks(path); err == nil && !strings.Contains(real, "snap") {
			return path, nil
		}
	}
	return "", ErrNone
}

// Open shows the page at the path wayIn, which leads to host, and waits until
// the window is closed, ctx ends, or a signal ends the program. The profile
// is gone when it returns.
func Open(ctx context.Context, wayIn, host string) error {
	if os.Geteuid() == 0 {
		return ErrRoot
	}
	if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return ErrNoDisplay
	}
	program, err := Find()
	if err != nil {
		return err
	}
	return open(ctx, program, wayIn, host)
}

func open(ctx context.Context, program, wayIn, host string) (err error) {
	if err := volatile.Sweep(profilePurpose); err != nil {
		return fmt.Errorf("remove an old browser profile: %w", err)
	}
	dir, err := volatile.New(profilePurpose)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove(dir)) }()
	profile := filepath.Join(dir.Path, "profile")
	if err := writePreferences(profile); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	cmd := exec.CommandContext(ctx, program, append(flags(profile, host), "--app=file://"+wayIn)...)
	cmd.Env = environment(os.Environ(), dir.Path)
	cmd.WaitDelay = patience
	err = run(cmd)
	if ctx.Err() != nil {
		return nil // we ended it
	}
	if err != nil {
		return fmt.Errorf("run the browser: %w", err)
	}
	return nil
}

// remove tries for a while: the browser's last children may still be writing.
func remove(dir *volatile.Dir) error {
	for range 20 {
		if err := os.RemoveAll(filepath.Join(dir.Path, "profile")); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return dir.Remove()
}

// flags keep everything in the profile and everybody out of it.
func flags(profile, host string) []string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return []string{
		"--user-data-dir=" + profile,
		"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE " + host,
		"--test-type", // without it a bar over every page names the flag above, and with it the host
		"--no-first-run",
		"--no-default-browser-check",
		"--no-pings",
		"--no-proxy-server",
		"--no-service-autorun",
		"--bwsi", // no sign-in, no sync, no extensions of the system
		"--disable-background-mode",
		"--disable-background-networking",
		"--disable-breakpad",
		"--disable-client-side-phishing-detection",
		"--disable-component-extensions-with-background-pages",
		"--disable-component-update",
		"--disable-crash-reporter",
		"--disable-default-apps",
		"--disable-domain-reliability",
		"--disable-extensions",
		"--disable-field-trial-config",
		"--disable-search-engine-choice-screen",
		"--disable-sync",
		"--disable-features=" + strings.Join(features, ","),
		"--metrics-recording-only",
		"--password-store=basic",
		"--use-mock-keychain",
	}
}

// features of Chromium that would send, keep or offer something.
var features = []string{
	"Translate", "TranslateUI", "OptimizationHints", "OptimizationGuideModelDownloading", "MediaRouter", "DialMediaRouteProvider",
	"InterestFeedContentSuggestions", "CertificateTransparencyComponentUpdater", "AutofillServerCommunication",
	"DnsOverHttps", "AsyncDns", "NetworkPrediction", "SpellcheckServiceMultilingual", "LensOverlay", "PasswordManagerOnboarding",
	"GlobalMediaControls", "Reporting", "PrivacySandboxSettings4",
}
