package writing

import "strings"

// Official is a person who held an office that the state itself published.
// The table gives spellings of what someone types; it marks nobody in a case.
type Official struct {
	Office, Period string
	forms          []placeForm
}

func (o *Official) name() string {
	for _, f := range o.forms {
		if f.script == "Latn" {
			return f.text
		}
	}
	return o.forms[0].text
}

func (g *gazetteer) readOfficials() {
	raw, err := gazetteerFiles.ReadFile("gazetteer/officials.tsv")
	if err != nil {
		panic("writing: the program was built without its table of offices")
	}
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) != 7 || strings.HasPrefix(line, "#") {
			continue
		}
		p := Place{}
		for _, column := range f[:4] {
			p.column(column, "")
		}
		for _, form := range p.forms {
			for _, derived := range personForms(form) {
				p.addForm(derived.Text, true, derived.Source)
			}
		}
		o := &Official{Office: f[4], Period: f[5], forms: p.forms}
		g.officials = append(g.officials, o)
		for _, form := range o.forms {
			key := placeKey(form.text)
			if list := g.byName[key]; len(list) == 0 || list[len(list)-1] != o {
				g.byName[key] = append(list, o)
			}
		}
	}
}

// personForms gives the sure spellings of an office-holder's name.
func personForms(form placeForm) []Form {
	var all []Form
	if form.script == "Hani" && !strings.Contains(form.text, "·") || form.script == "Arab" {
		for _, f := range NameForms(form.text) {
			if !f.Suggested && (f.Script != "Latn" || f.Source == "Uyghur Latin (ULY)") {
				all = append(all, f)
			}
		}
	}
	return all
}
