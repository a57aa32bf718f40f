package suite

import (
	"fmt"
	"strings"
	"testing"

	"vidimus/archive"
	"vidimus/search"
)

// testOperators puts to an index what stands for many words, over pages whose
// words differ in case, letters and misreadings.
func testOperators(t *testing.T, store Store) {
	x := open(t, store)
	pages := Pages(21, 120)
	for i, text := range []string{
		"The Camp stands", "the camp stands", "CAMP", "carnp and cannp", "camps of the county", "the water of the level", "level of the high water",
		"water water level", "Xi'an and Xi’an", "ＡＢＣ ABC abc", "café cafe CAFÉ", "reeducation re-education re education", "乌齐木鲁 未来 末来", "鸟鲁木齐 乌鲁木齐 乌鲁\n木齐",
		"ئۈرۈمچى ئۈرۈمچي ئۈرۈمچـى", "район райои районы", "Район РАЙОН", "colour color colouur", "x1 x12 x123 1x", "陈甲国 陈乙国 陈丙丁国 陈国",
	} {
		pages = append(pages, archive.Change{Seq: int64(len(pages) + 1), Page: int64(1000+i)<<24 | 1, Text: text})
	}
	for _, p := range pages {
		texts.Store(p.Page, p.Text)
	}
	apply(t, x, pages...)
	answered := 0
	asked := []string{
		`"water level"~3`, `"level water"~1`, `"water level"~0`, `"water water"~2`, `"乌鲁木齐 office"~6`, `"木 of county"~9`, `"camp county"~2`,
		"ca*p", "c?mp", "camp*", "*mp*", "co*r", "col?ur", "ra*", "рай*", "*он", "re*", "re*-edu*", "x1?", "x1*", "*1*", "ئۈ*ى", "ü*i",
		"陈?国", "陈??国", "?国", "陈?", "乌?木", "??木齐", "乌鲁*", "木?市 OR of", "-陈?国 陈",
		"camp~1", "camp~2", "камп~1", "colour~1", "районы~2", "乌鲁木~1", "陈甲国~1", "office~1 OR office~2",
		"camp~", "район~", "未来~", "乌鲁~", "office~", "ئۈرۈمچى~", "/c.mps?/", "/[a-z]\\d+/", "/рай.*/", "/(re)?education/", "/.*e/", "/C.MP/",
		"=Camp", "=camp", "=CAMP", "=café", "=cafe", "=CAFÉ", `="re education"`, "=re-education", `="the camp"`, `="The Camp"`, "=ABC", "=ＡＢＣ", "=乌鲁木齐",
		"=ئۈرۈمچى", "=ئۈرۈمچـى", "=Xi'an", "=Xi’an", "=Район", "-=camp camp", "=Camp OR =CAMP", "=camp of", "=of -=Camp", "=木 NOT (=office OR 一)",
	}
	shelf := shelve(pages)
	for _, q := range asked {
		expected := scan(shelf, parse(t, q))
		want(t, x, q, expected...)
		if len(expected) > 0 {
			answered++
		}
	}
	if answered < len(asked)*3/4 {
		t.Errorf("only %d of %d questions have an answer: the test says little", answered, len(asked))
	}
}

func testTooMany(t *testing.T, store Store) {
	x := open(t, store)
	var b strings.Builder
	for i := range search.MaxForms + 1 {
		fmt.Fprintf(&b, "a%dz ", i)
	}
	apply(t, x, archive.Change{Seq: 1, Page: 1, Text: b.String()})
	want(t, x, "a10?z", 1)
	want(t, x, "a*", 1)
	_, err := x.Query(t.Context(), parse(t, "x OR a*z"), search.Window{Limit: 1})
	if at, ok := search.AtCharacter(err); err != nil && (!ok || at != 5) {
		t.Errorf("at %d: %v", at, err)
	}
	if found, err2 := x.Query(t.Context(), parse(t, "a*z"), search.Window{Limit: 1}); err2 == nil && found.Total != 1 {
		t.Error("neither an error nor the page")
	}
}
