package writing

import (
	"strings"
	"testing"
)

var mixedText = strings.Repeat("各区县人民政府：现将有关事项通知如下，2017年10月12日起执行，涉及一万二千余人。The committee met in October 2017 and sent the students to the schools of the county. "+
	"Все люди рождаются свободными и равными в своём достоинстве, 12 октября 2017 года они собрались. ئۈرۈمچى شەھەرلىك خەلق ھۆكۈمىتى 2017-يىلى 10-ئايدا ئۇقتۇرۇش چىقاردى. ", 200)

func BenchmarkDates(b *testing.B) {
	b.SetBytes(int64(len(mixedText)))
	for b.Loop() {
		Dates(mixedText, "")
	}
}

func BenchmarkNumbers(b *testing.B) {
	b.SetBytes(int64(len(mixedText)))
	for b.Loop() {
		Numbers(mixedText)
	}
}
