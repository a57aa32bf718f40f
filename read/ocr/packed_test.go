package ocr

import (
	"context"
	"errors"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/corpus"
	"vidimus/internal/specimen"
	"vidimus/read/ocr/pack"
	"vidimus/read/ocr/ppocr"
)

// packFile is what `make ocr-pack` writes.
const packFile = "../../build/vidimus-ppocr.pack"

// packedEngine is the engine with the pack, installed in a folder of its own.
func packedEngine(t testing.TB) *Engine {
	t.Helper()
	e := engine(t)
	if _, err := os.Stat(packFile); errors.Is(err, fs.ErrNotExist) {
		if os.Getenv("CI") == "true" {
			t.Fatal("there is no pack: run `make ocr-pack`")
		}
		t.Skip("there is no pack: run `make ocr-pack`")
	}
	folder := t.TempDir()
	if _, err := pack.Install(packFile, folder, "", func(pack.Pack) error { return nil }); err != nil {
		t.Fatal(err)
	}
	p, err := pack.Installed(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.With(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	return e
}

func line(text string, boxes ...image.Rectangle) (all []ppocr.Char) {
	for i, r := range []rune(text) {
		all = append(all, ppocr.Char{Rune: r, Box: boxes[i], Confidence: 0.99})
	}
	return all
}

func TestCharactersOfThePackBecomeWords(t *testing.T) {
	at := func(xs ...int) (boxes []image.Rectangle) {
		for _, x := range xs {
			boxes = append(boxes, image.Rect(x, 0, x+20, 30))
		}
		return boxes
	}
	for _, c := range []struct{ text, want string }{
		{"水库", "水 库"}, {"水12", "水 12"}, {"ab。", "ab 。"}, {"a b", "a b"},
	} {
		var got []string
		for _, w := range wordsOf(line(c.text, at(0, 21, 42)...), 0, 0) {
			got = append(got, w.text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q", c.text, got)
		}
	}
	if w := wordsOf(line("ab", at(0, 40)...), 0, 0); len(w) != 2 || w[0].confidence != foreign {
		t.Errorf("letters apart: %+v", w)
	}
	if w := wordsOf(line("库", at(0)...), 3, 2); w[0].confidence < 98 || w[0].page != 3 || w[0].line[2] != 2 {
		t.Errorf("%+v", w)
	}
}

func TestThePackReadsChineseWithFewerErrorsAndNothingElse(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	root, e := corpus.Root(t), packedEngine(t)
	if p := e.Producer().Parameters; !strings.Contains(p, "ppocr 4 ") || strings.Contains(p, "chi_sim") {
		t.Errorf("read by %q", p)
	}
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		casetest.Without(t, err)
	}
	asked := 0
	for language, most := range map[string]float64{"zh": 0.5, "ru": 1} {
		text, err := specimen.Load(root, language, specimen.Tuning)
		if err != nil {
			t.Fatal(err)
		}
		drawn := specimen.Draw(text, faces, specimen.Scan, 1)
		p, err := e.Begin().Page(t.Context(), drawn.Picture, vidimus.Page{Number: 1, Width: 400, Height: 400})
		if err != nil {
			t.Fatal(err)
		}
		m := compare(p.Text, drawn.Truth)
		t.Logf("%s: %.2f %%, confidence %.2f", language, m.percent(), p.Confidence)
		if m.percent() > most {
			t.Errorf("%s: %.2f %% of characters are wrong", language, m.percent())
		}
		asked++
	}
	if asked != 2 {
		t.Error("not all were read")
	}
}

// TestThePackSeesNoFileAndNoNetwork puts a shell in the place of the program.
func TestThePackSeesNoFileAndNoNetwork(t *testing.T) {
	e := engine(t)
	dir := t.TempDir()
	script := "#!/bin/bash\n" +
		"(read -r x < /etc/passwd) && echo seen a file\n" +
		"(cd " + wd(t) + ") && echo seen this folder\n" +
		"(echo x > /pack/x) && echo seen its own folder written\n" +
		"(echo x > /tmp/x) && echo seen a file of its own\n" +
		"(cd /proc/1) && echo seen processes\n" +
		"[ -n \"$SECRET_OF_THE_PARENT\" ] && echo seen the environment\n" +
		"echo tried\n"
	if err := os.WriteFile(filepath.Join(dir, pack.Engine), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SECRET_OF_THE_PARENT", "yes")
	w := e.walls
	inside := w.insidePack(dir)
	// Scripts need a shell, which packs do not have.
	inside = append(inside[:len(inside)-1:len(inside)-1], "--ro-bind", "/usr/bin/bash", "/bin/bash", inside[len(inside)-1])
	out, err := w.start(t.Context(), inside, nil)
	if err != nil || !strings.Contains(string(out), "tried") || strings.Contains(string(out), "seen") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestAPackThatAnswersWronglyIsNotTaken(t *testing.T) {
	e := engine(t)
	for name, script := range map[string]string{"none": "", "a text": "echo hello", "an end with an error": "exit 3"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, pack.Engine), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		before := e.Producer()
		if err := e.With(context.Background(), pack.Pack{Dir: dir, Digest: strings.Repeat("0", 64)}); err == nil || vidimus.HintOf(err) == "" || e.Producer() != before {
			t.Errorf("%s: %v", name, err)
		}
	}
}
