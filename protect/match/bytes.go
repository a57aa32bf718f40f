package match

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// InBytes is a person met in bytes, by the first view that shows it.
type InBytes struct {
	Person    string
	View      string // as: raw, utf-16, entities, percent, base64, hex, strings, glyphs, pages, inflate
	Certainty Certainty
	How       string
}

// depth is how often a view is looked at through another: base64 of an
// inflated stream, say.
const depth = 3

// maxViews bounds what one call unpacks, in bytes.
const maxViews = 512 << 20

// FindBytes looks for people in the bytes of a file, through every view. What
// it could not look at to the end is an error. Unpack gives the streams packed
// inside some bytes; it may be nil for bytes that are not our own: unpacking
// is parsing.
func (l *List) FindBytes(b []byte, unpack func([]byte, int) ([][]byte, error)) ([]InBytes, error) {
	if l.Empty() {
		return nil, nil
	}
	s := seeker{list: l, unpack: unpack, left: maxViews, seen: map[Hit]bool{}}
	err := s.look(b, "", depth)
	return s.found, err
}

type seeker struct {
	list   *List
	unpack func([]byte, int) ([][]byte, error)
	left   int
	found  []InBytes
	seen   map[Hit]bool // person and certainty
}

// look searches one view of the file, and all views of that.
func (s *seeker) look(b []byte, view string, deeper int) error {
	if s.left -= len(b); s.left < 0 {
		return tooMuch()
	}
	text := readable(b)
	s.search(text, named(view, "raw"))
	for _, wide := range widened(b, text) {
		s.search(wide, named(view, "utf-16"))
	}
	if deeper == 0 {
		return nil
	}
	for _, d := range decoders {
		for _, t := range d.decode(text) {
			if err := s.look([]byte(t), named(view, d.view), deeper-1); err != nil {
				return err
			}
		}
	}
	if err := s.drawn(b, view); err != nil || s.unpack == nil {
		return err
	}
	streams, err := s.unpack(b, s.left)
	if err != nil {
		return fmt.Errorf("look for names: %w", err)
	}
	streams = append(streams, armoured(b)...)
	f := fontsOf(b, streams, func(body []byte) [][]byte {
		inner, _ := s.unpack(body, s.left) // b as a whole was unpacked within the limit
		return inner
	})
	var pages []string // what each drawing says, a line a word: borders can be anywhere
	for _, drawing := range append(slices.Clone(streams), b) {
		for i, said := range f.readings(drawing) {
			for _, t := range []string{readable(said.joined), readable(said.apart)} {
				s.searchDecoded(t, named(view, "glyphs"))
				if strings.ContainsFunc(t, fromRight) {
					for _, line := range []string{turnedRound(t), writtenFromLeft(t), writtenFromRight(t)} {
						s.search(line, named(view, "glyphs"))
					}
				}
			}
			if i == 0 && len(said.apart) > 0 {
				pages = append(pages, strings.ReplaceAll(readable(said.apart), " ", "\n"))
			}
		}
	}
	for _, gap := range s.list.Between(pages) {
		s.met(gap.Hit, named(view, "pages"))
	}
	for _, stream := range append(streams, unpredicted(b, streams)...) {
		if err := s.look(stream, named(view, "inflate"), deeper-1); err != nil {
			return err
		}
	}
	return nil
}

// drawn looks through what the strings and names of a PDF say: as they are, as
// UTF-16, and decoded once. Nothing is packed in them.
func (s *seeker) drawn(b []byte, view string) error {
	said, _ := pdfStrings(b)
	for _, t := range [][]byte{said.joined, said.apart} {
		if s.left -= len(t); s.left < 0 {
			return tooMuch()
		}
		text := readable(t)
		s.searchDecoded(text, named(view, "strings"))
		for _, wide := range widened(t, text) {
			s.search(wide, named(view, "strings utf-16"))
		}
	}
	return nil
}

func tooMuch() error {
	return fmt.Errorf("look for names: the file unpacks to more than %d MiB", maxViews>>20)
}

var decoders = []struct {
	view   string
	decode func(string) []string
}{{"entities", entities}, {"percent", percents}, {"base64", base64Runs}, {"hex", hexRuns}}

func named(view, name string) string {
	if view == "" {
		return name
	}
	if name == "raw" {
		return view
	}
	return view + " " + name
}

// searchDecoded searches a text, and what it decodes to once.
func (s *seeker) searchDecoded(text, view string) {
	s.search(text, view)
	for _, d := range decoders {
		for _, plain := range d.decode(text) {
			s.search(plain, view+" "+d.view)
		}
	}
}

func (s *seeker) search(text, view string) {
	for _, h := range s.list.Find(text) {
		if h.How == "near" && strings.ContainsRune(text[h.Start:h.End], unreadable) {
			continue // packed bytes are like any name by chance
		}
		s.met(h, view)
	}
}

// met notes a hit, once for each person and certainty.
func (s *seeker) met(h Hit, view string) {
	of := Hit{Person: h.Person, Certainty: h.Certainty}
	if !s.seen[of] {
		s.seen[of] = true
		s.found = append(s.found, InBytes{h.Person, view, h.Certainty, h.How})
	}
}

// unreadable stands for bytes that are no text: a character that no text has.
const unreadable = '\uFDD0'

// readable gives bytes as text: what is not UTF-8, and zeros, part it.
func readable(b []byte) string {
	if utf8.Valid(b) && !slices.Contains(b, 0) {
		return string(b)
	}
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r == 0 {
			return unreadable
		}
		return r
	}, strings.ToValidUTF8(string(b), string(unreadable)))
}

// widened gives bytes as UTF-16 of both orders, from an even and an odd start;
// none of what is text already.
func widened(b []byte, text string) (all []string) {
	if string(b) == text {
		return nil
	}
	for _, big := range []bool{false, true} {
		for start := range 2 {
			units := make([]uint16, 0, len(b)/2)
			for i := start; i+1 < len(b); i += 2 {
				u := uint16(b[i]) | uint16(b[i+1])<<8
				if big {
					u = uint16(b[i])<<8 | uint16(b[i+1])
				}
				units = append(units, u)
			}
			all = append(all, readable([]byte(string(utf16.Decode(units)))))
		}
	}
	return all
}

// entities resolves those of HTML and XML, and the escapes of JSON and
// JavaScript.
func entities(text string) (all []string) {
	if strings.Contains(text, "&") {
		if t := html.UnescapeString(text); t != text {
			all = append(all, t)
		}
	}
	if strings.Contains(text, `\u`) || strings.Contains(text, `\x`) {
		if t := escapes(text); t != text {
			all = append(all, t)
		}
	}
	return all
}

// escapes resolves \uXXXX, \u{X…} and \xXX.
func escapes(text string) string {
	var b strings.Builder
	var units []uint16
	flush := func() { b.WriteString(string(utf16.Decode(units))); units = units[:0] }
	for i := 0; i < len(text); {
		digits, skip := 0, 0
		switch {
		case strings.HasPrefix(text[i:], `\u{`):
			if end := strings.IndexByte(text[i:min(len(text), i+12)], '}'); end > 3 {
				digits, skip = end-3, 3
			}
		case strings.HasPrefix(text[i:], `\u`):
			digits, skip = 4, 2
		case strings.HasPrefix(text[i:], `\x`):
			digits, skip = 2, 2
		}
		n, ok := hexNumber(text, i+skip, digits)
		switch {
		case digits == 0 || !ok:
			flush()
			b.WriteByte(text[i])
			i++
			continue
		case n > 0xFFFF:
			flush()
			b.WriteRune(n)
		default:
			units = append(units, uint16(n))
		}
		i += skip + digits
		if skip == 3 {
			i++
		}
	}
	flush()
	return b.String()
}

func hexNumber(text string, at, digits int) (n rune, ok bool) {
	if at+digits > len(text) {
		return 0, false
	}
	for _, c := range []byte(text[at : at+digits]) {
		v := hexValue(c)
		if v < 0 {
			return 0, false
		}
		n = n<<4 | rune(v)
	}
	return n, n <= utf8.MaxRune
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
