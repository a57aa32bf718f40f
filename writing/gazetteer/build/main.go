// Command build writes countries.tsv: the names of countries and territories
// that the Unicode CLDR gives, as golang.org/x/text ships them, in the
// languages served and two neighbours. Run it in the folder writing:
// go run ./gazetteer/build. The other tables are written by hand.
package main

import (
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

func main() {
	var b strings.Builder
	b.WriteString("# id\tclass\than\tlatin\tuyghur\trussian\tkazakh\tsource\n")
	namers := make(map[string]display.Namer)
	for _, l := range []string{"en", "zh", "ru", "kk", "ug", "ky", "uz"} {
		namers[l] = display.Regions(language.MustParse(l))
	}
	for _, code := range codes() {
		r, err := language.ParseRegion(code)
		if err != nil || r.String() != code || namers["zh"].Name(r) == "" {
			continue
		}
		class := "country"
		if !r.IsCountry() {
			class = "land"
		}
		name := func(l string) string { return strings.ReplaceAll(namers[l].Name(r), "|", "/") }
		fmt.Fprintf(&b, "country-%s\t%s\t%s\t%s\t%s\t%s\t%s\tcldr\n", strings.ToLower(code), class, name("zh"),
			join(name("en"), strings.ReplaceAll(name("en"), " & ", " and "), name("uz")), join(name("ug")), join(name("ru"), name("ky")), join(name("kk")))
	}
	if err := os.WriteFile("gazetteer/countries.tsv", []byte(b.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// codes are those of countries, and of continents and their parts (UN M.49)
// without 001, the world.
func codes() []string {
	var all []string
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if code := string(a) + string(b); code != "ZZ" && code != "XA" && code != "XB" {
				all = append(all, code)
			}
		}
	}
	for n := 2; n < 500; n++ {
		all = append(all, fmt.Sprintf("%03d", n))
	}
	return all
}

func join(names ...string) string {
	var kept []string
	for _, n := range names {
		if n != "" && !slices.Contains(kept, n) {
			kept = append(kept, n)
		}
	}
	if len(kept) == 0 {
		return "-"
	}
	return strings.Join(kept, "|")
}
