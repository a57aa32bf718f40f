//go:build linux

package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/protect/trace"
)

// kindsOfTSV are the words of traces.tsv for what the program has kinds for. Of
// the others nothing is claimed: a remark in pencil that is set in type, the
// number of a form, a name. The fax's header needs OCR, which is left here.
var kindsOfTSV = map[string][]trace.Kind{
	"recipient number":                   {trace.CopyNumber},
	"number of copies":                   {trace.CopyNumber},
	"wording of one copy":                {trace.CopyWording},
	"character that is not seen":         {trace.Invisible},
	"author in the file":                 {trace.AuthorName},
	"session number of a word processor": {trace.RevisionMarks},
	"hidden sheet":                       {trace.HiddenContent},
	"hidden column":                      {trace.HiddenContent},
	"device and time":                    {trace.DeviceModel, trace.Times},
	"place":                              {trace.Coordinates},
	"device":                             {trace.AuthorName}, // the scanner calls itself Creator
	"network path of a mail":             {trace.MailRoute},
	"program of a mail":                  {trace.MailProgram},
	"turn of the page on the glass":      {trace.Handwriting},
}

// alsoKnown is what else the leak's files have, that its table does not name.
var alsoKnown = []string{
	"directive-9 3 copy or recipient number", // of how many copies there are
	"council 1 software", "council-copy 1 software",
	"form 1 way of compression", "letter 1 way of compression",
}

// Each planted trace is found at its page and as its kind, and nothing else is
// found or suspected on the pages of the practice leak.
func TestTracesOfTheLeakAreThoseOfItsTable(t *testing.T) {
	if testing.Short() {
		t.Skip("the leak, and its pages drawn")
	}
	dir, u := practiceCase(t)
	document := map[string]string{}
	for _, d := range documents(t) {
		if d["duplicate_of"] == "" && d["document"] != "" {
			document[d["path"]] = d["document"]
			if d["document"] == "thread" {
				document[d["path"]] = "thread/" + strings.TrimSuffix(strings.TrimPrefix(d["path"], "mail/"), ".eml")
			}
		}
	}
	args := []string{"traces", dir, "--json", "--identity", u.identityFile}
	_, out := runVerb(t, "", "list", dir, "--json", "--identity", u.identityFile)
	out = dataOf(out)
	for _, f := range linesOf[struct {
		Item vidimus.ItemID
		Path string
	}](t, out) {
		if name := document[f.Path]; name != "" && name != "graves" && name != "removal" && (!strings.HasPrefix(name, "thread/") || name == "thread/01") {
			args = append(args, string(f.Item))
		}
	}
	_, out = runVerb(t, "", args...)
	out = dataOf(out)
	got := map[string]trace.Certainty{}
	for _, tr := range linesOf[traced](t, out) {
		at := fmt.Sprintf("%s %d %s", document[tr.Path], tr.Page, tr.Kind)
		if old := got[at]; old == "" || old == trace.CannotTell {
			got[at] = tr.Certainty
		}
	}
	known := slices.Clone(alsoKnown)
	b, err := os.ReadFile(leak + "/traces.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(strings.TrimSpace(string(b))) {
		cells := strings.Split(line, "\t")
		for _, kind := range kindsOfTSV[cells[0]] {
			page := cells[2]
			if page == "" || kind == trace.HiddenContent {
				page = "1" // of what the file says about itself, or hides
			}
			if kind == trace.Handwriting {
				page = "0"
			}
			at := fmt.Sprintf("%s %s %s", cells[1], page, kind)
			known = append(known, at)
			if got[at] == "" {
				t.Errorf("%s is not found at %s", cells[0], at)
			}
		}
	}
	for at, how := range got {
		name, kind, _ := strings.Cut(at, " ")
		_, kind, _ = strings.Cut(kind, " ")
		ofMail := strings.HasPrefix(name, "thread/") && strings.HasPrefix(kind, "mail ") || kind == string(trace.Times) && strings.HasPrefix(name, "thread/")
		drafts := kind == string(trace.CopyWording) // of which duplicates.tsv has all
		if how != trace.CannotTell && kind != string(trace.FileIdentifier) && !ofMail && !drafts && !slices.Contains(known, at) {
			t.Errorf("%s is %s, and the table does not have it", at, how)
		}
	}
}

// dataOf leaves out what is talk.
func dataOf(out string) string {
	var b strings.Builder
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "{") {
			b.WriteString(line)
		}
	}
	return b.String()
}
