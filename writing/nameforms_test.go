package writing

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestNameForms(t *testing.T) {
	for _, c := range []struct{ name, typed, script, source, want string }{
		{"Han to traditional", "陈全国", "Hant", "traditional", "陳全國"},
		{"Han to pinyin", "陈全国", "Latn", "pinyin", "Chen Quanguo"},
		{"Han to Palladius", "陈全国", "Cyrl", "Palladius", "Чэнь Цюаньго"},
		{"Han to Wade-Giles", "陈全国", "Latn", "Wade-Giles", "Ch'en Ch'üan-kuo"},
		{"Han to newspapers", "陳全國", "Latn", "newspaper spelling", "Chen Chuan-kuo"},
		{"a surname has its own reading", "单霁翔", "Latn", "pinyin", "Shan Jixiang"},
		{"a double surname is one", "尉迟敬德", "Latn", "pinyin", "Yuchi Jingde"},
		{"pinyin to Palladius", "Chen Quanguo", "Cyrl", "Palladius", "Чэнь Цюаньго"},
		{"Palladius to pinyin", "Чэнь Цюаньго", "Latn", "pinyin", "Chen Quanguo"},
		{"a hard sign parts syllables", "Чанъань", "Latn", "pinyin", "Chang'an"},
		{"Wade-Giles to pinyin", "Ch'en Ch'üan-kuo", "Latn", "pinyin", "Chen Quanguo"},
		{"Uyghur to Latin", "ئۈرۈمچى", "Latn", "Uyghur Latin (ULY)", "Ürümchi"},
		{"Uyghur to Cyrillic", "ئىلھام", "Cyrl", "Uyghur Cyrillic", "Илһам"},
		{"Uyghur Latin to Arabic", "Ilham Toxti", "Arab", "Uyghur Arabic from Latin (ULY)", "ئىلھام توختى"},
		{"Uyghur Cyrillic to Arabic", "Шинҗаң", "Arab", "Uyghur Arabic from Cyrillic", "شىنجاڭ"},
		{"Kazakh to Latin", "Қазақстан", "Latn", "Kazakh Latin (2021)", "Qazaqstan"},
		{"Kazakh to English", "Әлия Қожахмет", "Latn", "Kazakh in English", "Aliya Qozhakhmet"},
		{"Kazakh to Arabic", "Қазақстан", "Arab", "Kazakh Arabic", "قازاقستان"},
		{"Kazakh from Arabic", "قازاقستان \u0674ان", "Cyrl", "Kazakh Cyrillic", "Қазақстан Ән"},
		{"Russian to Latin", "Щербаков Юрий", "Latn", "Russian, BGN", "Shcherbakov Yuriy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range NameForms(c.typed) {
				if f.Script == c.script && f.Source == c.source {
					got = append(got, f.Text)
				}
			}
			if !strings.Contains("|"+strings.Join(got, "|")+"|", "|"+c.want+"|") {
				t.Errorf("%s gives %q, want %s", c.typed, got, c.want)
			}
		})
	}
}

func shareKey(a, b string, skeleton bool) bool {
	keys := make(map[Key]bool)
	for _, k := range NameKeys(a) {
		keys[k] = true
	}
	for _, k := range NameKeys(b) {
		if keys[k] && k.Skeleton == skeleton {
			return true
		}
	}
	return false
}

func TestNamesShareKeys(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"陈全国", "Chen Quanguo"}, {"陈全国", "Quanguo Chen"}, {"陳全國", "Чэнь Цюаньго"}, {"陈全国", "Ch'en Ch'üan-kuo"}, {"陈全国", "Chen Chuan-kuo"}, {"仇和", "Qiu He"}, {"仇和", "Цю Хэ"},
		{"尉健行", "Wei Jianxing"}, {"单霁翔", "Шань Цзисян"}, {"ئىلھام توختى", "Ilham Tohti"}, {"ئىلھام توختى", "Илһам Тохти"}, {"ئۈرۈمچى", "Ürümchi"},
		{"Қасым-Жомарт", "Kassym-Jomart"}, {"Касым-Жомарт", "Қасым-Жомарт"}, {"Щербаков", "Shcherbakov"}, {"Юрий", "Iurii"}, {"Гүлнар", "Gulnar"},
	} {
		if !shareKey(c.a, c.b, false) {
			t.Errorf("%s and %s share no key: %v, %v", c.a, c.b, NameKeys(c.a), NameKeys(c.b))
		}
	}
	if shareKey("陈全国", "陈全胜", false) {
		t.Error("two names share a key")
	}
	if !shareKey("买买提", "مەمەت", true) {
		t.Errorf("no skeleton: %v %v", NameKeys("买买提"), NameKeys("مەمەت"))
	}
}

func FuzzNames(f *testing.F) {
	for _, seed := range []string{"陈全国", "Chen Quan-guo", "ئىلھام", "Чанъань", "", "xianxianxianxianxianxianxianxian", "\u0674\u0674", "İI"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		for _, form := range NameForms(name) {
			if form.Text == "" || !utf8.ValidString(form.Text) || form.Source == "" {
				t.Fatalf("%+v", form)
			}
		}
		if len(NameKeys(name)) > keyLimit {
			t.Fatal("too many keys")
		}
	})
}
