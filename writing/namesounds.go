package writing

import "strings"

// soundLimit bounds the sounds of one word.
const soundLimit = 8

// soundRows give what letters sound like, each with its readings in the
// languages served: Uyghur, Kazakh, Russian and their Latin spellings. What
// newspapers and passports write for each other is one sound: q and k, gh and
// g, x and kh and h, w and v, y and i.
var soundRows = letterOptions(
	// Latin
	"sch sh|shch sh|sh sh|ş sh|š sh|zh j|ž j|ch ch|ç ch|č ch|tch ch|kh h|gh g|ğ g|ǵ g|ng ng|ñ ng|ń ng|ts ts|tz ts|dzh j|dj j|" +
		"a a|á a|ä a,e|e e|é e|ë e|è e|ê e|i i|í i|ı i|î i|y i|ý u,i|iy i|yi i|ii i|ij i|yy i|o o|ö o|ó o|u u|ü u|ú u|ū u|û u|oo u|ou u|ee i|" +
		"ya ia|ja ia,ja|ia ia|yu iu|ju iu,ju|iu iu|yo io|io io|ye e|ie e|je e,je|" +
		"b b|c k,ts|d d|f f|g g|h h|j j|k k|l l|m m|n n|p p|q k|r r|s s|t t|v v|w v|x h|z z|uw uv,u|" +
		// Cyrillic
		"а a|б b|в v|г g|д d|е e|ё io,e|ж j|з z|и i|й i|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х h|ц ts|ч ch|ш sh|щ sh|ъ -|ы i|ь -|э e|ю iu|я ia|" +
		"ә e,a|ғ g|қ k|ң ng|ө o|ұ u|ү u|һ h|і i|җ j|дж j|нг ng|ий i|ый i|иы i|" +
		// Arabic letters of Uyghur and Kazakh
		"ئ -|ا a|ە e|ب b|پ p|ت t|ج j|چ ch|خ h|د d|ر r|ز z|ژ j|س s|ش sh|غ g|ف f|ق k|ك k|ک k|گ g|ڭ ng|ل l|م m|ن n|ھ h,e|ه h,e|ہ h,e|و o|ۇ u|ۆ o,v|ۈ u|ۋ v,u|ې e|ى i|ی i|ي i|" +
		"ع g|ح h|ء -|\u0674 -|ٵ a|ٶ o|ٷ u|ٸ i|ۅ o|' -|’ -")

func letterOptions(rows string) map[string][]string {
	table := make(map[string][]string)
	for row := range strings.SplitSeq(rows, "|") {
		from, to, _ := strings.Cut(row, " ")
		for o := range strings.SplitSeq(to, ",") {
			table[from] = append(table[from], strings.Trim(o, "-"))
		}
	}
	return table
}

// Sounds gives how a word in Latin, Cyrillic or Arabic letters sounds, in up
// to eight ways, the likeliest first; nothing for a letter that it does not
// know. Letters written twice are one.
func Sounds(word string) []string {
	ways := []string{""}
	letters := []rune(word)
	if len(letters) > 40 {
		return nil
	}
	for i := 0; i < len(letters); {
		n := min(4, len(letters)-i)
		var options []string
		for ; n > 0 && options == nil; n-- {
			options = soundRows[string(letters[i:i+n])]
		}
		if options == nil {
			return nil
		}
		i += n + 1
		var next []string
		for _, o := range options {
			for _, w := range ways {
				if len(next) < soundLimit {
					next = append(next, w+o)
				}
			}
		}
		ways = next
	}
	for i, w := range ways {
		ways[i] = once(w)
	}
	return ways
}

// once makes letters that stand twice one.
func once(w string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range w {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// consonants leaves the bones of a sound: its consonants in few classes, in
// which Han transcriptions of other names keep them.
func consonants(sound string) string {
	sound = strings.NewReplacer("zh", "c", "ch", "c", "sh", "s", "ng", "n", "ts", "s").Replace(sound)
	var b strings.Builder
	last := byte(0)
	for i := 0; i < len(sound); i++ {
		c := boneClasses[sound[i]]
		if c == 0 || c == last {
			continue
		}
		b.WriteByte(c)
		last = c
	}
	return b.String()
}

var boneClasses = [256]byte{'b': 'p', 'p': 'p', 'f': 'p', 'd': 't', 't': 't', 'g': 'k', 'k': 'k', 'h': 'k', 'q': 'c', 'j': 'c', 'c': 'c', 'x': 's', 's': 's', 'z': 's',
	'l': 'l', 'r': 'l', 'm': 'm', 'n': 'n'}
