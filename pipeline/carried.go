package pipeline

import (
	"unicode"
	"unicode/utf8"

	"vidimus"
)

// carriedCells bounds the work of aligning two texts, in characters times
// characters; a page of 4,000 characters has 16 million.
const carriedCells = 40 << 20

// Carried gives the places of a page's new text: each word lies where the
// characters that it shares with the old text lay, and one that shares none
// between those around it.
func Carried(old vidimus.Page, text string) []vidimus.Place {
	from, of := characters(old)
	to := []rune(text)
	match := aligned(from, to)
	var places []vidimus.Place
	at := 0 // in text, in bytes
	for i := 0; i < len(to); {
		if unicode.IsSpace(to[i]) {
			at += utf8.RuneLen(to[i])
			i++
			continue
		}
		place, j, end := -1, i, at // a word ends at a space, or where another old place begins
		for ; j < len(to) && !unicode.IsSpace(to[j]); j++ {
			if m := match[j]; m >= 0 && of[m] >= 0 {
				if place >= 0 && of[m] != place {
					break
				}
				place = of[m]
			}
			end += utf8.RuneLen(to[j])
		}
		if box, ok := boxOf(old, of, match, place, i, j); ok {
			places = append(places, vidimus.Place{Start: at, End: end, Box: box})
		}
		i, at = j, end
	}
	return places
}

// boxOf gives the box of an old place; where there is none, that of all old
// places between the nearest characters that are shared, on both sides.
func boxOf(old vidimus.Page, of, match []int, place, i, j int) (box vidimus.Box, ok bool) {
	if place >= 0 {
		return old.Places[place].Box, true
	}
	low, high := 0, len(of)
	for k := i - 1; k >= 0; k-- {
		if match[k] >= 0 {
			low = match[k] + 1
			break
		}
	}
	for k := j; k < len(match); k++ {
		if match[k] >= 0 {
			high = match[k]
			break
		}
	}
	for k := low; k < high; k++ {
		if of[k] < 0 {
			continue
		}
		if b := old.Places[of[k]].Box; ok {
			box = box.Union(b)
		} else {
			box, ok = b, true
		}
	}
	return box, ok
}

// characters gives a page's text by characters, with the place of each, or -1.
func characters(p vidimus.Page) (all []rune, of []int) {
	k := 0
	for i, r := range p.Text {
		for k < len(p.Places) && p.Places[k].End <= i {
			k++
		}
		at := -1
		if k < len(p.Places) && p.Places[k].Start <= i {
			at = k
		}
		all, of = append(all, r), append(of, at)
	}
	return all, of
}

// aligned gives, for each new character, the old one that it is, or -1: the
// longest common subsequence, with what both begin and end with set apart.
func aligned(from, to []rune) []int {
	match := make([]int, len(to))
	for i := range match {
		match[i] = -1
	}
	head := 0
	for head < min(len(from), len(to)) && from[head] == to[head] {
		match[head] = head
		head++
	}
	tail := 0
	for tail < min(len(from), len(to))-head && from[len(from)-1-tail] == to[len(to)-1-tail] {
		tail++
		match[len(to)-tail] = len(from) - tail
	}
	a, b := from[head:len(from)-tail], to[head:len(to)-tail]
	if len(a)*len(b) > carriedCells {
		return match
	}
	wide := len(b) + 1
	length := make([]uint16, (len(a)+1)*wide) // of the longest from here on; a page so long is above the bound
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*wide+j] = length[(i+1)*wide+j+1] + 1
			} else {
				length[i*wide+j] = max(length[(i+1)*wide+j], length[i*wide+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		// A character stands alone only where leaving it out would lose it.
		alone := i+1 == len(a) || j+1 == len(b) || a[i+1] != b[j+1]
		switch {
		case a[i] == b[j] && !(alone && length[(i+1)*wide+j] == length[i*wide+j]):
			match[head+j] = head + i
			i, j = i+1, j+1
		case length[(i+1)*wide+j] >= length[i*wide+j+1]:
			i++
		default:
			j++
		}
	}
	return match
}
