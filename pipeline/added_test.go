package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/pipeline"
	"vidimus/read"
)

// add keeps a mention of words on the page of a file.
func (a asker) add(name, words string, kind vidimus.MentionKind, value string) vidimus.MentionID {
	a.Helper()
	id, err := pipeline.AddMention(a.Context(), a.c, pipeline.Selection{Item: a.item(name), Page: 1, Quote: words}, kind, value)
	if err != nil {
		a.Fatal(err)
	}
	return id
}

func (a asker) item(name string) vidimus.ItemID {
	a.Helper()
	found, _ := a.ask("path:"+name, true)
	if len(found.Hits) != 1 {
		a.Fatalf("%d files are %s", len(found.Hits), name)
	}
	return found.Hits[0].Item
}

func (a asker) rule(r vidimus.Ruling) {
	a.Helper()
	if err := pipeline.Rule(a.Context(), a.c, r); err != nil {
		a.Fatal(err)
	}
}

// told gives the mention of this name in a file, and nil where there is none.
func (a asker) told(name string, id vidimus.MentionID) *pipeline.Found {
	a.Helper()
	d, err := pipeline.MentionsIn(a.Context(), a.c, a.item(name))
	if err != nil {
		a.Fatal(err)
	}
	at := slices.IndexFunc(d.Found, func(f pipeline.Found) bool { return f.MentionID == id })
	if at < 0 {
		return nil
	}
	return &d.Found[at]
}

// readAnew gives a file a new reading of its own words.
func (a asker) readAnew(name, text string) {
	a.Helper()
	item := a.item(name)
	err := a.c.Do(a.Context(), func(w *archive.Work) error {
		n, err := w.Readings().Begin(vidimus.Reading{Item: item, Kind: read.OwnWords, Producer: vidimus.Producer{Stage: "read", Version: 99}})
		if err == nil {
			err = w.Readings().AddPages(n, []vidimus.Page{{Number: 1, Section: true, Text: text}})
		}
		if err == nil {
			err = w.Readings().Finish(n)
		}
		return err
	})
	if err == nil {
		err = pipeline.CatchUp(a.Context(), a.c, a.index)
	}
	if err != nil {
		a.Fatal(err)
	}
}

func TestAReaderAddsWhatNobodyFound(t *testing.T) {
	a := stated(t)
	place := a.add("phone", "the notice", vidimus.Locality, "莎车")
	a.want("place:Yarkand", "county", "han", "phone", "uyghur")
	if found, _ := a.ask("place:Yarkand path:phone", false); !strings.Contains(found.Hits[0].Snippet, "«the notice»") {
		t.Errorf("what was added is not lit: %s", found.Hits[0].Snippet)
	}
	f := a.told("phone", place)
	if f == nil || f.Text != "the notice" || f.Value != "Yarkand" || f.Rule != vidimus.ByReader || f.Ruling.Verdict != vidimus.Added || f.Stale {
		t.Fatalf("told as %+v", f)
	}
	if _, err := pipeline.AddMention(t.Context(), a.c, pipeline.Selection{Item: a.item("phone"), Page: 1, Quote: "the notice"}, vidimus.Locality, ""); err == nil {
		t.Error("it is added twice")
	}
	if _, err := pipeline.AddMention(t.Context(), a.c, pipeline.Selection{Item: a.item("county"), Page: 1, Quote: "Yarkand County"}, vidimus.Locality, ""); err == nil {
		t.Error("what was found is added")
	}

	// Later words are taken into it.
	a.rule(vidimus.Ruling{Mention: place, Verdict: vidimus.Confirmed})
	a.rule(vidimus.Ruling{Mention: place, Verdict: vidimus.Corrected, Value: "Kashgar"})
	a.want("place:Yarkand", "county", "han", "uyghur")
	a.want("place:Kashgar", "other", "phone")
	a.rule(vidimus.Ruling{Mention: place, Verdict: vidimus.Corrected, Kind: vidimus.Organisation})
	a.want("place:Kashgar", "other")
	a.rule(vidimus.Ruling{Mention: place, Verdict: vidimus.Rejected})
	if f := a.told("phone", place); f != nil {
		t.Errorf("taken back, and still told: %+v", f)
	}
	number := a.add("phone", "about", vidimus.Quantity, "7万人")
	a.want(`number:"70000 people"`, "phone")
	if f := a.told("phone", number); f.Value != "70000 people" {
		t.Errorf("the number is %q", f.Value)
	}
	// It is so whoever has looked at the page.
	err := a.c.Do(t.Context(), func(w *archive.Work) error {
		return w.Mentions().Put(number.Reading, 1, vidimus.Producer{Stage: "understand", Version: 1}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, names := a.ask("number:70000", false); !slices.Equal(names, []string{"phone"}) {
		t.Errorf("looked at again, it is found in %q", names)
	}
}

func TestWhatIsMergedWithAnAddedMentionSaysTheSame(t *testing.T) {
	a := stated(t)
	added := a.add("other", "there", vidimus.Locality, "Yarkand")
	a.rule(vidimus.Ruling{Mention: a.on("other", vidimus.Locality), Verdict: vidimus.Merged, Into: added})
	a.want("place:Kashgar")
	a.want("place:Yarkand", "county", "han", "other", "uyghur")
	second := a.add("other", "households", vidimus.Locality, "Hotan")
	a.rule(vidimus.Ruling{Mention: second, Verdict: vidimus.Merged, Into: added})
	a.want("place:Hotan")
	if err := pipeline.Rule(t.Context(), a.c, vidimus.Ruling{Mention: second, Verdict: vidimus.Merged, Into: a.on("county", vidimus.Locality)}); err == nil {
		t.Error("mentions of two documents are merged")
	}
}

func TestAnAddedMentionIsNotLostWhenItsPageIsReadAnew(t *testing.T) {
	a := stated(t)
	id := a.add("other", "households", vidimus.Locality, "莎车")
	date := a.add("other", "In", vidimus.Dated, "12 October 2017")
	a.readAnew("other", "Households are 7 here. In Kashgar there are 7000 house-\nholds, and 5 households more, in all 7005 households.")
	f := a.told("other", id)
	if f == nil || f.Stale || f.Text != "households" || f.Value != "Yarkand" || f.At.Reading == id.Reading {
		t.Fatalf("read anew, it is told as %+v", f)
	}
	if _, names := a.ask("place:Yarkand", false); !slices.Equal(names, []string{"county", "han", "other", "uyghur"}) {
		t.Errorf("read anew, it is found in %q", names)
	}
	a.rule(vidimus.Ruling{Mention: id, Verdict: vidimus.Corrected, Value: "Hotan"})
	if _, names := a.ask("place:Hotan", false); !slices.Equal(names, []string{"other"}) {
		t.Errorf("corrected, it is found in %q", names)
	}

	a.readAnew("other", "Nothing of that.")
	f = a.told("other", id)
	if f == nil || !f.Stale || f.Text != "households" || f.At != id {
		t.Errorf("its words gone, it is told as %+v", f)
	}
	if _, names := a.ask("place:Hotan", false); len(names) != 0 {
		t.Errorf("its words gone, it is found in %q", names)
	}
	events, err := pipeline.Timeline(t.Context(), a.c)
	at := slices.IndexFunc(events, func(e pipeline.Event) bool { return e.Mention == date })
	if err != nil || at < 0 || events[at].First != "2017-10-12" || events[at].Rule != vidimus.ByReader || events[at].Item != a.item("other") {
		t.Errorf("the date is not told: %+v, %v", events, err)
	}
	a.readAnew("other", "Back again: households. In all.")
	if f = a.told("other", id); f == nil || f.Stale || f.At.Start != 12 {
		t.Errorf("its words there again, it is told as %+v", f)
	}
}

func TestTheWordsOfWhatIsAddedAsWithheldAreShownNowhere(t *testing.T) {
	a := stated(t)
	if _, err := pipeline.AddMention(t.Context(), a.c, pipeline.Selection{Item: a.item("county"), Page: 1, Quote: "two days"}, vidimus.Phone, "1"); err == nil {
		t.Error("a withheld kind has a value")
	}
	around := a.add("county", "moved in two days", vidimus.Quotation, "")
	withheld := a.add("county", "two days", vidimus.Account, "")
	if f := a.told("county", withheld); f.Text != "" || f.Value != "" {
		t.Errorf("an account is told as %q, %q", f.Text, f.Value)
	}
	if f := a.told("county", around); f.Text != "moved in ▇▇▇" {
		t.Errorf("the words around it are told as %q", f.Text)
	}
	date := a.add("county", "Over", vidimus.Dated, "2017")
	events, err := pipeline.Timeline(t.Context(), a.c)
	at := slices.IndexFunc(events, func(e pipeline.Event) bool { return e.Mention == date })
	if err != nil || at < 0 || strings.Contains(events[at].Context, "two days") {
		t.Errorf("around a date stands %+v, %v", events, err)
	}
	name := a.add("county", "The notice", vidimus.Person, "N. Otice")
	a.rule(vidimus.Ruling{Mention: name, Verdict: vidimus.Corrected, Kind: vidimus.Identity})
	if f := a.told("county", name); f.Text != "" || f.Value != "" || f.Ruling.Value != "" {
		t.Errorf("corrected to an id, it is told as %+v", f)
	}
}
