package suite

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vidimus"
	"vidimus/archive"
)

// table holds a query a line, a tab, and the pages that answer it: numbers of
// LanguagePages from 1. Lines that begin with # say what the next ones are of.
//
//go:embed testdata/queries.tsv
var table string

// sayings are what LanguagePages say in each language: of an invented county
// that was moved for a reservoir. The first %s is a place, the second a name,
// %d a number and the last %s a date.
var sayings = []struct{ language, text string }{
	{"zh", "关于%s水库移民工作的通知。负责人%s表示，全县共有%d户居民需要搬迁，房屋在%s以前拆除完毕。各乡镇要加强管理，学校和礼拜场所一律关闭。"},
	{"ug", "%s سۇ ئامبىرىنىڭ كۆچمەنلىرى توغرىسىدا ئۇقتۇرۇش. مەسئۇل %s مۇنداق دېدى: ناھىيەدە %d ئائىلە كۆچۈرۈلىدۇ، ئۆيلەر %s بۇرۇن چېقىلىدۇ. مەكتەپلەر تاقىلىدۇ."},
	{"ru", "Извещение о переселенцах водохранилища %s. Ответственный %s заявил: в районе переселяют %d семей, дома сносят до %s. Школы закрываются, жителей ещё ждёт учёба."},
	{"kk", "%s су қоймасының қоныс аударушылары туралы хабарлама. Жауапты %s айтты: ауданда %d үй көшіріледі, үйлер %s дейін бұзылады. Мектептер жабылады, тұрғындар оқуға жіберіледі."},
	{"en", "Notice on the people moved for the %s Reservoir. The officer in charge, %s, says that %d households of the county will be moved and the houses pulled down before %s. The schools are closed; those who don't agree are held for re-education."},
}

// Places and names of LanguagePages in the five languages: syllables that mean
// nothing.
var (
	invented = [][]string{
		{"沙洛克", "莫林", "塔什卡"}, {"شالوك", "مورىن", "تاشكا"}, {"Шалок", "Морин", "Ташка"}, {"Шалоқ", "Мөрін", "Ташқа"}, {"Shalok", "Mörin", "Tashka"},
	}
	people = [][]string{
		{"罗维敏", "何沙里", "杜门"}, {"رويمىن", "خېشارى", "دۇمان"}, {"Ровимин", "Хешари", "Думан"}, {"Ровімін", "Хешәрі", "Дұман"}, {"Rovimin", "Heshari", "Duman"},
	}
	stated = [][]string{
		{"2017年10月12日", "2016年5月", "2015年"}, {"2017-10-12", "2016-05", "2015-يىلى"}, {"12 октября 2017 г.", "мая 2016 года", "2015 года"},
		{"2017 жылғы 12 қазанға", "2016-05", "2015 жылға"}, {"12 October 2017", "May 2016", "the end of 2015"},
	}
)

// LanguagePages makes pages in five languages, nine of each: every place with
// every name. Their files are of several types, folders, states and readings.
func LanguagePages() []archive.Change {
	var changes []archive.Change
	add := func(c archive.Change) {
		c.Seq = int64(len(changes) + 1)
		changes = append(changes, c)
	}
	types := []string{"application/pdf", "message/rfc822", "image/jpeg"}
	for i := range 9 * len(sayings) {
		language, place, person := i%5, i/5%3, i/15
		file := int64(i + 1)
		add(archive.Change{File: file, About: archive.About{
			Path: fmt.Sprintf("%s/%s %d.dat", []string{"Notices/2017", "letters", "扫描件"}[place], []string{"notice", "Heshari", "表"}[person], i),
			Type: types[i%3], State: []vidimus.State{vidimus.Read, vidimus.Partly}[i%2],
		}})
		text := fmt.Sprintf(sayings[language].text, invented[language][place], people[language][person], 100+i*7, stated[language][(place+person)%3])
		add(archive.Change{Page: vidimus.PageID(file, 1), File: file, Kind: []string{"text", "ocr", "hidden", "text"}[i%4], Text: text})
	}
	return changes
}

// asked is a line of the table.
type asked struct {
	query string
	pages []int64
}

func parseTable(t *testing.T) (all []asked) {
	for n, line := range strings.Split(strings.TrimSpace(table), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		query, numbers, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("line %d of the table has no tab", n+1)
		}
		a := asked{query: query}
		for _, f := range strings.Fields(numbers) {
			page, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				t.Fatalf("line %d of the table: %v", n+1, err)
			}
			a.pages = append(a.pages, vidimus.PageID(page, 1))
		}
		all = append(all, a)
	}
	return all
}

// testTable puts every query of the table to the index and to a scan: both
// give the pages that stand there.
func testTable(t *testing.T, store Store) {
	x := open(t, store)
	pages := LanguagePages()
	for _, p := range pages {
		texts.Store(p.Page, p.Text)
	}
	apply(t, x, pages...)
	all := parseTable(t)
	if len(all) < 200 {
		t.Fatalf("the table has only %d queries", len(all))
	}
	answered, shelf := 0, shelve(pages)
	for _, a := range all {
		if d := cmp.Diff(a.pages, scan(shelf, parse(t, a.query))); d != "" {
			t.Errorf("%s: the scan (-table +scan):\n%s", a.query, d)
		}
		got := ask(t, x, a.query)
		slices.Sort(got)
		if d := cmp.Diff(a.pages, got); d != "" {
			t.Errorf("%s: the index (-table +index):\n%s", a.query, d)
		}
		if n := len(a.pages); n > 0 && n < 45 {
			answered++
		}
	}
	if answered < len(all)*4/5 {
		t.Errorf("%d of %d queries tell pages apart", answered, len(all))
	}
}
