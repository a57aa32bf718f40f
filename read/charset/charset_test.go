package charset

import (
	"bufio"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"

	"vidimus/internal/corpus"
)

func TestCharsetsAreFound(t *testing.T) {
	chinese := strings.Repeat("关于做好今年工作的通知。各单位要认真贯彻落实会议精神，及时上报有关情况。\n", 4)
	traditional := strings.Repeat("關於做好今年工作的通知。各單位要認真貫徹落實會議精神，及時上報有關情況。\n", 4)
	russian := strings.Repeat("Все люди рождаются свободными и равными в своём достоинстве и правах.\n", 4)
	for _, c := range []struct{ charset, text string }{
		{"utf-8", chinese}, {"gb18030", chinese}, {"big5", traditional},
		{"koi8-r", russian}, {"windows-1251", russian}, {"ibm866", russian},
		{"utf-16le", chinese}, {"utf-16be", chinese}, {"utf-16le", russian}, {"utf-16be", russian},
	} {
		charset, err := htmlindex.Get(c.charset)
		if err != nil {
			t.Fatal(err)
		}
		b, err := charset.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := decoded(Of([]byte(b)), []byte(b)); got != c.text {
			t.Errorf("%s: %.60q is not %.60q", c.charset, got, c.text)
		}
	}
}

// Sentences of our own; those of Windows 1252 must stay there.
func TestLatinCharsetsAreToldApart(t *testing.T) {
	for _, c := range []struct {
		language string
		charset  encoding.Encoding
		text     string
	}{
		{"French", charmap.Windows1252, "Il a dû attendre à la frontière, où l'été fut sûrement long et l'hiver rude; ça ne plaît à personne."},
		{"Portuguese", charmap.Windows1252, "As decisões não são públicas; vão às regiões e às povoações até amanhã de manhã."},
		{"Spanish", charmap.Windows1252, "El niño salió del pueblo según dijo su tía; mañana volverá, ¿o no volverá más?"},
		{"German", charmap.Windows1252, "Über die Straße führt ein »großer« Weg; die Bürger hören es später an größeren Türen."},
		{"Swedish", charmap.Windows1252, "Floden går över åkrarna när våren är här, och ingen frågar längre efter vägen."},
		{"Icelandic", charmap.Windows1252, "Það er langt síðan ég sá þig; við förum út á sjó þegar veðrið er gott og ný öld hefst."},
		{"Estonian", charmap.Windows1252, "Jõgi tõuseb öösel üle põldude ja õhtul ei küsi keegi enam teed üle küla."},
		{"breadcrumbs", charmap.Windows1252, "caf\u00e9\u00bbm\u00e9tro\u00bbnews\u00bbmore caf\u00e9 d\u00e9j\u00e0 vu"},
		{"Turkish", charmap.Windows1254, "Nehir ağır ağır yükseliyor, köyde kimse yolu sormuyor; çünkü artık şehir başka yerde."},
		{"Turkish in Latin 3", charmap.ISO8859_3, "Nehir ağır ağır yükseliyor, köyde kimse yolu sormuyor; çünkü artık şehir başka yerde."},
		{"Hungarian", charmap.ISO8859_2, "A folyó lassan emelkedik, és senki sem kérdezi már az utat; az idő hosszú, az erdő sűrű és a mező nagy."},
		{"Spanish with the euro", charmap.ISO8859_15, "El año pasado costó 300 € según la tía; mañana costará más, ¿o no costará más?"},
	} {
		b, err := c.charset.NewEncoder().String(c.text)
		if err != nil {
			t.Fatal(c.language, err)
		}
		if got := decoded(Of([]byte(b)), []byte(b)); got != c.text {
			t.Errorf("%s: %q", c.language, got)
		}
	}
}

func TestShiftedCharsetsAreNotASCII(t *testing.T) {
	for name, c := range map[string]struct{ bytes, text string }{
		"ISO-2022-KR":           {"\x1b$)Cno. 1: \x0e0!0\"\x0f!\n0!\n", "no. 1: 가각!\n0!\n"},
		"shifted up to its end": {"\x1b$)C\x0e0!\n0!", "가\n0!"},
		"ISO-2022-JP":           {"a \x1b$B$\"\x1b(B b", "a あ b"},
		"an escape of none":     {"red \x1b[31m", "red \x1b[31m"},
	} {
		if got := decoded(Of([]byte(c.bytes)), []byte(c.bytes)); got != c.text {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestBytesOfNoCharsetHaveNone(t *testing.T) {
	if c := Of([]byte{0, 1, 2, 0, 0, 0, 0xff, 0xd8, 0xdd, 0}); c != nil {
		t.Errorf("found %v", c)
	}
}

func decoded(charset encoding.Encoding, b []byte) string {
	if charset == nil {
		return ""
	}
	s, err := charset.NewDecoder().Bytes(b)
	if err != nil {
		return err.Error()
	}
	return strings.TrimPrefix(string(s), "\ufeff")
}

// aliases of charsets in the corpora's folder names, where they are not the
// web's.
func corpusCharset(name string) encoding.Encoding {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	parts := strings.Split(name, "-")
	for n := len(parts); n > 0; n-- {
		name := strings.Join(parts[:n], "-")
		switch name {
		case "gb2312", "gbk":
			return simplifiedchinese.GB18030
		case "iso-2022-kr":
			return ISO2022KR
		case "cp949":
			name = "euc-kr"
		case "cp932":
			name = "shift_jis"
		}
		if c, err := htmlindex.Get(name); err == nil {
			return c
		}
	}
	return nil
}

// The folder or file name tells the charset: tests/GB2312/x.xml, test/zh/big5.txt.
func TestTheCorpusOfCharsetsDecodesAsItsNamesSay(t *testing.T) {
	root := corpus.Root(t)
	manifest, err := os.Open(filepath.Join(root, "MANIFEST.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	all, right := 0, 0
	for lines := bufio.NewScanner(manifest); lines.Scan(); {
		f := strings.Split(lines.Text(), "\t")
		name := ""
		switch {
		case strings.HasPrefix(f[0], "BYVoid+uchardet/"):
			name = path.Base(f[2])
		case strings.HasPrefix(f[0], "chardet+chardet/"):
			name = path.Base(path.Dir(f[2]))
		}
		truth := corpusCharset(name)
		if truth == nil {
			continue
		}
		b, err := os.ReadFile(filepath.Join(root, f[0]))
		if err != nil {
			t.Fatal(err)
		}
		all++
		if charset := Of(b[:min(len(b), sampleBytes)]); decoded(charset, b) == decoded(truth, b) {
			right++
		} else {
			t.Logf("%s: taken for %v", f[2], charset)
		}
	}
	corpus.Measure(t, "charsets of the folders of uchardet and chardet", right, all, 95)
}

func TestWrongLabelsAreNotTrusted(t *testing.T) {
	gb := func(s string) string {
		b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	chinese := strings.Repeat("关于做好今年工作的通知，各单位要认真贯彻落实。镕", 3)
	for _, c := range []struct{ name, bytes, label, want string }{
		{"GB2312 means GB18030", gb(chinese + "㐀"), "gb2312", chinese + "㐀"},
		{"UTF-8 called Latin 1", chinese, "iso-8859-1", chinese},
		{"GB18030 called UTF-8", gb(chinese), "utf-8", chinese},
		{"a label nobody knows", chinese, "x-unknown", chinese},
		{"no label", "plain", "", "plain"},
		{"Latin 1 as it says", "caf\xe9", "iso-8859-1", "café"},
		{"UTF-7", "Hi Mom -+Jjo--! 1+-1", "utf-7", "Hi Mom -☺-! 1+1"},
	} {
		if got := Decode([]byte(c.bytes), c.label); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("Hi Mom -+Jjo--!"), "utf-7")
	f.Add([]byte("\xc8\xab\xb9\xfa"), "gb2312")
	f.Add([]byte("\x1b$B$3"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, b []byte, label string) {
		if !utf8.ValidString(Decode(b, label)) {
			t.Fatal("not UTF-8")
		}
	})
}
