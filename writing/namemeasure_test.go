package writing

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// universe answers with the names that share an exact key with a query.
type universe struct{ byKey map[string][]string }

func newUniverse(names []string) universe {
	u := universe{make(map[string][]string)}
	seen := make(map[string]bool)
	for _, n := range names {
		if seen[n] {
			continue
		}
		seen[n] = true
		for _, k := range NameKeys(n) {
			if !k.Skeleton {
				u.byKey[k.Text] = append(u.byKey[k.Text], n)
			}
		}
	}
	return u
}

// top gives at most ten names, those of the query's first keys first.
func (u universe) top(query string) []string {
	var all []string
	seen := make(map[string]bool)
	for _, k := range NameKeys(query) {
		for _, n := range u.byKey[k.Text] {
			if !seen[n] && !k.Skeleton && len(all) < 10 {
				seen[n] = true
				all = append(all, n)
			}
		}
	}
	return all
}

// recall and precision over pairs of spellings, at ten answers.
type score struct{ found, pairs, right, given int }

func (s *score) ask(u universe, query, want string) bool {
	s.pairs++
	hit := false
	for _, n := range u.top(query) {
		s.given++
		if n == want {
			hit = true
			s.right++
		}
	}
	if hit {
		s.found++
	}
	return hit
}

func (s *score) check(t *testing.T, what string, recall, precision float64) {
	t.Helper()
	r, p := float64(s.found)/float64(max(s.pairs, 1)), float64(s.right)/float64(max(s.given, 1))
	t.Logf("%s: recall@10 %.3f, precision %.3f of %d pairs", what, r, p, s.pairs)
	if r < recall || p < precision || s.pairs < 50 {
		t.Errorf("%s: want %.2f and %.2f", what, recall, precision)
	}
}

// invented draws Han names: a common surname and one or two characters that
// names have.
func invented(n int) []string {
	var surnames []string
	for s := range strings.SplitSeq("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文", "") {
		surnames = append(surnames, s)
	}
	given := []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉红建国志海波宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江超浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘")
	r := rand.New(rand.NewPCG(1, 2))
	all := make([]string, n)
	for i := range all {
		all[i] = surnames[r.IntN(len(surnames))] + string(given[r.IntN(len(given))])
		if r.IntN(4) > 0 {
			all[i] += string(given[r.IntN(len(given))])
		}
	}
	return all
}

func rowsOf(t *testing.T, file string) [][]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for line := range strings.Lines(string(raw)) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.Split(strings.TrimRight(line, "\n"), "\t"))
		}
	}
	return all
}

// The names are invented, their spellings written by hand; none is in a table.
// Each is looked for among five thousand others.
func TestChineseNamesInAllDirections(t *testing.T) {
	rows := rowsOf(t, "people.tsv")
	others := invented(5000)
	columns := [3][]string{}
	columns[0] = append(columns[0], others...)
	for _, n := range others {
		reading := strings.Fields(HanReadings(n)[0])
		for i, s := range []*system{pinyinSystem(), palladiusSystem()} {
			if text, ok := s.write(reading[:1], reading[1:], ""); ok {
				columns[i+1] = append(columns[i+1], text)
			}
		}
	}
	var universes [3]universe
	for i := range columns {
		for _, row := range rows {
			columns[i] = append([]string{row[i]}, columns[i]...)
		}
		universes[i] = newUniverse(columns[i])
	}
	var s score
	names := []string{"Han", "pinyin", "Palladius"}
	for _, row := range rows {
		for from := range 3 {
			for to := range 3 {
				if from != to && !s.ask(universes[to], row[from], row[to]) {
					t.Logf("missed %s %s from %s", names[to], row[to], row[from])
				}
			}
		}
	}
	s.check(t, "Chinese names", 0.95, 0.85)
}

func TestUyghurNamesInAllDirections(t *testing.T) {
	rows := rowsOf(t, "uyghur.tsv")
	var universes [3]universe
	for i := range universes {
		var all []string
		for _, row := range rows {
			all = append(all, row[i])
		}
		for _, row := range tsv(t, "uyghur-script-pairs.tsv") {
			for _, word := range row[2:4] {
				if scriptOf(word) == []string{"Latn", "Arab", "Cyrl"}[i] {
					all = append(all, word)
				}
			}
		}
		universes[i] = newUniverse(all)
	}
	var s score
	for _, row := range rows {
		for from := range 3 {
			for to := range 3 {
				if from != to && !s.ask(universes[to], row[from], row[to]) {
					t.Logf("missed %s from %s", row[to], row[from])
				}
			}
		}
	}
	s.check(t, "Uyghur names", 0.9, 0.8)
}

// The corpus's pairs are words, not names; they show the alphabets.
func TestUyghurWordsOfTheCorpus(t *testing.T) {
	byTable := make(map[string][]string) // the answers of one table are in one script
	rows := tsv(t, "uyghur-script-pairs.tsv")
	for _, row := range rows {
		byTable[row[0]+row[1]] = append(byTable[row[0]+row[1]], row[3])
	}
	var s score
	for _, row := range rows {
		scripts := "ULS UAS UCS"
		if !strings.Contains(scripts, row[0]) || !strings.Contains(scripts, row[1]) || len([]rune(row[2])) < 4 {
			continue
		}
		if !s.ask(newUniverse(byTable[row[0]+row[1]]), row[2], row[3]) {
			t.Logf("missed %s from %s", row[3], row[2])
		}
	}
	s.check(t, "Uyghur words", 0.9, 0.8)
}

// The practice leak's people were invented by others than the rules. Between
// alphabets exact keys find them; their Han forms, which spell the sound by
// ear, only skeletons do.
func TestPeopleOfThePracticeLeakInAllDirections(t *testing.T) {
	raw, err := os.ReadFile("../testdata/leak/entities.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var people [][]string
	for line := range strings.Lines(string(raw)) {
		if f := strings.Split(line, "\t"); len(f) > 9 && f[1] == "person" {
			people = append(people, []string{f[3], f[6], f[7], f[8], f[9], f[4], f[5]})
		}
	}
	var alphabets score
	bones, all := 0, 0
	for from := range 5 {
		for to := range 5 {
			var names []string
			for _, p := range people {
				names = append(names, p[to])
			}
			u := newUniverse(names)
			for _, p := range people {
				if p[from] != p[to] && !alphabets.ask(u, p[from], p[to]) {
					t.Logf("missed %s from %s", p[to], p[from])
				}
			}
		}
		for _, p := range people {
			all++
			if shareKey(p[from], p[5], true) || shareKey(p[from], p[6], true) {
				bones++
			}
		}
	}
	alphabets.check(t, "people of the practice leak, five alphabets", 0.9, 0.8)
	t.Logf("their Han forms share a skeleton in %d of %d pairs", bones, all)
}
