package ocr

import (
	"fmt"
	"image"
	"net"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"vidimus"
)

const head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

func row(line, left int, text string) string {
	return fmt.Sprintf("5\t1\t1\t1\t%d\t1\t%d\t%d\t10\t10\t90.5\t%s\n", line, left, 20*line, text)
}

// paged makes a page of what the engine found on one picture of 100 pixels a side.
func paged(words []found, p vidimus.Page) vidimus.Page {
	r := result{width: 100, height: 100}
	for _, f := range words {
		r.words = append(r.words, word{text: f.text, row: f.line[2], high: f.box.Dy(), box: f.box, confidence: f.confidence})
	}
	return r.page(p)
}

var square = []image.Point{{X: 100, Y: 100}}

func TestWordsBecomeLinesWithTheirPlaces(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"words are parted by spaces":             {row(1, 0, "two") + row(1, 12, "words"), "two words\n"},
		"lines end":                              {row(1, 0, "one") + row(2, 0, "two"), "one\ntwo\n"},
		"Han stands together":                    {row(1, 0, "水") + row(1, 12, "库"), "水库\n"},
		"Han is parted where there is a gap":     {row(1, 0, "水") + row(1, 50, "库"), "水 库\n"},
		"digits stand with Han":                  {row(1, 0, "年") + row(1, 12, "4") + row(1, 24, "月"), "年4月\n"},
		"Uyghur keeps its order":                 {row(1, 50, "سۇ") + row(1, 12, "ۋە"), "سۇ ۋە\n"},
		"marks of direction are dropped":         {row(1, 0, "\u200fسۇ\u200e"), "سۇ\n"},
		"rows of other levels are no words":      {"4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n" + row(1, 0, "a"), "a\n"},
		"an empty page has no words and no line": {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := parse([]byte(head+c.table), square)
			if err != nil {
				t.Fatal(err)
			}
			p := paged(r, vidimus.Page{Number: 3, Width: 50, Height: 50})
			if p.Text != c.want || p.Number != 3 || !p.Ink {
				t.Errorf("%q, want %q", p.Text, c.want)
			}
			for _, place := range p.Places {
				if place.Box.X1-place.Box.X0 != 5 {
					t.Errorf("a box of %v", place.Box)
				}
			}
		})
	}
}

func TestATableThatBreaksItsFormIsNotBelieved(t *testing.T) {
	for name, table := range map[string]string{
		"a picture that was not given": head + "5\t2\t1\t1\t1\t1\t0\t0\t10\t10\t90\ta\n",
		"a box beyond the picture":     head + "5\t1\t1\t1\t1\t1\t95\t0\t10\t10\t90\ta\n",
		"a negative box":               head + "5\t1\t1\t1\t1\t1\t-5\t0\t10\t10\t90\ta\n",
		"a box that overflows":         head + "5\t1\t1\t1\t1\t1\t9223372036854775807\t0\t9223372036854775807\t10\t90\ta\n",
		"a confidence above all":       head + "5\t1\t1\t1\t1\t1\t0\t0\t10\t10\t101\ta\n",
		"a confidence of no number":    head + "5\t1\t1\t1\t1\t1\t0\t0\t10\t10\tNaN\ta\n",
		"a column too few":             head + "5\t1\t1\t1\t1\t1\t0\t0\t10\t10\t90\n",
		"text that is not UTF-8":       head + row(1, 0, "\xff"),
		"no table":                     "Segmentation fault\n",
	} {
		if _, err := parse([]byte(table), square); err == nil {
			t.Errorf("%s is believed", name)
		}
	}
}

func FuzzTables(f *testing.F) {
	f.Add([]byte(head + row(1, 0, "two") + row(1, 12, "words")))
	f.Add([]byte(head + row(1, 0, "水") + row(2, 12, "ۋە")))
	f.Fuzz(func(t *testing.T, table []byte) {
		r, err := parse(table, square)
		if err != nil {
			return
		}
		p := paged(r, vidimus.Page{Number: 1, Width: 72, Height: 72})
		if !utf8.ValidString(p.Text) {
			t.Error("text is not UTF-8")
		}
		vidimus.EncodePlaces(p.Places) // panics where they are out of order
		for _, place := range p.Places {
			if place.End > len(p.Text) || place.Box.X1 > 72.001 || place.Box.Y1 > 72.001 || place.Box.X0 < 0 {
				t.Errorf("a place %v of %d bytes", place, len(p.Text))
			}
		}
	})
}

func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := Find(t.Context())
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err, vidimus.HintOf(err))
	}
	return e
}

func TestTheEngineSeesNoFileAndNoNetwork(t *testing.T) {
	e := engine(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	t.Setenv("SECRET_OF_THE_PARENT", "yes")
	shell := e.walls
	shell.tesseract = "/usr/bin/bash" // stands where the engine would
	for what, script := range map[string]string{
		"a list of users":      "read -r x < /etc/passwd && echo seen",
		"this folder":          "cd " + wd(t) + " && echo seen",
		"a file beside it":     "echo x > /usr/lib/x && echo seen",
		"the parent's network": "exec 3<>/dev/tcp/127.0.0.1/" + port + " && echo seen",
		"processes":            "cd /proc/1 && echo seen",
		"the environment":      "[ -n \"$SECRET_OF_THE_PARENT\" ] && echo seen",
		"a file of its own":    "echo x > /tmp/x && echo seen", // --fsize=0
	} {
		out, _ := shell.run(t.Context(), nil, "-c", script)
		if strings.Contains(string(out), "seen") {
			t.Errorf("the engine can reach %s", what)
		}
	}
	if out, err := shell.run(t.Context(), nil, "-c", "echo seen"); string(out) != "seen\n" {
		t.Errorf("the attempts would not be heard of: %q, %v", out, err)
	}
}

func TestAnEngineThatSaysTooMuchOrDiesFailsOnePage(t *testing.T) {
	e := engine(t)
	shell := e.walls
	shell.tesseract = "/usr/bin/bash"
	for script, want := range map[string]vidimus.Reason{
		"while :; do echo 0123456789012345678901234567890123456789012345678901234567890123456789; done": vidimus.SizeLimit,
		"kill -SEGV $$": vidimus.ReaderDied,
	} {
		_, err := shell.run(t.Context(), nil, "-c", script)
		if reason, _ := vidimus.FaultOf(err); reason != want {
			t.Errorf("%s: %v, want %s", script, err, want)
		}
	}
}

func TestWithoutItsProgramsTheEngineSaysWhatToInstall(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(t.Context()); err == nil || !strings.Contains(vidimus.HintOf(err), "tesseract-ocr") {
		t.Errorf("%v", err)
	}
}

func wd(t *testing.T) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
