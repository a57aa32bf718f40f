package ocr

import "testing"

func TestWordsThatAreInTheModelsOwnScriptAreNotReadWithAnother(t *testing.T) {
	for _, c := range []struct {
		model, text string
		want        bool
	}{
		{"uig", "گۈزەل", true},
		{"uig", "چۈنكى.", true},
		{"uig", "1/61€", false},    // Weber
		{"uig", "قەیت03\"", false}, // with Nokia before it
		{"uig", "يىلى1948", false}, // a year, or a name
		{"chi_sim", "和种族、", true},
		{"chi_sim", "EUKiMmAe水acafaH9pekeTi", false}, // a line of Kazakh
		{packModel, "友谊,", true},
		{"rus", "бепема", false}, // Geneva: alphabets have letters for all
		{"eng", "Oo9936ELSWedonl", false},
	} {
		if got := genuine(c.model, c.text); got != c.want {
			t.Errorf("%q of %s: %v", c.text, c.model, got)
		}
	}
}

func TestKazakhsModelTellsRussian(t *testing.T) {
	const (
		russianText = "Каждый человек, обвиняемый в совершении преступления, имеет право"
		kazakhText  = "Әр адам қай жерде жүрсе де, құқықтық субьектісі ретінде танылуына"
		junk        = "Oo9936ELSWedonlSadglutenooohGianOo9936ELSWedonlSadglutenooohGian"
	)
	served := []string{"kaz", "rus", "eng"}
	for name, c := range map[string]struct {
		models     []string
		text       string
		confidence float64
		want       bool
	}{
		"Russian":                        {served, russianText, 90, true},
		"Kazakh":                         {served, kazakhText, 96, false},
		"Russian hardly read":            {served, russianText, 60, false},
		"too few letters":                {served, "Каждый", 95, false},
		"Latin":                          {served, junk, 95, false},
		"where Ukrainian is installed":   {append(served, "ukr"), russianText, 90, false},
		"where Russian is not installed": {[]string{"kaz", "eng"}, russianText, 90, false},
	} {
		if got := russian(c.models, c.text, c.confidence); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestALineThatAWrongModelReadsSaysLittleOfThePage(t *testing.T) {
	words := []found{
		{text: "Wellington", page: 0, confidence: 96},
		{text: "Opafamkali", page: 1, confidence: 30}, {text: "Kepse", page: 1, confidence: 50},
		{text: "KypceAeKYKb", page: 2, confidence: 40},
		{text: "IBM", page: 3, confidence: 97},
	}
	if known, all := surely(words); known != 10 || all != 39 {
		t.Errorf("%d of %d characters", known, all)
	}
}
