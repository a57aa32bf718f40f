package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/read/ocr"
	"vidimus/read/ocr/pack"
)

// packs is the folder where this user's OCR packs are installed.
func packs() (string, error) {
	dir := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(dir) { // as the XDG specification says
		home, err := os.UserHomeDir()
		if err != nil {
			return "", vidimus.WithHint(errors.New("find your folder for program data: the system names no home"), "set XDG_DATA_HOME")
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "vidimus", "ocr"), nil
}

// findOCR is Tesseract, with the pack where one is installed.
func findOCR(ctx context.Context) (*ocr.Engine, error) {
	e, err := ocr.Find(ctx)
	if err != nil {
		return nil, err
	}
	folder, err := packs()
	if err != nil {
		return e, nil // who has no home has no pack
	}
	p, err := pack.Installed(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return e, nil
	} else if err != nil {
		return nil, err
	}
	return e, e.With(ctx, p)
}

// packSeen names the installed pack without trying it; "" where there is none.
func packSeen() string {
	folder, err := packs()
	if err != nil {
		return ""
	}
	p, _ := pack.Seen(folder)
	return ocr.PackName(p)
}

// producers are those of this version, on this machine.
func producers() pipeline.Producers {
	return pipeline.Producers{Reader: producer(), OCR: ocr.Version, Pack: packSeen()}
}

// ocrPack is a pack as `ocr install` prints it; docs/json.md.
type ocrPack struct {
	Engine    string         `json:"engine"`
	Version   string         `json:"version"`
	Languages []string       `json:"languages"`
	Bytes     int64          `json:"bytes"`
	Digest    string         `json:"digest"`
	Licences  []pack.Licence `json:"licences"`
	Installed bool           `json:"installed"`
}

func ocrInstallVerb(c *console) *cobra.Command {
	var digest string
	var look bool
	cmd := &cobra.Command{
		Use:   "install FILE",
		Short: "install an OCR pack: PP-OCR, for Chinese",
		Long: `Checks a pack that "make ocr-pack" wrote, shows its digest, version and licences,
and installs it for this user, readable by nobody else. From then on, pages and
lines of Chinese are read by it; all others, by Tesseract as before.

A pack is a program, and it runs on this computer. It gets no network and no file
but the pictures of pages, yet what it says of them is what you will read. Install
only what somebody you trust has built, and compare the digest with theirs:
--look only shows it; with --digest a pack that has another is refused.`,
		Example: "  vidimus ocr install --look vidimus-ppocr.pack\n  vidimus ocr install vidimus-ppocr.pack --digest 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
		Args:    arguments(1, 1, "ocr install FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if b, err := hex.DecodeString(digest); digest != "" && (err != nil || len(b) != 32) {
				return errUsage{errors.New("a digest is 64 hexadecimal digits")}
			}
			if look {
				p, err := pack.Look(args[0])
				if err != nil {
					return err
				}
				return c.showPack(p, false)
			}
			return installPack(cmd.Context(), c, args[0], digest)
		},
	}
	cmd.Flags().StringVar(&digest, "digest", "", "refuse a pack whose SHA-256 is not this `HEX`")
	cmd.Flags().BoolVar(&look, "look", false, "check the pack and show what is in it, and install nothing")
	return cmd
}

// installPack installs a pack that answers.
func installPack(ctx context.Context, c *console, file, digest string) error {
	folder, err := packs()
	if err != nil {
		return err
	}
	e, err := ocr.Find(ctx)
	if err != nil {
		return err
	}
	p, err := pack.Install(file, folder, digest, func(p pack.Pack) error { return e.With(ctx, p) })
	if err != nil {
		return err
	}
	return c.showPack(p, true)
}

// showPack prints what a pack is.
func (c *console) showPack(p pack.Pack, installed bool) error {
	if c.json {
		return c.data(ocrPack{p.Engine, p.Version, p.Languages, p.Bytes(), p.Digest, p.Licences, installed})
	}
	fmt.Fprintf(c.out, "%s %s for %s, %s\nSHA-256 %s\n", p.Engine, p.Version, strings.Join(p.Languages, ", "), size(p.Bytes()), p.Digest)
	for _, l := range p.Licences {
		fmt.Fprintf(c.out, "  %s: %s\n", l.Of, l.Licence)
	}
	if installed {
		c.say("installed; the texts of its licences lie beside it in %s", p.Dir)
		c.hint("pages that were read before keep their reading: `vidimus reread CASE --stale` adds a new one")
	}
	return nil
}

func ocrRemoveVerb(c *console) *cobra.Command {
	return &cobra.Command{
		Use:     "remove",
		Short:   "remove the OCR pack that is installed",
		Long:    "Removes the OCR pack of this user. What it has read stays; Tesseract reads Chinese from then on.",
		Example: "  vidimus ocr remove",
		Args:    arguments(0, 0, "ocr remove"),
		RunE: func(*cobra.Command, []string) error {
			folder, err := packs()
			if err != nil {
				return err
			}
			removed, err := pack.Remove(folder)
			if err != nil {
				return err
			}
			if c.json {
				return c.data(map[string]bool{"removed": removed})
			}
			if !removed {
				c.say("there is no OCR pack")
			}
			return nil
		},
	}
}
