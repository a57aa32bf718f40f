package main

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
)

// listed is one file as `list` gives it; docs/json.md.
type listed struct {
	Item        vidimus.ItemID `json:"item"`
	Path        string         `json:"path"`
	PathBytes   string         `json:"path_bytes,omitempty"` // base64, when the path is not UTF-8
	RawName     string         `json:"raw_name,omitempty"`   // base64, the name in its container when that is another
	Parent      vidimus.ItemID `json:"parent"`
	Type        string         `json:"type"`
	Bytes       int64          `json:"bytes"`
	Pages       int            `json:"pages"`
	Sections    int            `json:"sections"`
	Language    string         `json:"language"`
	State       vidimus.State  `json:"state"`
	Reason      vidimus.Reason `json:"reason"`
	DuplicateOf vidimus.ItemID `json:"duplicate_of"`
}

func listVerb(c *console, u *unlocking) *cobra.Command {
	return &cobra.Command{
		Use:     "list CASE",
		Short:   "list every file with its state",
		Long:    "Lists the files of a case in the order of their intake, with what became of each.",
		Example: "  vidimus list ~/cases/reservoir",
		Args:    arguments(1, 1, "list CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := openCase(cmd.Context(), c, u, args[0], archive.ToRead)
			if err != nil {
				return err
			}
			defer d.Close()
			return pipeline.EachFile(cmd.Context(), d.Case, func(f vidimus.File) error { return printFile(c, f) })
		},
	}
}

func printFile(c *console, f vidimus.File) error {
	if !c.json {
		_, err := fmt.Fprintf(c.out, "%s\t%s\t%s\t%d p\t%d s\t%s\t%s\t%s\n", f.Item, f.State, language(f), f.Pages, f.Sections, f.Type, visible(f.Path), f.Reason)
		return err
	}
	return c.data(listed{f.Item, utf8Path(f.Path), pathBytes(f.Path), base64.StdEncoding.EncodeToString([]byte(f.RawName)), f.Parent, f.Type, f.Bytes,
		f.Pages, f.Sections, language(f), f.State, f.Reason, f.DuplicateOf})
}

func language(f vidimus.File) string {
	if f.Language == "" {
		return "und"
	}
	return f.Language
}

func utf8Path(path string) string { return strings.ToValidUTF8(path, "\uFFFD") }

func pathBytes(path string) string {
	if utf8.ValidString(path) {
		return ""
	}
	return base64.StdEncoding.EncodeToString([]byte(path))
}

// visible makes a name safe for a terminal: what would steer it, or turn the
// direction of writing, is shown as a code.
func visible(name string) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(name[i:], "\uFFFD"):
			fmt.Fprintf(&b, "\\x%02x", name[i])
		case r == '\\' || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp):
			fmt.Fprintf(&b, "\\u%04x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
