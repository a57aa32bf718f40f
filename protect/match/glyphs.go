package match

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
)

// letters is a table of a font: what a code stands for. Codes of a font are of
// one length.
type letters struct {
	width int
	of    map[uint32]string
}

// fontTables are the tables of a file, and which of them a page can mean by the name
// of a font: pages may use one name for several.
type fontTables struct {
	tables map[string]*letters // by the number of their object
	named  map[string][]*letters
}

var (
	anObject  = regexp.MustCompile(`(\d+) \d+ obj\b`)
	itsTable  = regexp.MustCompile(`/ToUnicode (\d+) \d+ R`)
	reference = regexp.MustCompile(`/([^\s/<>\[\]()]+) (\d+) \d+ R`)
)

// maxTables bounds the fonts that each drawing is read by, one after another,
// where it cannot be told which is meant.
const maxTables = 32

// fontsOf reads the tables by which codes of a PDF turn into letters.
func fontsOf(b []byte, streams [][]byte, unpack func([]byte) [][]byte) (f fontTables) {
	f = fontTables{map[string]*letters{}, map[string][]*letters{}}
	if !bytes.Contains(b, []byte("%PDF")) {
		return f
	}
	places := anObject.FindAllSubmatchIndex(b, -1)
	tableOf := map[string]string{}
	for i, p := range places {
		end := len(b)
		if i+1 < len(places) {
			end = places[i+1][0]
		}
		number, body := string(b[p[2]:p[3]]), b[p[1]:end]
		if m := itsTable.FindSubmatch(body); m != nil {
			tableOf[number] = string(m[1])
		}
		for _, text := range append(unpack(body), body) {
			if t := tableIn(text); t != nil {
				f.tables[number] = t
				break
			}
		}
	}
	for _, text := range append(slices.Clone(streams), b) {
		for _, m := range reference.FindAllSubmatch(text, -1) {
			if t := f.tables[tableOf[string(m[2])]]; t != nil && !slices.Contains(f.named[string(m[1])], t) {
				f.named[string(m[1])] = append(f.named[string(m[1])], t)
			}
		}
	}
	return f
}

// tableIn reads a table; nil where there is none.
func tableIn(text []byte) *letters {
	if !bytes.Contains(text, []byte("beginbfchar")) && !bytes.Contains(text, []byte("beginbfrange")) {
		return nil
	}
	t := &letters{of: map[uint32]string{}}
	for _, block := range []struct{ begin, end string }{{"beginbfchar", "endbfchar"}, {"beginbfrange", "endbfrange"}} {
		for _, part := range bytes.Split(text, []byte(block.begin))[1:] {
			part, _, _ = bytes.Cut(part, []byte(block.end))
			t.entries(part, block.begin == "beginbfrange")
		}
	}
	return t
}

// entries reads pairs of code and letters, or of the first code, the last, and
// the letters of the first or of each.
func (t *letters) entries(part []byte, ranges bool) {
	var row [][]byte
	list := false
	for i := 0; i < len(part); {
		switch part[i] {
		case '[':
			list = true
		case ']':
			list, row = false, nil
		case '<':
			word, next := hexString(part, i+1)
			if i = next; word == nil {
				continue
			}
			row = append(row, word)
			switch {
			case !ranges && len(row) == 2:
				t.put(row[0], 0, row[1])
				row = nil
			case list && len(row) > 2:
				t.put(row[0], uint32(len(row)-3), row[len(row)-1])
			case ranges && !list && len(row) == 3:
				t.put3(row)
				row = nil
			}
			continue
		}
		i++
	}
}

// put3 is a range of codes in a row.
func (t *letters) put3(row [][]byte) {
	first, last, to := code(row[0]), code(row[1]), slices.Clone(row[2])
	for n := first; n <= last && n-first < 1<<16 && len(to) > 1 && len(t.of) < 1<<17; n++ {
		t.put(row[0], n-first, to)
		if to[len(to)-1]++; to[len(to)-1] == 0 {
			to[len(to)-2]++
		}
	}
}

func (t *letters) put(from []byte, more uint32, to []byte) {
	t.width = max(t.width, len(from))
	t.of[code(from)+more] = string(unicodeOf(append([]byte("\xfe\xff"), to...)))
}

func code(b []byte) (n uint32) {
	for _, c := range b {
		n = n<<8 | uint32(c)
	}
	return n
}

// read turns codes into letters, by the first table that has them all.
func read(tables []*letters, word []byte) []byte {
	for _, t := range tables {
		var out []byte
		known := t.width > 0
		for i := 0; known && i+t.width <= len(word); i += t.width {
			s, ok := t.of[code(word[i:i+t.width])]
			known = ok
			out = append(out, s...)
		}
		if known {
			return out
		}
	}
	return []byte(";")
}

// readings are the ways to read a drawing: by the fonts that it names, and,
// where one cannot be told, by each alone.
func (f fontTables) readings(drawing []byte) (all []shown) {
	if len(f.tables) == 0 {
		return nil
	}
	unknown := false
	said, ok := stringsOf(drawing, false, func(font string, word []byte) []byte {
		unknown = unknown || len(f.named[font]) == 0
		return read(f.named[font], word)
	})
	if !ok {
		return nil
	}
	all = append(all, said)
	numbers := slices.Sorted(maps.Keys(f.tables))
	for _, n := range numbers[:min(len(numbers), maxTables)] {
		if unknown {
			said, _ := stringsOf(drawing, false, func(_ string, word []byte) []byte { return read([]*letters{f.tables[n]}, word) })
			all = append(all, said)
		}
	}
	return all
}
