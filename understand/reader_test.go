package understand

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vidimus"
	"vidimus/writing"
)

// seen writes the mentions of some kinds as "kind:words".
func seen(text string, kinds ...vidimus.MentionKind) string {
	var all []string
	for _, m := range Mentions(text, "") {
		for _, k := range kinds {
			if m.Kind == k {
				all = append(all, fmt.Sprintf("%s:%s", m.Kind, text[m.Start:m.End]))
			}
		}
	}
	return strings.Join(all, " ")
}

// All numbers of people are invented; check digits were made to fit.
func TestWhatIsGivenByItsPlace(t *testing.T) {
	kinds := []vidimus.MentionKind{vidimus.Phone, vidimus.Identity, vidimus.Plate, vidimus.Account, vidimus.Address}
	for _, c := range []struct{ name, text, want string }{
		{"a resident identity number beside Han", "身份证号码653101199001010013，男", "id:653101199001010013"},
		{"digits that go on are another number", "编号 9965310119900101001234567", ""},
		{"a Chinese mobile number", "电话：13912345678。", "phone:13912345678"},
		{"a Chinese line number", "请致电0998-2345678", "phone:0998-2345678"},
		{"a Russian number", "тел. +7 (727) 123-45-67", "phone:+7 (727) 123-45-67"},
		{"a telephone by its word", "تېلېفون نومۇرى: 2345 678", "phone:2345 678"},
		{"a mail address", "write to a.testov@example.org today", "account:a.testov@example.org"},
		{"a card number whose check digit is right", "卡号 6222 0212 3456 7894", "account:6222 0212 3456 7894"},
		{"an account by its word", "微信号：testov_1990", "account:testov_1990"},
		{"a Chinese number plate", "车辆新Q·A1234停在", "plate:新Q·A1234"},
		{"a Russian number plate", "машина А123ВС 77", "plate:А123ВС 77"},
		{"a house in China", "住塔村路12号3栋201室。", "address:住塔村路12号3栋201室"},
		{"a house in Russian", "проживает ул. Озёрная, д. 5, кв. 12", "address:ул. Озёрная, д. 5, кв. 12"},
		{"a house in English", "lives at 12 Well Street, Apt 4", "address:12 Well Street, Apt 4"},
		{"a personal number of Kazakhstan", "ЖСН 900101300123", "id:900101300123"},
		{"a passport", "паспорт 45 07 123456 выдан", "id:45 07 123456"},
		{"a year and a figure are none of it", "In 2017 the county had 12,345 people and 31 schools.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := seen(c.text, kinds...); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestWhatIsWithheldIsNothingElse(t *testing.T) {
	text := "身份证653101199001010013，电话13912345678，ул. Озёрная, д. 5, кв. 12"
	for _, m := range Mentions(text, "") {
		if !m.Kind.Withheld() || m.Value != "" {
			t.Errorf("%s: %s, value %q", m.Kind, text[m.Start:m.End], m.Value)
		}
	}
}

func TestDocumentNumbers(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"of a Chinese office", "根据塔办发〔2017〕31号文件", "document number:根据塔办发〔2017〕31号"},
		{"of a Russian law", "Федеральный закон № 123-ФЗ", "document number:№ 123-ФЗ"},
		{"of an order", "Directive 14 was read out", "document number:14"},
		{"of a Kazakh order", "бұйрық № 17", "document number:№ 17"},
		{"in Uyghur", "14-نومۇرلۇق ئۇقتۇرۇش", "document number:14"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := seen(c.text, vidimus.DocumentNumber); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestQuotations(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Chinese marks", "他说：“谁也不能留下。”然后走了", "quotation:谁也不能留下。"},
		{"guillemets", "Он сказал: «Никто не останется»", "quotation:Никто не останется"},
		{"marks within marks", "«он сказал „нет“ и ушёл»", "quotation:он сказал „нет“ и ушёл"},
		{"the same marks within", "«он сказал «нет» и ушёл»", "quotation:он сказал «нет» и ушёл"},
		{"a mark that nothing closes", "6\" of water. \n\n He said", ""},
		{"two of them", `"one" and "two"`, "quotation:one quotation:two"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := seen(c.text, vidimus.Quotation); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestNumbersSayTheirBoundAndUnit(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"超过1200人", "over 1200 people"},
		{"12 тысяч человек", "12000 people"},
		{"In 12 May 2017 there were 31 schools", "31"},
	} {
		var got []string
		for _, m := range Mentions(c.text, "") {
			if m.Kind != vidimus.Quantity {
				continue
			}
			got = append(got, m.Value)
			a, ok := writing.ParseAmount(m.Value)
			if !ok || a.String() != m.Value {
				t.Errorf("%q comes back as %q", m.Value, a)
			}
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

// The time is logged, not judged: what never ends meets the limit of all tests.
func TestUnderstandingIsBounded(t *testing.T) {
	part := 1
	if testing.Short() {
		part = 10
	}
	for name, text := range map[string]string{
		"a million marks":             "a" + strings.Repeat("\u0301", 1_000_000/part),
		"five megabytes on one line":  strings.Repeat("县人民政府 12,345 人 Ivan Testov said «no» on 12 May 2017. ", 70_000/part),
		"a million opened quotations": strings.Repeat("«", 1_000_000/part),
		"digits without an end":       strings.Repeat("1234567890-", 50_000/part),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			found := Mentions(text, "")
			took := time.Since(began)
			t.Logf("%d bytes, %d mentions, %v", len(text), len(found), took)
			for _, m := range found {
				if err := m.Check(); err != nil || m.End > len(text) {
					t.Fatalf("a mention that cannot be kept: %v", err)
				}
			}
		})
	}
}

func FuzzMentions(f *testing.F) {
	f.Add("身份证653101199001010013，他说：“谁也不能留下。”塔办发〔2017〕31号，2017年10月")
	f.Add("Ivan Testov said \"no\" on 12 May 2017, +7 727 123 45 67, a@b.cd")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		before := -1
		for _, m := range Mentions(text, "2017-10") {
			if err := m.Check(); err != nil {
				t.Fatal(err)
			}
			if m.Start < before || m.End > len(text) || !utf8.ValidString(text[m.Start:m.End]) || m.Confidence < 1 || m.Confidence > 100 || m.Rule == "" {
				t.Fatalf("%q: bad mention %+v", text, m)
			}
			before = m.Start
		}
	})
}

func BenchmarkMentions(b *testing.B) {
	for name, text := range map[string]string{
		"zh": "县人民政府主任张建国表示，2017年10月全县共有1200人参加学习，乌鲁木齐市教育局负责落实有关工作，各乡镇必须立即报告情况。",
		"en": "The head of the county office, John Testov, said that 1,200 people of Bangkok had been moved before 12 October 2017. ",
		"ru": "Глава районной администрации Иван Тестов заявил, что 1200 человек из Владивостока переселены до 12 октября 2017 года. ",
	} {
		text = strings.Repeat(text, 20)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Mentions(text, "")
			}
		})
	}
}

func TestPlacesOfTheGazetteer(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"离莎车不远", "Yarkand"},
		{"يەكەن ناھىيەسىدە", "Yarkand"},
		{"в Яркенде", "Yarkand"},
	} {
		var got []string
		for _, m := range Mentions(c.text, "") {
			got = append(got, string(m.Kind)+" "+m.Value+" "+c.text[m.Start:m.End])
		}
		if !strings.Contains(strings.Join(got, "; "), "place "+c.want) {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}
