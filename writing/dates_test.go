package writing

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// dated joins what Dates gives, "text=EDTF" each.
func dated(text, written string) string {
	var all []string
	for _, d := range Dates(text, written) {
		all = append(all, text[d.Start:d.End]+"="+d.EDTF)
	}
	return strings.Join(all, " | ")
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ name, text, written, want string }{
		{"Chinese, digits", "会议于2017年10月召开", "", "2017年10月=2017-10"},
		{"Chinese, full width and traditional", "２０１７年１０月１２號", "", "２０１７年１０月１２號=2017-10-12"},
		{"Chinese numerals", "二〇一七年十月十二日，二零一七年十二月，两千零四年", "", "二〇一七年十月十二日=2017-10-12 | 二零一七年十二月=2017-12 | 两千零四年=2004"},
		{"a year alone", "2014年以来", "", "2014年=2014"},
		{"a count of years is no year", "服刑12年，判刑三年，10个月", "", ""},
		{"years of two digits before a month", "17年3月", "", "17年3月=2017-03"},
		{"a month and day take the year before", "2017年9月3日，10月12日", "", "2017年9月3日=2017-09-03 | 10月12日=2017-10-12"},
		{"a month and day alone stay open", "10月12日", "", "10月12日=XXXX-10-12"},
		{"the same year, from the text before", "2015年成立，同年7月关闭，次年重开", "", "2015年=2015 | 同年7月=2015-07 | 次年=2016"},
		{"last year, from the day of writing", "去年8月", "2018-02-01", "去年8月=2017-08"},
		{"last year, unresolved without it", "2015年。去年8月", "", "2015年=2015 | 去年8月=XXXX-08"},
		{"yesterday over a year's end", "昨天", "2018-01-01", "昨天=2017-12-31"},
		{"Republic calendar", "民國三十八年十月一日，民国38年", "", "民國三十八年十月一日=1949-10-01 | 民国38年=1949"},
		{"lunar calendar", "农历2015年十月初一", "", "农历2015年十月初一=2015-11-12"},
		{"lunar new year's eve", "2017年大年三十", "", "2017年大年三十=2018-02-15"},
		{"a leap month of the lunar calendar", "农历2017年闰六月初一", "", "农历2017年闰六月初一=2017-07-23"},
		{"an invented calendar stays open", "光明历2017年10月", "", "2017年10月="},
		{"parts of a month and year", "2017年10月上旬，2017年第三季度，2017年上半年，2016年春", "",
			"2017年10月上旬=2017-10-01/2017-10-10 | 2017年第三季度=2017-35 | 2017年上半年=2017-40 | 2016年春=2016-21"},
		{"decades and centuries", "1990年代，上世纪八十年代，20世纪", "", "1990年代=199X | 上世纪八十年代=198X | 20世纪=19XX"},
		{"spans in Chinese", "2014-2017年，2017年3月至5月，10月5日至8日", "", "2014-2017年=2014/2017 | 2017年3月至5月=2017-03/2017-05 | 10月5日至8日=2017-10-05/2017-10-08"},
		{"no such day", "2019年2月29日", "", "2019年2月29日="},
		{"ISO", "2017-10-12 and 2017-10-12T08:00", "", "2017-10-12=2017-10-12 | 2017-10-12=2017-10-12"},
		{"day or month first is not guessed", "on 12/10/2017", "", "12/10/2017=[2017-10-12,2017-12-10]"},
		{"one that can be read in one way only", "on 25/10/2017 or 10/25/2017", "", "25/10/2017=2017-10-25 | 10/25/2017=2017-10-25"},
		{"with full stops the day is first", "12.10.2017", "", "12.10.2017=2017-10-12"},
		{"numbers of papers are no dates", "192.168.10.12, v1.2.2017.3, № 12-10-2017-55", "", ""},
		{"English", "October 2017, 12 October 2017, October 12th, 2017, the second of May 2016", "",
			"October 2017=2017-10 | 12 October 2017=2017-10-12 | October 12th, 2017=2017-10-12 | second of May 2016=2016-05-02"},
		{"English years after a preposition", "in 2017, since 2014; in 2017 people", "", "2017=2017 | 2014=2014"},
		{"English relative", "In 2014 it began. That year 3 left; in October of that year all did. Last year", "2019-01-01",
			"2014=2014 | That year=2014 | October of that year=2014-10 | Last year=2018"},
		{"English spans", "from May 2015 to June 2018, 10-12 October 2017, between 3 May and 5 May 2016", "",
			"May 2015 to June 2018=2015-05/2018-06 | 10-12 October 2017=2017-10-10/2017-10-12 | 3 May and 5 May 2016=2016-05-03/2016-05-05"},
		{"English decade", "the 1990s", "", "1990s=199X"},
		{"may and march are words", "you may march in line", "", ""},
		{"Russian", "октябрь 2017, 12 октября 2017 г., в 2017 году, 12.10.2017г.", "", "октябрь 2017=2017-10 | 12 октября 2017 г.=2017-10-12 | 2017 году=2017 | 12.10.2017г.=2017-10-12"},
		{"Russian relative", "В 2014 году. В том же году; в октябре того же года. В прошлом году", "2018-05-05",
			"2014 году=2014 | том же году=2014 | октябре того же года=2014-10 | прошлом году=2017"},
		{"Russian spans", "с 10 по 12 октября 2017 года, с 2014 по 2017 год", "", "10 по 12 октября 2017 года=2017-10-10/2017-10-12 | 2014 по 2017 год=2014/2017"},
		{"Russian slashes are day first", "составлено и подписано 12/10/2017", "", "12/10/2017=2017-10-12"},
		{"Uyghur", "2017-يىلى 10-ئاي، 2017-يىلى 10-ئاينىڭ 12-كۈنى، 12-ئۆكتەبىر", "", "2017-يىلى 10-ئاي=2017-10 | 2017-يىلى 10-ئاينىڭ 12-كۈنى=2017-10-12 | 12-ئۆكتەبىر=2017-10-12"},
		{"Uyghur relative", "2014-يىلى. شۇ يىلى 5-ئايدا. ئۆتكەن يىلى", "2018-01-01", "2014-يىلى=2014 | شۇ يىلى 5-ئايدا=2014-05 | ئۆتكەن يىلى=2017"},
		{"Kazakh", "2017 жылғы қазан, 2017 жылғы 12 қазан, 2017 жылдың 12 қазанында, 2017 ж.", "",
			"2017 жылғы қазан=2017-10 | 2017 жылғы 12 қазан=2017-10-12 | 2017 жылдың 12 қазанында=2017-10-12 | 2017 ж.=2017"},
		{"Kazakh relative", "2014 жылы. Сол жылдың 5 мамырында. Былтыр", "2018-01-01", "2014 жылы=2014 | Сол жылдың 5 мамырында=2014-05-05 | Былтыр=2017"},
		{"Kazakh in Arabic letters", "2017 جىلى 12 قازان", "", "2017 جىلى 12 قازان=2017-10-12"},
		{"counted from the day of writing", "two days ago; three years ago; 三天前; два года назад; екі күн бұрын; ئىككى كۈن ئىلگىرى", "2018-05-05",
			"two days ago=2018-05-03 | three years ago=2015 | 三天前=2018-05-02 | два года назад=2016 | екі күн бұрын=2018-05-03 | ئىككى كۈن ئىلگىرى=2018-05-03"},
		{"weekdays", "last Friday, Friday of next week, 上周五, в прошлую пятницу", "2018-05-09", "last Friday=2018-05-04 | Friday of next week=2018-05-18 | 上周五=2018-05-04 | прошлую пятницу=2018-05-04"},
		{"years in words", "September the twenty-first nineteen seventy eight, May 3rd, two thousand and five", "", "September the twenty-first nineteen seventy eight=1978-09-21 | May 3rd, two thousand and five=2005-05-03"},
		{"days that are counted are no dates", "十五日以内，十五日之内，十五日内，三十日内报告，以十五日为限", "", "十五日=XXXX-XX-15"},
		{"years far ahead, where the text says that it means one", "3017年9月3日, 3017-يىلى 9-ئاينىڭ 30-كۈنى, в 3017 году; 12 октября 3017 года; 3017 жылғы 9 сәуір, 30/06/3017, 3017-09-30", "",
			"3017年9月3日=3017-09-03 | 3017-يىلى 9-ئاينىڭ 30-كۈنى=3017-09-30 | 3017 году=3017 | 12 октября 3017 года=3017-10-12 | 3017 жылғы 9 сәуір=3017-04-09 | 30/06/3017=3017-06-30 | 3017-09-30=3017-09-30"},
		{"an English day of a year far ahead ends there", "By 9 April 3017, or on 10 April 3017\nor 11 April 3017.", "", "9 April 3017=3017-04-09 | 10 April 3017=3017-04-10 | 11 April 3017=3017-04-11"},
		{"four digits that count are no year", "On 12 May 3000 people left. In 3000 cases; in May 3000 were held; on 9 May 3,017 left", "", "12 May=XXXX-05-12 | 9 May=XXXX-05-09"},
		{"hijri stays open", "1438 год хиджры", "", "1438 год="},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := dated(c.text, c.written); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestADateSaysItsDaysAndItsRule(t *testing.T) {
	text := "2015年成立，同年2月"
	d := Dates(text, "")[1]
	if d.First != "2015-02-01" || d.Last != "2015-02-28" || text[d.From.Start:d.From.End] != "2015年" || !strings.Contains(d.Rule, "同年") {
		t.Errorf("got %+v", d)
	}
}

func TestDatesOfAMillionMarksAreBounded(t *testing.T) {
	for _, text := range []string{
		"2017年" + strings.Repeat("\u0306", 1_000_000) + "10月",
		strings.Repeat("上", 60_000), strings.Repeat("2017-", 40_000), strings.Repeat("一", 60_000),
		strings.Repeat("10-12 ", 30_000), strings.Repeat("october to ", 20_000), strings.Repeat("2017年到", 20_000), strings.Repeat("一万", 40_000),
	} {
		began := time.Now()
		Dates(text, "2018-01-01")
		Numbers(text)
		t.Logf("%.12q…: %v", text, time.Since(began))
	}
}

func FuzzDates(f *testing.F) {
	for _, seed := range []string{"2017年10月12日", "农历闰六月初一", "12/10/2017", "с 10 по 12 октября", "2017-يىلى 10-ئاينىڭ 12-كۈنى", "Q3 2017", "9999年12月31日翌日", "民国99年"} {
		f.Add(seed, "2018-01-01")
	}
	f.Fuzz(func(t *testing.T, text, written string) {
		if !utf8.ValidString(text) {
			return
		}
		end := 0
		for _, d := range Dates(text, written) {
			if d.Start < end || d.End <= d.Start || d.End > len(text) {
				t.Fatalf("span %d–%d after %d of %d", d.Start, d.End, end, len(text))
			}
			if (d.First == "") != (d.Last == "") || d.First > d.Last || d.Rule == "" {
				t.Fatalf("%+v", d)
			}
			end = d.End
		}
	})
}
