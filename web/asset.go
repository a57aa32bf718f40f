package web

import (
	"embed"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// asset is a file of the program: style, script, icon or font.
type asset struct {
	sum     string
	content []byte
}

// faces are the fonts of the room: each covers the writing systems that the
// others have no letters for, and is fetched only when a page needs it.
var faces = []struct{ name, family, covers string }{
	{"noto-sans", "Room", "U+0000-05FF, U+1E00-218F, U+2190-2BFF, U+A640-A7FF, U+AB30-AB6F"},
	{"noto-sans-sc", "Room Han", "U+2E80-2FDF, U+2FF0-303F, U+3100-312F, U+31A0-31EF, U+3400-4DBF, U+4E00-9FFF, U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF, U+20000-323AF"},
	{"ukij", "Room Arabic", "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+FB50-FDFF, U+FE70-FEFF"},
}

// loadAssets takes the embedded files and the fonts that can be had, and
// writes the style sheet that names the fonts by their checksums.
func loadAssets(font func(string) ([]byte, error)) (map[string]asset, error) {
	all := map[string]asset{}
	for _, name := range []string{"room.css", "room.js", "page.js", "mark.js", "redact.js", "icon.svg"} {
		b, err := staticFiles.ReadFile("static/" + name)
		if err != nil {
			return nil, fmt.Errorf("take a file of the room: %w", err)
		}
		all[name] = asset{checksum(b), b}
	}
	var sheet strings.Builder
	for _, f := range faces {
		b, err := font(f.name)
		if err != nil {
			continue // the browser then takes a font of the system
		}
		all[f.name] = asset{checksum(b), b}
		fmt.Fprintf(&sheet, "@font-face { font-family: %q; src: url(/a/%s/%s); unicode-range: %s; font-display: swap }\n",
			f.family, checksum(b), f.name, f.covers)
	}
	fonts := []byte(sheet.String())
	all["fonts.css"] = asset{checksum(fonts), fonts}
	return all, nil
}

func assetAddress(all map[string]asset, name string) (string, error) {
	a, ok := all[name]
	if !ok {
		return "", fmt.Errorf("no file %q in the room", name)
	}
	return "/a/" + a.sum + "/" + name, nil
}

// asset serves a file of the program. These, and these only, may be kept by
// the browser: they are the same for every case.
func (s *Server) asset(w http.ResponseWriter, r *http.Request, _ *session) {
	a, ok := s.assets[r.PathValue("name")]
	if !ok || a.sum != r.PathValue("sum") {
		s.refuse(w, http.StatusNotFound, "error.nothing")
		return
	}
	kind := mime.TypeByExtension(path.Ext(r.PathValue("name")))
	if kind == "" {
		kind = "font/otf"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	w.Write(a.content)
}
