// Command build writes the tables of Han characters that writing embeds:
//
//	han/simplified.txt   each traditional or variant character and its simplified form (OpenCC)
//	han/readings.txt     each reading without tones, and the characters that have it (go-pinyin)
//
// Run it in the folder writing: go run ./han/build. Both modules are used here
// only; neither is in the program.
package main

import (
	"fmt"
	"log"
	"os"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"
	"github.com/mozillazg/go-pinyin"
)

// Only the characters of the basic block and its first extension are in
// names that newspapers and registers write.
const (
	first, last = 0x3400, 0x9FFF
	atMost      = 3 // readings of one character
)

func main() {
	simplified, err := simplify()
	if err != nil {
		log.Fatal(err)
	}
	for name, text := range map[string]string{"han/simplified.txt": simplified, "han/readings.txt": readings()} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

func simplify() (string, error) {
	converter, err := opencc.New("t2s")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for r := rune(first); r <= last; r++ {
		to, err := converter.Convert(string(r))
		if err != nil {
			return "", err
		}
		if utf8.RuneCountInString(to) == 1 && to != string(r) {
			fmt.Fprintf(&b, "%c%s\n", r, to)
		}
	}
	return b.String(), nil
}

func readings() string {
	args := pinyin.NewArgs()
	args.Heteronym = true
	args.Style = pinyin.Normal
	by := make(map[string][]rune)
	for r := rune(first); r <= last; r++ {
		n := 0
		seen := make(map[string]bool)
		for _, s := range pinyin.SinglePinyin(r, args) {
			s = strings.NewReplacer("ü", "v", "ê", "e").Replace(s)
			if n == atMost || seen[s] || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
				continue
			}
			seen[s] = true
			// The first reading of a character is marked by its place in the
			// line: lines are "reading n characters", n counting from 1.
			n++
			by[fmt.Sprintf("%s %d", s, n)] = append(by[fmt.Sprintf("%s %d", s, n)], r)
		}
	}
	keys := make([]string, 0, len(by))
	for k := range by {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var b strings.Builder
	for _, k := range keys {
		fmt.Fprintf(&b, "%s %s\n", k, string(by[k]))
	}
	return b.String()
}
