package understand

import (
	"strings"
	"unicode/utf8"

	"vidimus"
	"vidimus/understand/lexicon"
)

// names tells what the words of a row name. Places count in characters.
func (t *hanTables) names(pieces []piece) (all []vidimus.Mention) {
	for i := 0; i < len(pieces); {
		if j, m := t.organisation(pieces, i); j > i {
			all = append(all, m)
			i = j
			continue
		}
		if j, m := t.place(pieces, i); j > i {
			all = append(all, m)
			i = j
			continue
		}
		if m, ok := t.person(pieces, i); ok {
			if n := len(all); n > 0 && all[n-1].Kind == vidimus.Person && all[n-1].End == m.Start && t.sounds(pieces[i].text) && t.sounds(pieces[i-1].text) {
				all[n-1].End = m.End // given name and family name
			} else {
				all = append(all, m)
			}
		}
		i++
	}
	return all
}

func mentionOf(kind vidimus.MentionKind, first, last piece, confidence int, rule string) vidimus.Mention {
	return vidimus.Mention{Start: first.start, End: last.end, Kind: kind, Confidence: confidence, Rule: rule}
}

func length(p piece) int { return p.end - p.start }

// locality reports a word that is a place, or may begin the name of one.
func locality(p piece) bool {
	return p.class == lexicon.Place && !zhNoPlace[p.text] && length(p) > 1
}

// endsWith reports a word that is an end of the set, or has one.
func endsWith(p piece, ends map[string]bool, least int) bool {
	if ends[p.text] {
		return true
	}
	r := []rune(p.text)
	for n := 1; n <= 3 && n < len(r); n++ {
		if len(r)-n >= least && ends[string(r[len(r)-n:])] {
			return true
		}
	}
	return false
}

// place gives the places that follow each other from i on, with the words that
// say what they are: 科罗拉多州丹佛市.
func (t *hanTables) place(pieces []piece, i int) (int, vidimus.Mention) {
	j, rule, confidence := i, "", 0
	for j < len(pieces) {
		p := pieces[j]
		next := j + 1
		ends := next < len(pieces) && zhPlaceEnd[pieces[next].text]
		switch {
		case locality(p) && !(i == j && t.sounds(p.text) && titled(pieces, j) && !ends):
			rule, confidence = "word list of places", 85
			if ends && !endsWith(p, zhPlaceEnd, 1) {
				next++
			}
		case ends && (p.class == lexicon.Foreign || p.guess && length(p) > 1) && length(p) <= 6:
			rule, confidence = "word for a place", 75
			next++
		case p.class == lexicon.Foreign && p.guess && length(p) > 2 && placeFormed(p.text):
			rule, confidence = "word for a place", 70
		default:
			if j == i {
				return i, vidimus.Mention{}
			}
			return j, mentionOf(vidimus.Locality, pieces[i], pieces[j-1], confidence, rule)
		}
		j = next
	}
	return j, mentionOf(vidimus.Locality, pieces[i], pieces[j-1], confidence, rule)
}

// placeFormed reports a name by its sound that ends as places do.
func placeFormed(name string) bool {
	last, _ := utf8.DecodeLastRuneInString(name)
	return strings.ContainsRune("州省市县镇岛河湖山堡港湾", last)
}

// mostInside is how many words an organisation's name has before the word that
// says what it is.
const mostInside = 5

// organisation gives a name that ends in a word for an organisation and begins
// with a place, a name or an organisation.
func (t *hanTables) organisation(pieces []piece, i int) (int, vidimus.Mention) {
	p := pieces[i]
	known := p.class == lexicon.Organisation && length(p) > 1
	if !known && !locality(p) && p.class != lexicon.Foreign {
		return i, vidimus.Mention{}
	}
	end := i
	if known {
		end = i + 1
	}
	for j := i + 1; j < len(pieces) && j <= i+mostInside; j++ {
		q := pieces[j]
		if length(q) == 1 && !zhOrgEnd[q.text] && !zhPlaceEnd[q.text] || zhTitle[q.text] || breaks[q.text] || q.class == lexicon.Common && !zhOrgEnd[q.text] {
			break
		}
		if endsWith(q, zhOrgEnd, 2) && !(length(q) == 1 && weak[q.text]) {
			end = j + 1
		}
	}
	if end == i {
		return i, vidimus.Mention{}
	}
	return end, mentionOf(vidimus.Organisation, p, pieces[end-1], 75, "word for an organisation")
}

// breaks are words that no organisation's name goes over.
var breaks = set(`因为 所以 但是 以及 如果 就是 他们 我们 你们 她们 自己 没有 可以 已经 正在 将会 可能 应该 必须 表示 认为 指出 的 在 是 和 与 及 或 对 从 到 向 为 以 被 把 将 了 也 都 就 不 有 这 那 其 该 等 于 由 让 使 给 跟 并 而 则 所 之`)

// weak are ends that are too common to be told by themselves.
var weak = set(`会 队 社 科 所 司 委 师 团 处 部 院 军`)

// titled reports a title before a word, or one or a word of speaking behind it.
func titled(pieces []piece, i int) bool {
	return i > 0 && zhTitle[pieces[i-1].text] || i+1 < len(pieces) && (zhTitle[pieces[i+1].text] || zhSays[pieces[i+1].text])
}

// person tells whether a word names a person.
func (t *hanTables) person(pieces []piece, i int) (vidimus.Mention, bool) {
	p := pieces[i]
	dotted := strings.ContainsFunc(p.text, dot)
	if zhNoName[p.text] {
		return vidimus.Mention{}, false
	}
	first, _ := utf8.DecodeRuneInString(p.text)
	_, surname := t.surname[first]
	switch {
	case dotted:
		return mentionOf(vidimus.Person, p, p, 90, "middle dot"), true
	case p.class == lexicon.Foreign && p.guess && length(p) >= 2:
		return mentionOf(vidimus.Person, p, p, 55, "characters for sounds"), true
	case p.class == lexicon.Foreign && t.sounds(p.text), p.class == lexicon.Place && t.sounds(p.text) && titled(pieces, i):
		return mentionOf(vidimus.Person, p, p, 70, "word list of foreign names"), true
	case p.class == lexicon.Person && p.guess:
		return mentionOf(vidimus.Person, p, p, 70, "family name and given name"), true
	case p.class == lexicon.Person && t.sounds(p.text) && (length(p) > 2 || !surname):
		return mentionOf(vidimus.Person, p, p, 65, "word list of persons"), true
	case p.class == lexicon.Person && surname && (length(p) == 3 || titled(pieces, i) && length(p) == 2):
		return mentionOf(vidimus.Person, p, p, 65, "word list of persons"), true
	}
	return vidimus.Mention{}, false
}

// sounds reports a word of characters that stand for sounds.
func (t *hanTables) sounds(word string) bool {
	n := 0
	for _, r := range word {
		if _, there := t.foreign[r]; !there {
			return false
		}
		n++
	}
	return n >= 2
}
