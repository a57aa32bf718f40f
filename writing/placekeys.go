package writing

import "strings"

// placeParting stands between the places that one name can mean, in the value
// of a mention.
const placeParting = " | "

// PlaceValue says what place a name names: the first Latin name of what the
// gazetteer knows under it, of several all of them; else the name itself.
func PlaceValue(name string) string {
	var names []string
	for _, p := range theGazetteer().placesNamed(name) {
		names = append(names, p.Name())
	}
	if len(names) == 0 {
		return strings.Join(strings.Fields(name), " ")
	}
	return PlaceNames(names)
}

// KnownPlace reports a name under which the gazetteer has a place.
func KnownPlace(name string) bool { return len(theGazetteer().placesNamed(name)) > 0 }

// PlaceNames is the value of a mention that means one of these places.
func PlaceNames(names []string) string { return strings.Join(names, placeParting) }

// PlaceKeys gives what the place in a mention's value is looked up by: of each
// place its name, folded. A name that the gazetteer does not know also stands
// without the words and endings that go with it.
func PlaceKeys(value string) (keys []string) {
	g := theGazetteer()
	add := func(key string) {
		for _, k := range keys {
			if k == key {
				return
			}
		}
		if key != "" {
			keys = append(keys, key)
		}
	}
	for name := range strings.SplitSeq(value, placeParting) {
		key := placeKey(name)
		add(key)
		if len(g.byForm[key]) > 0 {
			continue
		}
		for _, bare := range bareNames(name) {
			add(placeKey(bare))
		}
	}
	return keys
}

// AskedPlaceKeys gives under which keys a place is looked up that a person
// names, in any writing: those of the places that the gazetteer knows by this
// name, or of the name itself.
func AskedPlaceKeys(name string) []string {
	found := theGazetteer().placesNamed(name)
	if len(found) == 0 {
		return []string{placeKey(BarePlace(name))}
	}
	var keys []string
	for _, p := range found {
		keys = append(keys, placeKey(p.Name()))
	}
	return keys
}

// BarePlace takes "county" and its like off a name.
func BarePlace(name string) string {
	if scriptOf(name) == "Hani" {
		return bareHan(Simplified(name))
	}
	words := strings.Fields(Fold(name))
	for len(words) > 1 && placeWords[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	for len(words) > 1 && placeWords[words[0]] {
		words = words[1:]
	}
	return strings.Join(words, " ")
}
