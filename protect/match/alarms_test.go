package match

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vidimus/internal/corpus"
)

// maxAlarms is how many of a thousand pages that name none of them may be
// taken for naming somebody surely.
const maxAlarms = 1.0

// maxReviews is how many go to a person in vain. Short names have neighbours:
// one letter from Heting stands hating.
const maxReviews = 1.0

// TestCleanPagesRaiseFewAlarms reads public texts in six languages, none of
// which names these invented people.
func TestCleanPagesRaiseFewAlarms(t *testing.T) {
	root := corpus.Root(t)
	more := append([]Person{
		{ID: "P-006", Forms: []string{"Torvan Uldresh", "托尔万·乌勒德雷什", "تورۋان ئۇلدرېش", "Торван Улдреш"}},
		{ID: "P-007", Forms: []string{"Gosmar Hettin", "戈斯马尔·赫廷", "گوسمار خېتتىن", "Госмар Хеттин", "Heting"}},
		{ID: "P-008", Forms: []string{"Lisset Omurai", "利塞特·奥穆拉伊", "لىسسېت ئومۇراي", "Лиссет Омурай", "Omurai"}},
		{ID: "P-009", Forms: []string{"Vendo Karsh", "文多·卡尔什", "ۋېندو كارش", "Вендо Карш"}},
		{ID: "P-010", Forms: []string{"赵云舟", "Zhao Yunzhou", "Чжао Юньчжоу", "趙雲舟"}},
	}, people...)
	l := New(more)
	var pages, exact, review int
	how := map[string]int{}
	for _, group := range []string{"law-zh", "long-report", "ner", "parallel", "speeches-en", "text-zh-official", "udhr", "ocr-source-text"} {
		files, err := filepath.Glob(filepath.Join(root, group, "*"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files of %s (%v)", group, err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				continue // a folder
			}
			before := ""
			for _, page := range cut(strings.ToValidUTF8(string(b), " "), 4000) {
				pages++
				over := l.Over(before, page)
				before = page
				for _, s := range over {
					how[string(s.Certainty)+" split"]++
				}
				sure := slices.ContainsFunc(over, func(s Split) bool { return s.Certainty == Exact })
				for _, h := range l.Find(page) {
					how[string(h.Certainty)+" "+h.How]++
					sure = sure || h.Certainty == Exact
				}
				exact += btoi(sure)
				review += btoi(!sure && len(l.Find(page))+len(over) > 0)
			}
		}
	}
	t.Logf("%d pages: %d with a sure alarm, %d more for review; hits %v", pages, exact, review, how)
	if pages < 1000 {
		t.Errorf("only %d pages: too few to tell", pages)
	}
	if float64(exact)*1000/float64(pages) > maxAlarms {
		t.Errorf("%d false alarms in %d pages", exact, pages)
	}
	if float64(review)*1000/float64(pages) > maxReviews {
		t.Errorf("%d pages of %d go to a person in vain", review, pages)
	}
}

// cut parts a text into pieces of about n bytes, after lines.
func cut(text string, n int) (pages []string) {
	for len(text) > n {
		at := strings.LastIndexByte(text[:n], '\n') + 1
		if at == 0 {
			at = n
		}
		pages = append(pages, text[:at])
		text = text[at:]
	}
	return append(pages, text)
}
