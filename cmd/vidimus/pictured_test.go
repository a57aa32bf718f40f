//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/internal/casetest"
	"vidimus/internal/fonts"
	"vidimus/protect"
	"vidimus/read/layout"
	"vidimus/read/ocr"
)

const uighur = 1 // of scriptsOfNames

// notDrawn are disguises that are none in a picture: nothing draws them, or
// what is drawn says the name to nobody who looks.
var notDrawn = []string{"percent-encoded", "base64", "hexadecimal digits", "entities", "UTF-16", "a packed stream"}

// around a name in each of scriptsOfNames.
var pageAround = []string{
	"The county met at noon and heard the clerk.\nAt the yard stood %s in winter.\nThen they all went home again.",
	"يىغىن چۈشتە باشلاندى ۋە كاتىپ سۆزلىدى.\nتامنىڭ يېنىدا %s جىمجىت تۇراتتى.\nكېيىن ئۇلار ئۆيلىرىگە قايتتى.",
	"Совет собрался в полдень и слушал секретаря.\nУ стены стоял %s и молчал.\nПотом все разошлись домой.",
	"会议在中午开始，书记讲了话。\n当天在场的还有%s和两名工人。\n会议在下午结束了。",
	"會議在中午開始，書記講了話。\n當天在場的還有%s和兩名工人。\n會議在下午結束了。",
}

// pictured is a case of scans that nobody read, each with a disguised name.
type pictured struct {
	*newsroom
	all  []disguised
	plan protect.Plan
}

func newPictured(t *testing.T, wanted func(d, script int) bool) *pictured {
	t.Helper()
	x := &pictured{plan: protect.Plan{Format: protect.PlanFormat, Mode: protect.Facsimile, Title: "Invented papers", Publisher: "Sample press", OnePerson: true}}
	for i, p := range plant() {
		if !slices.Contains(notDrawn, p.disguise.name) && wanted(i/len(scriptsOfNames), p.script) {
			x.all = append(x.all, p)
		}
	}
	files, names := map[string][]byte{}, []string{}
	lay := layout.New()
	for i := range x.all {
		p := &x.all[i]
		p.id = pNumber(i)
		names = append(names, p.name)
		sheet, err := lay.Lay(fmt.Sprintf(pageAround[p.script], p.hidden))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := png.Encode(&b, sheet.Draw(protect.FacsimileDPI)); err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprintf("%03d.png", i)] = b.Bytes()
	}
	x.newsroom = newNewsroom(t, files, names...)
	items := x.items()
	for i := range x.all {
		x.plan.Documents = append(x.plan.Documents, protect.Document{Item: vidimus.ItemID(items[fmt.Sprintf("%03d.png", i)]), Title: "A paper", Facsimile: "to look for names"})
	}
	return x
}

// byWhom is how the release check stops at a name on a picture.
type byWhom int

const (
	byNobody byWhom = iota
	byEye           // as at every picture: somebody is to look
	perhaps         // by number, for a person to decide
	surely
)

func (b byWhom) String() string { return [...]string{"**nobody**", "by eye", "perhaps", "surely"}[b] }

// examined makes the edition, and gives for each of the disguised what became
// of it on its own picture.
func (x *pictured) examined() (all []byWhom) {
	x.t.Helper()
	plan, err := json.Marshal(x.plan)
	if err != nil {
		x.t.Fatal(err)
	}
	write(x.t, x.at("plan.json"), plan)
	open := x.make(x.at("edition"), x.at("plan.json"))
	for i, p := range x.all {
		became, why := byNobody, []string{}
		for _, o := range open {
			if o.Check == protect.CheckProtected && o.Page == fmt.Sprintf("document-%d.html", i+1) && strings.HasPrefix(o.Why, "look at ") {
				became = max(became, byEye) // nobody is named: each picture is to be looked at
			}
			if o.Check != protect.CheckProtected || !strings.HasPrefix(o.Page, fmt.Sprintf("document-%d-", i+1)) || !strings.HasPrefix(o.Why, p.id+" ") {
				continue
			}
			why = append(why, o.Why)
			became = max(became, perhaps)
			if o.Point == "" {
				became = surely
			}
		}
		all = append(all, became)
		x.t.Log(p.disguise.name, scriptsOfNames[p.script], p.hidden, became, why)
	}
	return all
}

// A page of a facsimile that shows a name in any disguise stops the release
// surely, or is sent to a person, by number or as every picture is, though nobody has read the page before: OCR
// at two scales reads it, and it is compared with how the name looks. In full,
// and with the table in docs/protected.md, with VIDIMUS_STRESS.
func TestDisguisesInFacsimiles(t *testing.T) {
	if _, err := fonts.Installed(fonts.UKIJ); err != nil {
		casetest.Without(t, err)
	}
	if _, err := ocr.Find(t.Context()); err != nil {
		casetest.Without(t, err)
	}
	full := os.Getenv("VIDIMUS_STRESS") != ""
	x := newPictured(t, func(d, script int) bool { return full || d == 0 && script == uighur || d == 4 && script == 0 })
	cells := map[string]string{}
	for i, b := range x.examined() {
		cells[x.all[i].disguise.name] += " " + b.String() + " |"
		if b == byNobody {
			t.Errorf("%s of %s is missed", x.all[i].disguise.name, x.all[i].id)
		}
	}
	if full {
		inDocs(t, "pictures", tableOfPictures(cells))
	}
}

func tableOfPictures(cells map[string]string) string {
	var b strings.Builder
	b.WriteString("| disguise | " + strings.Join(scriptsOfNames, " | ") + " |\n|---|" + strings.Repeat("---|", len(scriptsOfNames)) + "\n")
	for _, d := range disguises {
		if slices.Contains(notDrawn, d.name) {
			cells[d.name] = strings.Repeat(" none |", len(scriptsOfNames))
		}
		fmt.Fprintf(&b, "| %s |%s\n", d.name, cells[d.name])
	}
	return b.String()
}
