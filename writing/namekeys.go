package writing

import (
	"sort"
	"strings"
)

// Key is what two spellings of one name have in common.
type Key struct {
	Text string
	// Skeleton marks a key of consonants only: names that share it may be the
	// same. It suggests, and finds what must not be missed; it shows nothing
	// by itself.
	Skeleton bool
}

// keyLimit bounds the keys of one name.
const keyLimit = 40

// NameKeys gives the keys of a name in any script: its Chinese readings
// ("z:chen quan guo") and its sound in the languages with letters
// ("p:memet"), with the words of the name in either order.
func NameKeys(name string) []Key {
	words := nameWords(name)
	if len(words) == 0 {
		return nil
	}
	k := keyList{seen: make(map[string]bool)}
	switch script := scriptOf(name); script {
	case "Hani":
		for _, r := range HanReadings(strings.Join(words, "")) {
			k.add("z:"+r, false)
		}
	case "Latn", "Cyrl":
		k.syllables(words, script)
		k.sounds(words)
	case "Arab":
		k.sounds(words)
	}
	k.skeletons(name, words)
	return k.all
}

type keyList struct {
	all  []Key
	seen map[string]bool
}

func (k *keyList) add(text string, skeleton bool) {
	if len(text) < 4 || k.seen[text] || len(k.all) >= keyLimit {
		return
	}
	k.seen[text] = true
	k.all = append(k.all, Key{text, skeleton})
}

// syllables adds the Chinese readings of a name in letters, the surname first
// or last.
func (k *keyList) syllables(words []string, script string) {
	systems := []*system{pinyinSystem(), wadeSystem()}
	if script == "Cyrl" {
		systems = []*system{palladiusSystem()}
	}
	if aspirated(words) {
		systems = []*system{wadeSystem()}
	}
	for _, s := range systems {
		for _, way := range s.splitName(words) {
			k.add("z:"+way, false)
		}
		if len(words) == 2 {
			for _, way := range s.splitName([]string{words[1], words[0]}) {
				k.add("z:"+way, false)
			}
		}
	}
}

// sounds adds how a name in letters sounds, its words sorted.
func (k *keyList) sounds(words []string) {
	ways := []string{""}
	sorted := append([]string(nil), words...)
	sort.Strings(sorted)
	parts := make([][]string, len(words))
	for i, w := range words {
		if parts[i] = Sounds(w); len(parts[i]) == 0 {
			return
		}
	}
	sort.Slice(parts, func(i, j int) bool { return parts[i][0] < parts[j][0] })
	for _, p := range parts {
		ways = appendEach(ways, p)
	}
	for _, w := range ways {
		k.add("p:"+w, false)
	}
}

func (k *keyList) skeletons(name string, words []string) {
	if scriptOf(name) == "Hani" {
		for _, r := range HanReadings(strings.Join(words, "")) {
			k.add("s:"+consonants(strings.ReplaceAll(r, " ", "")), true)
		}
		return
	}
	for _, s := range Sounds(strings.Join(words, "")) {
		k.add("s:"+consonants(s), true)
	}
}
