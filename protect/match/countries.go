package match

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countries are the names of countries in Chinese, by each three characters in
// a row that do not begin them. One of 斯洛伐克 is like the names of people,
// and stands on any page of world news.
type countries map[[3]rune][]inCountry

type inCountry struct {
	name []rune // folded
	at   int
}

// newCountries takes the names from CLDR: all of four characters or more.
func newCountries() countries {
	all := countries{}
	for _, tag := range []language.Tag{language.SimplifiedChinese, language.TraditionalChinese} {
		namer := display.Regions(tag)
		for a := 'A'; a <= 'Z'; a++ {
			for b := 'A'; b <= 'Z'; b++ {
				region, err := language.ParseRegion(string([]rune{a, b}))
				if err == nil && region.IsCountry() {
					all.add(foldName(namer.Name(region)).letters)
				}
			}
		}
	}
	return all
}

func (c countries) add(name []rune) {
	for i := 1; i+3 <= len(name); i++ {
		key := [3]rune(name[i : i+3])
		c[key] = append(c[key], inCountry{name, i})
	}
}

// within tells that the three letters at i stand inside a country's name.
func (c countries) within(letters []letter, i int) bool {
	for _, n := range c[[3]rune{letters[i].r, letters[i+1].r, letters[i+2].r}] {
		from := i - n.at
		if from < 0 || from+len(n.name) > len(letters) {
			continue
		}
		same := true
		for k, r := range n.name {
			same = same && letters[from+k].r == r
		}
		if same {
			return true
		}
	}
	return false
}
