package writing

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// counted joins what Numbers gives: text=[bound ]value[–high][ unit].
func counted(text string) string {
	var all []string
	for _, n := range Numbers(text) {
		s := text[n.Start:n.End] + "="
		if n.Bound != Exactly {
			s += string(n.Bound) + " "
		}
		s += n.Value
		if n.High != "" {
			s += "–" + n.High
		}
		if n.Unit != "" {
			s += " " + n.Unit
		}
		all = append(all, s)
	}
	return strings.Join(all, " | ")
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Han numerals", "一万二千人", "一万二千人=12000 people"},
		{"Han and digits mixed", "1.2万名学员，7万5千户", "1.2万名学员=12000 people | 7万5千户=75000 households"},
		{"formal and traditional numerals", "壹萬貳仟元", "壹萬貳仟元=12000 CNY"},
		{"units left out at the end", "四百五，一万三", "四百五=450 | 一万三=13000"},
		{"more than", "超过1200人，十余万人，三千多名，500以上", "超过1200人=over 1200 people | 十余万人=over 100000 people | 三千多名=over 3000 people | 500以上=at least 500"},
		{"about and nearly", "约3000人，近万人，200人左右，近两万户", "约3000人=about 3000 people | 近万人=nearly 10000 people | 200人左右=about 200 people | 近两万户=nearly 20000 households"},
		{"two neighbours", "三四百人", "三四百人=about 300–400 people"},
		{"percent and parts", "百分之五，5%，三分之一", "百分之五=5 % | 5%=5 % | 三分之一=0.333333333333333"},
		{"words that are no numbers", "一切一样，万一，四川百姓十足", ""},
		{"bounds that end in equality", "more than 5000 or equal to it; >= 30 and <= 40; equal to or less than 9", "more than 5000 or equal=at least 5000 | >= 30=at least 30 | <= 40=at most 40 | equal to or less than 9=at most 9"},
		{"a bound that is the next number's", "above 1000 and below 1500; 200 or greater than 190; 7 or more than 6", "above 1000=over 1000 | below 1500=under 1500 | 200=200 | greater than 190=over 190 | 7=7 | more than 6=over 6"},
		{"parts in English words", "two-thirds of them, one quarter, more than half, half of the pupils, half a day, a third man, half past", "two-thirds=0.666666666666667 | one quarter=0.25 | more than half=over 0.5 | half=0.5"},
		{"below zero in words", "negative ten, minus 5, минус пять", "negative ten=-10 | minus 5=-5 | минус пять=-5"},
		{"through", "pages 20 through 100", "20 through 100=20–100"},
		{"English", "over 12,000 people; nearly 1.2 million; twelve thousand and five households; 40k", "over 12,000 people=over 12000 people | nearly 1.2 million=nearly 1200000 | twelve thousand and five households=12005 households | 40k=40000"},
		{"English ranges", "between 200 and 300 people, 5–7 km, 20 or more", "200 and 300 people=200–300 people | 5–7 km=5–7 km | 20 or more=at least 20"},
		{"Russian", "12 тысяч человек, 12 000 человек, 1,2 млн, двенадцать тысяч, более 500 семей, свыше 3 тыс. га", "12 тысяч человек=12000 people | 12 000 человек=12000 people | 1,2 млн=1200000 | двенадцать тысяч=12000 | более 500 семей=over 500 households | свыше 3 тыс. га=over 3000 ha"},
		{"Russian bounds", "не менее 200 человек, около 15%, двести с лишним", "не менее 200 человек=at least 200 people | около 15%=about 15 % | двести с лишним=over 200"},
		{"Kazakh", "он екі мың адам, мыңнан астам адам, 500-ге жуық отбасы, шамамен 20 пайыз", "он екі мың адам=12000 people | мыңнан астам адам=over 1000 people | 500-ге жуық отбасы=nearly 500 households | шамамен 20 пайыз=about 20 %"},
		{"Uyghur", "بىر مىڭ ئىككى يۈز ئادەم، 12 مىڭدىن ئارتۇق، تەخمىنەن 300 ئائىلە", "بىر مىڭ ئىككى يۈز ئادەم=1200 people | 12 مىڭدىن ئارتۇق=over 12000 | تەخمىنەن 300 ئائىلە=about 300 households"},
		{"years of dates are not counted", "2017年, 3017-يىلى, 3017-يىلىنىڭ", "2017=2017 | 3017=3017 | 3017=3017"},
		{"years that are counted", "5000 years, 1500 лет, 30 يىل", "5000 years=5000 years | 1500 лет=1500 years | 30 يىل=30 years"},
		{"money", "$20, ￥300, 1200亿美元, 5 000 тенге", "$20=20 USD | ￥300=300 CNY | 1200亿美元=120000000000 USD | 5 000 тенге=5000 KZT"},
		{"he is no ten", "он пришёл", ""},
		{"one is no number by itself", "one of them, один из них", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := counted(c.text); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func FuzzNumbers(f *testing.F) {
	for _, seed := range []string{"一万二千余人", "1.2万", "12 000-нан астам", "百分之五", "-.5", "1 3/5", "$20", "between 2 and 3", "三四百", "一百又五十万分之二"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		end := 0
		for _, n := range Numbers(text) {
			if n.Start < end || n.End <= n.Start || n.End > len(text) || n.Value == "" || n.Rule == "" || len(n.Value) > 200 {
				t.Fatalf("%+v after %d of %d", n, end, len(text))
			}
			end = n.End
		}
	})
}
