package writing

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vidimus/internal/corpus"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Chinese", "各区县人民政府：现将有关事项通知如下。", "zh"},
		{"Chinese among Latin names", "请 Abdulla 于 2017 年到办公室报到", "zh"},
		{"Japanese is not Chinese", "これは日本語の文章であり、中国語ではありません。", "und"},
		{"Uyghur", "ئۈرۈمچى شەھەرلىك خەلق ھۆكۈمىتى", "ug"},
		{"Uyghur in presentation forms", "\uFE8B\uFBD8\uFBFF\uFED0\uFBD8\uFEAD \uFE8B\uFE8E\uFBE5\uFB94\uFBFF\uFBD3\uFBDA", "ug"},
		{"Arabic is not Uyghur", "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق", "und"},
		{"Persian is not Uyghur", "تمام افراد بشر آزاد به دنیا می\u200cآیند و از لحاظ حیثیت", "und"},
		{"Sorani is not Uyghur", "هەموو مرۆڤێک بە سەربەستی لەدایک دەبێت و لە ڕووی کەرامەت", "und"},
		{"Kazakh in Arabic letters", "بارلىق ادامدار \u0674وز تۋىسىنان ەركىن", "kk"},
		{"Kazakh", "Барлық адамдар тумысынан азат және қадір-қасиеті мен құқықтары тең", "kk"},
		{"Russian", "Все люди рождаются свободными и равными в своём достоинстве, они наделены разумом", "ru"},
		{"Ukrainian is not Russian", "Всі люди народжуються вільними і рівними у своїй гідності та правах", "und"},
		{"Bulgarian is not Russian", "Всички хора се раждат свободни и равни по достойнство и права", "und"},
		{"English", "All human beings are born free and equal in dignity and rights.", "en"},
		{"German is not English", "Alle Menschen sind frei und gleich an Würde und Rechten geboren.", "und"},
		{"a number is nothing", "2017 12 31", "und"},
		{"one word is too little", "Notice", "und"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Language(c.text); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// Measured on passages of at least 200 bytes of the Universal Declaration.
func TestLanguageOnTheDeclaration(t *testing.T) {
	folder := declarations(t)
	for _, c := range []struct {
		file, want string
		least      float64 // share of the passages told rightly
	}{
		{"cmn_hans", "zh", 1},
		{"uig_arab", "ug", 1},
		{"rus", "ru", 0.95},
		{"kaz", "kk", 1},
		{"eng", "en", 0.95},
		{"kir", "und", 0.95}, // a neighbour that we do not tell
	} {
		t.Run(c.file, func(t *testing.T) {
			right, all := 0, 0
			for _, p := range passages(t, filepath.Join(folder, c.file+".html")) {
				all++
				if got := Language(p); got == c.want {
					right++
				} else {
					t.Logf("passage %d is %s", all, got)
				}
			}
			share := float64(right) / float64(max(all, 1))
			t.Logf("%d of %d passages", right, all)
			if share < c.least || all < 10 {
				t.Errorf("%.3f of %d passages, want %.2f", share, all, c.least)
			}
		})
	}
}

func declarations(t *testing.T) string {
	t.Helper()
	return filepath.Join(corpus.Root(t), "udhr")
}

// passages cuts a page at paragraphs' ends.
func passages(t *testing.T, file string) []string {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?s)<title>.*?</title>|<[^>]*>`).ReplaceAllString(string(raw), "")
	var all []string
	passage := ""
	for line := range strings.Lines(html.UnescapeString(text)) {
		passage += strings.TrimSpace(line) + "\n"
		if len(passage) >= 200 {
			all = append(all, passage)
			passage = ""
		}
	}
	return all
}
