package trace

import (
	"regexp"
	"strings"
)

// stamp is a pattern of words by which copies, recipients, users and machines
// are named on a page.
type stamp struct {
	kind    Kind
	how     Certainty
	pattern *regexp.Regexp
}

// stamps are by language: Chinese 份号 and 密级编号 as GB/T 9704-2012 7.2.1 has
// them, Russian "Экз. №" as office work there writes it, Kazakh and Uyghur by
// the words for copy, English by common use.
var stamps = []stamp{
	{CopyNumber, Found, regexp.MustCompile(`(?:份\s*号|份\s*数|第\s*[0-9〇一二三四五六七八九十百]{1,6}\s*份|共?印\s*[0-9〇零一二三四五六七八九十百两]{1,6}\s*份|编号\s*[:：]\s*[0-9A-Za-z-]{2,}|发送范围|主送|抄送)`)},
	{CopyNumber, Found, regexp.MustCompile(`(?i)(?:экз(?:\.|емпляр)\s*(?:№\s*\d*|\d+)|копия\s*№\s*\d+|инв\.\s*№\s*[\d/-]+|рассылка\s*:)`)},
	{CopyNumber, Found, regexp.MustCompile(`(?i)\b(?:copy\s*(?:no\.?|number|#)?\s*[:#]?\s*\d{1,6}(?:\s*(?:of|/)\s*\d{1,6})?\b|issued\s+to\s*:|recipient\s*(?:no\.?|id|copy)?\s*:|distribution\s+(?:list|copy)\s*:|for\s+the\s+eyes\s+of\b)`)},
	{CopyNumber, Found, regexp.MustCompile(`(?i)(?:нұсқа|дана)\s*№\s*\d+`)},
	{CopyNumber, Found, regexp.MustCompile(`(?:نۇسخا|نۇسخىسى)\s*(?:نومۇرى)?\s*[:№]?\s*[0-9]+`)},
	{VisibleIDs, Found, regexp.MustCompile(`(?i)(?:[a-z]:\\(?:users|documents and settings)\\[^\s\\]+|\\\\[a-z0-9_.-]{2,}\\[^\s\\]+|/home/[a-z0-9_.-]+|/users/[a-z0-9_.-]+)`)},
	{VisibleIDs, Suspected, regexp.MustCompile(`(?i)(?:\b(?:printed|downloaded|viewed|exported|accessed|logged\s+in)\s+(?:by|as)\b|打印人|打印者|用户名\s*[:：]|登录名\s*[:：]|账号\s*[:：]|распечатал|пользователь\s*:)`)},
	{VisibleIDs, Suspected, regexp.MustCompile(`(?im)^.{0,40}\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s+\d{1,2}:\d{2}\b.*(?:>>|\bfax\b|факс|传真|\bp(?:age)?\.?\s*\d{1,3}\s*(?:/|of)\s*\d{1,3})`)},
	{Times, Suspected, regexp.MustCompile(`(?i)(?:\b(?:printed|downloaded|exported)\s+(?:on|at)\b|打印时间|打印日期|下载时间|дата\s+печати)`)},
	{VisibleIDs, Suspected, regexp.MustCompile(`\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b`)},
}

// Stamps finds the numbers of copies, recipients, users and machines that
// stand in a page's words.
func Stamps(text string) []Trace {
	var all []Trace
	for _, s := range stamps {
		for _, m := range s.pattern.FindAllStringIndex(text, most) {
			start, end := line(text, m[0], m[1])
			all = append(all, Trace{Kind: s.kind, Certainty: s.how, Start: start, End: end})
		}
	}
	return Sort(all)
}

// line widens a match to its line: what would be withheld, and what does not
// tell where in the line the number stands.
func line(text string, from, to int) (int, int) {
	start := strings.LastIndexByte(text[:from], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[to:], '\n'); i >= 0 {
		end = to + i
	}
	return start, end
}

var (
	clock   = regexp.MustCompile(`(?:^|[\s|])(?:[01]?\d|2[0-3])[:：.][0-5]\d(?:\s*(?:AM|PM|am|pm))?(?:$|[\s|])`)
	battery = regexp.MustCompile(`\b(?:100|[1-9]?\d)\s*%|\b(?:LTE|5G|4G|3G|Wi-?Fi|VPN)\b`)
)

// screens are the widths and heights, the smaller first, of the screens of
// phones, tablets and computers in wide use.
var screens = map[[2]int]bool{
	{750, 1334}: true, {828, 1792}: true, {1080, 1920}: true, {1080, 2160}: true, {1080, 2220}: true, {1080, 2280}: true,
	{1080, 2340}: true, {1080, 2376}: true, {1080, 2400}: true, {1125, 2436}: true, {1170, 2532}: true, {1179, 2556}: true,
	{1242, 2208}: true, {1242, 2688}: true, {1284, 2778}: true, {1290, 2796}: true, {1440, 2560}: true, {1440, 2960}: true,
	{1440, 3040}: true, {1440, 3120}: true, {1440, 3200}: true, {720, 1280}: true, {720, 1520}: true, {720, 1600}: true,
	{640, 1136}: true, {768, 1366}: true, {900, 1600}: true, {900, 1440}: true, {1050, 1680}: true, {1200, 1920}: true,
	{800, 1280}: true, {768, 1024}: true, {1024, 1280}: true, {1536, 2048}: true, {1620, 2160}: true, {1668, 2224}: true,
	{1668, 2388}: true, {2048, 2732}: true, {1600, 2560}: true, {1800, 2880}: true, {2160, 3840}: true,
}

// Screenshot finds the clock of a screen in what OCR read at the top or the
// bottom edge of a picture of w × h pixels. A picture of a screen's size whose
// edge nobody could read is one of which we cannot tell.
func Screenshot(text string, w, h int) []Trace {
	if !screens[[2]int{min(w, h), max(w, h)}] {
		return nil
	}
	lines := strings.SplitAfter(text, "\n")
	var all []Trace
	at := 0
	for i, l := range lines {
		edge := i < 2 || i >= len(lines)-3
		if edge && clock.MatchString(strings.TrimRight(l, "\n")) {
			how := Suspected
			if battery.MatchString(l) {
				how = Found
			}
			all = append(all, Trace{Kind: ScreenClock, Certainty: how, Start: at, End: at + len(strings.TrimRight(l, "\n"))})
		}
		at += len(l)
	}
	if len(all) == 0 {
		all = append(all, Trace{Kind: ScreenClock, Certainty: CannotTell})
	}
	return all
}
