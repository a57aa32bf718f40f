//go:build linux

package main

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"vidimus/protect/match"
	"vidimus/protect/people"
)

// disguise hides a name. One that hides it in bytes is no text: it can only
// stand in a file that is taken in, and given out, as it is.
type disguise struct {
	name  string
	bytes bool
	hide  func(name string) string // as it was where it cannot
}

// disguises are those that the list of protected people is held against.
var disguises = []disguise{
	{"as it is", false, func(s string) string { return s }},
	{"decomposed letters (NFD)", false, norm.NFD.String},
	{"full-width letters", false, mapped(func(r rune) string {
		if r > ' ' && r < 0x7F {
			return string(r + 0xFEE0)
		}
		return string(r)
	})},
	{"zero-width characters inside", false, spread("\u200b")},
	{"a soft hyphen inside", false, parted("\u00ad")},
	{"letters that look alike", false, strings.NewReplacer("a", "а", "e", "е", "o", "о", "s", "ѕ", "h", "һ", "i", "і", "x", "х", "M", "М", "B", "В",
		"а", "a", "е", "e", "о", "o", "с", "c", "р", "p", "х", "x", "у", "y").Replace},
	{"capital letters", false, strings.ToUpper},
	{"spaces between letters", false, spread(" ")},
	{"a line break inside", false, parted("\n")},
	{"hyphenated at a line's end", false, parted("-\n")},
	{"reversed", false, func(s string) string { r := []rune(s); slices.Reverse(r); return string(r) }},
	{"percent-encoded", false, func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }},
	{"base64", false, func(s string) string { return base64.StdEncoding.EncodeToString([]byte("is " + s + ".")) }},
	{"hexadecimal digits", false, func(s string) string { return hex.EncodeToString([]byte(s)) }},
	{"entities", false, mapped(func(r rune) string { return fmt.Sprintf("&#x%X;", r) })},
	{"the other kind of Chinese characters", false, otherHan},
	{"another script", false, otherScript},
	{"one wrong character", false, oneWrong},
	{"initials", false, initials},
	{"UTF-16", true, func(s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeffat the yard stood " + s + " in winter.\r\n")) {
			b = append(b, byte(u), byte(u>>8))
		}
		return string(b)
	}},
	{"a packed stream", true, func(s string) string {
		var b bytes.Buffer
		w := zlib.NewWriter(&b)
		fmt.Fprintf(w, "BT (%s) Tj ET", s)
		w.Close()
		return b.String()
	}},
}

func mapped(f func(rune) string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, r := range s {
			b.WriteString(f(r))
		}
		return b.String()
	}
}

// spread puts something between all letters.
func spread(what string) func(string) string {
	return func(s string) (out string) {
		for i, r := range []rune(s) {
			if i > 0 && !unicode.Is(unicode.M, r) && r != ' ' {
				out += what
			}
			out += string(r)
		}
		return out
	}
}

// parted puts something into the middle of a word.
func parted(what string) func(string) string {
	return func(s string) string {
		r := []rune(s)
		at := len(r) / 2
		for at < len(r)-1 && (unicode.Is(unicode.M, r[at]) || r[at] == ' ' || r[at-1] == ' ') {
			at++
		}
		return string(r[:at]) + what + string(r[at:])
	}
}

var simpleHan, fullHan = "陈张刘赵孙马吴冯邓谢韩许苏卢蒋贾陆邹钱谭云", "陳張劉趙孫馬吳馮鄧謝韓許蘇盧蔣賈陸鄒錢譚雲"

func otherHan(s string) string {
	return mapped(func(r rune) string {
		for i, simple := range []rune(simpleHan) {
			full := []rune(fullHan)[i]
			if r == simple {
				return string(full)
			} else if r == full {
				return string(simple)
			}
		}
		return string(r)
	})(s)
}

func otherScript(s string) string {
	sure, _ := people.Person{Names: []string{s}}.Forms()
	for _, form := range sure {
		if script(form) != script(s) {
			return form
		}
	}
	return s
}

func script(s string) *unicode.RangeTable {
	r := []rune(s)[0]
	for _, t := range []*unicode.RangeTable{unicode.Han, unicode.Arabic, unicode.Cyrillic} {
		if unicode.Is(t, r) {
			return t
		}
	}
	return unicode.Latin
}

// oneWrong replaces a letter as OCR would, never the first.
func oneWrong(s string) string {
	r := []rune(s)
	for i := len(r) - 2; i > 0; i-- {
		if unicode.IsLetter(r[i]) {
			r[i] = map[*unicode.RangeTable]rune{unicode.Han: '口', unicode.Arabic: 'ڭ', unicode.Cyrillic: 'ж', unicode.Latin: 'q'}[script(s)]
			return string(r)
		}
	}
	return s
}

func initials(s string) string {
	words := strings.Fields(s)
	if len(words) < 2 {
		return s
	}
	out := ""
	for _, w := range words {
		out += string(unicode.ToUpper([]rune(w)[0])) + ". "
	}
	return strings.TrimSpace(out)
}

// scriptsOfNames are the five in which people are named.
var scriptsOfNames = []string{"Latin", "Uyghur", "Cyrillic", "simplified Chinese", "full Chinese"}

// inventor makes names of people, none of which is like another's.
type inventor struct {
	by    *rand.Rand
	names []string
	list  *match.List
}

var syllables = [][]string{
	strings.Fields("vor mel dask ipu tran zol kem usht bri gad fenn ory sput lach wim jor ned qua hild pex ard oment"),
	strings.Fields("ۋور مەل داسك تران زول كەم برى گاد فەنن سپۇت لاچ ۋىم جور نەد خىلد پەكس بېنت"),
	strings.Fields("пряк ушев годр белк вист жуна цып этар фома шенд лугр хаст овил мыш кедр ясно юрт брик"),
}

var givenHan = []rune("雅筠霁岚沐宸翊钧澜琛璟珩昀晖栩棣楹槿沅泠淇渝湄溪漪澍瀚煜熠燊珂琬瑾璇甄畅皓睿祎禧秣稷竺笙箐篁")

// in gives a new name in a script.
func (v *inventor) in(script int) string {
	for {
		name := v.try(script)
		alone := match.New([]match.Person{asForms("new", name)})
		if (v.list != nil && len(v.list.Find(name)) > 0) || len(alone.Find(strings.Join(v.names, "; "))) > 0 {
			continue
		}
		v.names = append(v.names, name)
		var all []match.Person
		for i, n := range v.names {
			all = append(all, asForms(pNumber(i), n))
		}
		v.list = match.New(all)
		return name
	}
}

func asForms(id, name string) match.Person {
	sure, unsure := people.Person{Names: []string{name}}.Forms()
	return match.Person{ID: id, Forms: sure, Unsure: unsure}
}

func (v *inventor) try(script int) string {
	if script < len(syllables) {
		word := func(n int) (out string) {
			for range n {
				out += syllables[script][v.by.IntN(len(syllables[script]))]
			}
			r := []rune(out)
			return string(unicode.ToUpper(r[0])) + string(r[1:])
		}
		return word(2) + " " + word(3)
	}
	surnames := []rune(simpleHan)
	if script == 4 {
		surnames = []rune(fullHan)
	}
	return string([]rune{surnames[v.by.IntN(len(surnames))], givenHan[v.by.IntN(len(givenHan))], givenHan[v.by.IntN(len(givenHan))]})
}
