package leak

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// syllable is a piece of a name in four scripts.
type syllable struct{ latin, han, uyghur, russian string }

// syllables of given names and of family names: no name made of them stands in
// the lists of real names that a test compares with.
var (
	firsts  = []syllable{{"Zel", "泽勒", "زەل", "Зел"}, {"Quv", "库弗", "قۇۋ", "Кув"}, {"Nav", "纳弗", "ناۋ", "Нав"}, {"Osh", "奥什", "ئوش", "Ош"}, {"Tel", "泰勒", "تېل", "Тел"}, {"Vur", "武尔", "ۋۇر", "Вур"}, {"Gez", "盖兹", "گېز", "Гез"}, {"Ilk", "伊勒克", "ئىلك", "Илк"}, {"Sav", "萨弗", "ساۋ", "Сав"}, {"Dor", "多尔", "دور", "Дор"}, {"Hel", "海勒", "خېل", "Хел"}, {"Yut", "尤特", "يۇت", "Ют"}}
	seconds = []syllable{{"dun", "顿", "دۇن", "дун"}, {"mesh", "梅什", "مېش", "меш"}, {"vana", "瓦纳", "ۋانا", "вана"}, {"kur", "库尔", "كۇر", "кур"}, {"zet", "泽特", "زېت", "зет"}, {"nolu", "诺卢", "نولۇ", "нолу"}, {"beq", "贝克", "بەق", "бек"}, {"shor", "绍尔", "شور", "шор"}, {"meru", "梅鲁", "مېرۇ", "меру"}, {"tavi", "塔维", "تاۋى", "тави"}}
	thirds  = []syllable{{"Kev", "凯夫", "كېۋ", "Кев"}, {"Tol", "托勒", "تول", "Тол"}, {"Orz", "奥尔兹", "ئورز", "Орз"}, {"Bak", "巴克", "باك", "Бак"}, {"Ush", "乌什", "ئۇش", "Уш"}, {"Lez", "莱兹", "لېز", "Лез"}, {"Pah", "帕赫", "پاخ", "Пах"}, {"Jem", "杰姆", "جېم", "Джем"}, {"Ver", "韦尔", "ۋېر", "Вер"}, {"Qum", "库姆", "قۇم", "Кум"}}
	fourths = []syllable{{"zur", "祖尔", "زۇر", "зур"}, {"vesh", "韦什", "ۋېش", "веш"}, {"nok", "诺克", "نوك", "нок"}, {"talu", "塔卢", "تالۇ", "талу"}, {"drin", "德林", "درىن", "дрин"}, {"mush", "穆什", "مۇش", "муш"}, {"gola", "戈拉", "گولا", "гола"}, {"sev", "塞夫", "سېۋ", "сев"}}
)

// name is one name in four scripts.
type name struct{ latin, han, uyghur, russian string }

func joined(a, b syllable) name {
	return name{a.latin + b.latin, a.han + b.han, a.uyghur + b.uyghur, a.russian + b.russian}
}

// given and family give the nth names; they begin again after 120 and 80.
func given(n int) name { return joined(firsts[n%len(firsts)], seconds[n/len(firsts)%len(seconds)]) }
func family(n int) name {
	return joined(thirds[n%len(thirds)], fourths[n/len(thirds)%len(fourths)])
}

// villages are the places that tables and texts speak of.
var villages = []name{
	{"Pashem", "帕谢姆", "پاشېم", "Пашем"}, {"Teknur", "特克努尔", "تېكنۇر", "Текнур"},
	{"Velmash", "韦勒马什", "ۋېلماش", "Велмаш"}, {"Sarnuk", "萨尔努克", "سارنۇك", "Сарнук"},
	{"Otresh", "奥特雷什", "ئوترېش", "Отреш"}, {"Kumzel", "库姆泽勒", "كۇمزېل", "Кумзел"},
	{"Rodun", "罗敦", "رودۇن", "Родун"}, {"Havol", "哈沃勒", "خاۋول", "Хавол"},
	{"Umbrek", "温布雷克", "ئۇمبرېك", "Умбрек"}, {"Kedrun", "凯德伦", "كېدرۇن", "Кедрун"},
}

// prisoner is one line of the list of the first batch.
type prisoner struct {
	number  int
	name    name
	village name
	age     int
	remark  string
}

// prisoners lists the 120 names of the first batch. Number 119 is known from
// elsewhere; number 47 never arrived.
func prisoners() []prisoner {
	draw := rand.New(rand.NewPCG(3017, 120))
	var list []prisoner
	for n := 1; n <= 120; n++ {
		g, f := given(n*7), family(n*3)
		p := prisoner{n, name{g.latin + " " + f.latin, g.han + "·" + f.han, g.uyghur + " " + f.uyghur, g.russian + " " + f.russian},
			villages[draw.IntN(len(villages))], 17 + draw.IntN(60), ""}
		switch n {
		case 47:
			p.remark = "跳车，送渠首医务室"
		case 119:
			p.name = name{"Zelmur Adivat", "泽勒木尔·阿迪瓦特", "زەلمۇر ئادىۋات", "Зельмур Адиват"}
			p.village, p.age, p.remark = villages[0], 41, "念信的"
		case 120:
			p.remark = "重名，查无此人"
		}
		list = append(list, p)
	}
	return list
}

// firstBatch is the list of people to be fetched in the night after the
// speech, two beside each other.
func firstBatch() string {
	var w, remarks strings.Builder
	w.WriteString("# 第一批请学名单（一百二十人）\n\n堰历3017年4月9日夜。铅笔写，事毕收回。\n\n")
	for i, p := range prisoners() {
		edge, end := "|", "\n\n"
		if i%2 == 0 {
			edge, end = "| ", ""
		}
		fmt.Fprintf(&w, "%s%04d|%s|%s|%d%s", edge, p.number, p.name.han, p.village.han, p.age, end)
		if p.remark != "" {
			fmt.Fprintf(&remarks, "%04d号：%s。", p.number, p.remark)
		}
	}
	return w.String() + remarks.String() + "到院一百一十九人。签收：戈斯马尔·赫廷。"
}

// graves is the register of graves below the line: 2,094 of them, none moved.
func graves() string {
	draw := rand.New(rand.NewPCG(3017, 2094))
	var w strings.Builder
	w.WriteString("# 水线以下坟墓登记（第二本）\n\n堰历3017年6月，安迁处。登记，编号，不迁。保管人：伊尔瓦娜·赛尔克。\n\n")
	for n := 1; n <= 2094; n++ {
		f, v := family(draw.IntN(80)), villages[draw.IntN(len(villages))]
		remark := "不迁"
		switch {
		case n == 811, n == 812:
			remark = "夜里已迁走"
		case draw.IntN(40) == 0:
			remark = "无碑"
		}
		fmt.Fprintf(&w, "| Z%04d|%d|%s|%s|%s|%s\n\n", n, 2930+draw.IntN(87), f.latin, remark, v.han, v.uyghur)
	}
	w.WriteString("共二千零九十四座。祖姆拉什县三十八村，本册只记十村，其余见第一本。")
	return w.String()
}

// removal is the list of households gone by the end of March: its last line
// says 4,117, but five numbers were left out.
func removal() string {
	draw := rand.New(rand.NewPCG(3017, 4117))
	var w strings.Builder
	w.WriteString("# 已搬迁户登记 Список выбывших\n\n凯勒木特区水序局，截至堰历3017年3月31日。只写门牌，不写姓名。\n\n| 序|村|село|门牌|人口|儿童|日期|车\n\n")
	people := 0
	for n := 1; n <= 4117; n++ {
		if n >= 2301 && n <= 2305 {
			continue
		}
		v, persons := villages[draw.IntN(len(villages))], 1+draw.IntN(9)
		people += persons
		fmt.Fprintf(&w, "| %d|%s|%s|%d|%d|%d|%02d.%02d.%d|K%d\n\n", n, v.han, v.russian, 1+draw.IntN(480), persons, draw.IntN(persons),
			1+draw.IntN(28), 1+(n/700+9)%12, 3016+(n/700+9)/12, 1+draw.IntN(44))
	}
	fmt.Fprintf(&w, "共四千一百一十七户，%d人。", people)
	return w.String()
}
