package web

import (
	"net/url"
	"strings"
	"testing"

	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/protect"
)

// plannedIn plans an edition of the minutes and of the hostile text.
func plannedIn(w *archive.Work, all []*sheet) error {
	if len(all) < 5 {
		return nil
	}
	return pipeline.KeepDraft(w, protect.Plan{Format: protect.PlanFormat, Mode: protect.Transcript, Title: "Papers <b>of</b> the weir", Publisher: "The Paper",
		Introduction: []string{"<script>document.title='taken'</script>"},
		Documents: []protect.Document{
			{Item: all[2].item(), Title: "Minutes", Attestations: []protect.Attestation{{By: "An archivist", How: protect.Institution, Says: "I saw it."}}},
			{Item: all[4].item(), Title: "<img src=x onerror=\"document.title='taken'\">", About: []string{"about \u202eit"}},
		}})
}

func TestThePlanIsReviewedAsThePublicWillSeeIt(t *testing.T) {
	all := sheets()
	s := openRoom(t, testRoom(t, all))
	c := visitor(t, s)
	enter(t, s, c)
	base := "http://" + s.host
	review := func() string {
		t.Helper()
		return body(t, send(t, c, "GET", base+from(at("/edition"), "[data-key=v]")(t, s, c), ""))
	}
	before := review()
	words := plainWords(t, before)
	for _, want := range []string{"withheld: not ours to publish", "128 names", "vidimus approve CASE --draft --signer FILE", "0 approvals", "I saw it."} {
		if !strings.Contains(words, want) {
			t.Errorf("the review does not say %q", want)
		}
	}
	if strings.Contains(words, "Minutes of the invented committee") || strings.Contains(before, "committee-2017") {
		t.Error("the review shows what is withheld, or a file's name")
	}
	if form := plainWords(t, body(t, send(t, c, "GET", base+at("/edition")(t, s, c), ""))); !strings.Contains(form, "Name only who has agreed to exactly these words") {
		t.Error("the form for attestations does not warn")
	}
	redact := body(t, send(t, c, "GET", base+from(from(searched("committee"), ".hits a"), "[data-key=x]")(t, s, c), ""))
	send(t, c, "POST", base+"/redact/add", url.Values{"what": {handleIn(t, redact, "/redact/add")}, "class": {"person"}, "line": {"4"}}.Encode())
	after := review()
	if strings.Contains(after, "128 names") || digestIn(t, after) == digestIn(t, before) {
		t.Error("what was withheld later is shown, or has the same digest")
	}
}

func digestIn(t *testing.T, page string) string {
	t.Helper()
	_, rest, _ := strings.Cut(page, `class="digest">`)
	digest, _, ok := strings.Cut(rest, "<")
	if !ok || len(digest) != 64 {
		t.Fatalf("no digest: %q", digest)
	}
	return digest
}

func TestThePlanIsWrittenInTheRoom(t *testing.T) {
	all := sheets()
	s := openRoom(t, testRoom(t, all))
	c := visitor(t, s)
	enter(t, s, c)
	base := "http://" + s.host
	page := body(t, send(t, c, "GET", base+"/edition", ""))
	_, rest, _ := strings.Cut(page, `name="seen" value="`)
	seen, _, _ := strings.Cut(rest, `"`)
	form := url.Values{"seen": {seen}, "title": {"Other title"}, "publisher": {"P"}, "mode": {"transcript"}, "one": {"1"}, "title-0": {"Minutes"}, "pages-0": {"1"},
		"title-1": {"Text"}, "attestations-0": {"A. Reader | named | It is so."}, "up": {"1"}, "introduction": {"one\r\n\r\ntwo"}}
	after := body(t, send(t, c, "POST", base+"/edition/plan", form.Encode()))
	if !strings.Contains(after, `value="Other title"`) || strings.Index(after, `value="Text"`) > strings.Index(after, `value="Minutes"`) ||
		!strings.Contains(after, "A. Reader | named | It is so.") || !strings.Contains(after, "one\n\ntwo") {
		t.Error("the plan is not as it was written")
	}
	if again := body(t, send(t, c, "POST", base+"/edition/plan", form.Encode())); !strings.Contains(again, "changed since it was shown") {
		t.Error("an older page overwrites the plan")
	}
	form.Set("introduction", strings.Repeat("x", 2<<20))
	if long := body(t, send(t, c, "POST", base+"/edition/plan", form.Encode())); !strings.Contains(long, "was not changed") {
		t.Error("a form that is too long was taken in part")
	}
}
