package writing

import "strings"

// candidateLimit bounds the pairs of a first and second character.
const candidateLimit = 1500

// HanCandidates gives the characters that a Chinese name in Latin or Cyrillic
// letters can be written with, for each way in which its syllables fall: the
// surnames that are read as the first, and for each other syllable the
// characters that have it. Nothing is given for what is no such name.
func HanCandidates(name string) (ways [][][]string) {
	words := nameWords(name)
	if len(words) == 0 {
		return nil
	}
	from := pinyinSystem()
	switch script := scriptOf(name); {
	case script == "Cyrl":
		from = palladiusSystem()
	case script != "Latn":
		return nil
	case aspirated(words):
		from = wadeSystem()
	}
	for _, way := range from.splitName(words) {
		said := strings.Fields(way)
		if len(said) < 2 || len(said) > 4 {
			continue
		}
		candidates := [][]string{surnamesRead(said[0])}
		for _, s := range said[1:] {
			candidates = append(candidates, charactersRead(s))
		}
		if n := len(candidates[0]); n > 0 && n*len(candidates[1]) <= candidateLimit {
			ways = append(ways, candidates)
		}
	}
	return ways
}

func surnamesRead(syllable string) (all []string) {
	for s := range hanSurnames {
		if r := HanReadings(s + "一"); len(r) > 0 && strings.HasPrefix(r[0]+" ", syllable+" ") {
			all = append(all, s)
		}
	}
	return all
}

// charactersRead leaves out traditional forms, which fold to others only when
// they are asked for, and characters that no name has.
func charactersRead(syllable string) (all []string) {
	t := hanCharacters()
	for _, r := range t.readBy[syllable] {
		if _, other := t.simple[r]; !other && r >= 0x4E00 && r < 0x9FA6 {
			all = append(all, string(r))
		}
	}
	return all
}

// ScriptOf gives the script of a name's letters as ISO 15924 writes it: Hans,
// Hant, Latn, Cyrl, Arab; Zyyy for a mixture and for others.
func ScriptOf(name string) string {
	switch s := scriptOf(name); {
	case s == "Hani" && Simplified(name) == name:
		return "Hans"
	case s == "Hani":
		return "Hant"
	case s != "":
		return s
	}
	return "Zyyy"
}
