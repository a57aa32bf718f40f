package pipeline_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/pipeline"
	"vidimus/search"
)

// stating are files of one page, by their names.
var stating = map[string]string{
	"county.txt": "The notice was read in Yarkand County. Over 7,000 people were moved in two days, 3 to 5 km away.",
	"han.txt":    "莎车县的通知：一万二千人，4户。",
	"uyghur.txt": "يەكەن ناھىيىسىدە 7000 ئادەم بار.",
	"other.txt":  "In Kashgar there are 7000 households.",
	"phone.txt":  "Call +7 727 250 40 40 about the notice.",
}

// asker asks a case and gives the names of the files found, in their order.
type asker struct {
	*testing.T
	c     *archive.Case
	index search.Index
}

func (a asker) ask(typed string, exact bool) (search.Results, []string) {
	a.Helper()
	expand, err := pipeline.Expander(a.Context(), a.c)
	if err != nil {
		a.Fatal(err)
	}
	if exact {
		expand = nil
	}
	var q search.Query
	if err := a.c.View(a.Context(), func(tx archive.Tx) (err error) {
		q, err = pipeline.Question(tx, typed, expand)
		return err
	}); err != nil {
		a.Fatalf("%q: %v", typed, err)
	}
	found, err := pipeline.Search(a.Context(), a.c, a.index, q, search.Window{Limit: 100}, search.Recorded)
	if err != nil {
		a.Fatalf("%q: %v", typed, err)
	}
	var names []string
	for _, h := range found.Hits {
		names = append(names, strings.TrimSuffix(filepath.Base(h.Path), ".txt"))
	}
	slices.Sort(names)
	return found, names
}

func (a asker) want(typed string, names ...string) {
	a.Helper()
	exactly := strings.HasPrefix(typed, "exactly ")
	if found, got := a.ask(strings.TrimPrefix(typed, "exactly "), exactly); !slices.Equal(got, names) || found.Waiting != 0 {
		a.Errorf("%s finds %q and does not know of %d, want %q", typed, got, found.Waiting, names)
	}
}

func stated(t *testing.T) asker {
	t.Helper()
	dir := t.TempDir()
	for name, text := range stating {
		write(t, filepath.Join(dir, name), text)
	}
	c := casetest.New(t)
	x := index(t, c)
	o := options
	o.Understand = true
	if _, err := pipeline.Add(t.Context(), c, x, []string{dir}, o); err != nil {
		t.Fatal(err)
	}
	return asker{t, c, x}
}

func TestPlacesAndNumbersAreAskedForAsTheyWereUnderstood(t *testing.T) {
	a := stated(t)
	for _, name := range []string{"Yarkand", "莎车", "يەكەن", "Яркенд", `"Yarkand County"`} {
		a.want("place:"+name, "county", "han", "uyghur")
	}
	a.want("-place:Yarkand", "other", "phone")
	// Of a name that no gazetteer has, the words are a place too.
	a.want("place:notice", "county", "phone")
	a.want("-place:notice", "han", "other", "uyghur")
	a.want(`place:"Notice County"`, "county", "phone")
	a.want("place:(notice OR Kashgar) -number:7", "county", "other", "phone")
	a.want("place:=notice", "county", "phone")
	a.want("place:=Notice")
	a.want("exactly place:notice", "county", "phone")
	a.want("place:(Yarkand OR Kashgar) -number:12000", "county", "other", "uyghur")
	a.want("place:=莎车", "han")
	a.want("place:=yarkand")
	a.want("exactly place:yarkand", "county")
	a.want("number:7000", "county", "other", "uyghur")
	a.want(`number:"7000 people"`, "county", "uyghur")
	a.want("number:>7000", "han")
	a.want("number:一万二千", "han")
	a.want("number:{7000 TO 12000}")
	a.want("number:[4 TO 4]", "county", "han")
	a.want(`number:4..20 number:"4 km"`, "county")
	a.want("number:7272504040")
	if found, _ := a.ask("place:莎车", false); !strings.Contains(found.Hits[0].Snippet+found.Hits[1].Snippet+found.Hits[2].Snippet, "«Yarkand") {
		t.Errorf("the place is not lit: %+v", found.Hits)
	}
}

// on gives the only mention of a kind on the page of a file.
func (a asker) on(name string, kind vidimus.MentionKind) vidimus.MentionID {
	a.Helper()
	found, _ := a.ask("path:"+name, true)
	d, err := pipeline.MentionsIn(a.Context(), a.c, found.Hits[0].Item, kind)
	if err != nil || len(d.Found) == 0 {
		a.Fatalf("%s has %d mentions, %v", name, len(d.Found), err)
	}
	return d.Found[0].MentionID
}

func TestAReadersWordChangesWhatIsFound(t *testing.T) {
	a := stated(t)
	rule := func(r vidimus.Ruling) {
		if err := pipeline.Rule(t.Context(), a.c, r); err != nil {
			t.Fatal(err)
		}
	}
	rule(vidimus.Ruling{Mention: a.on("county", vidimus.Locality), Verdict: vidimus.Rejected})
	rule(vidimus.Ruling{Mention: a.on("han", vidimus.Locality), Verdict: vidimus.Confirmed})
	rule(vidimus.Ruling{Mention: a.on("other", vidimus.Locality), Verdict: vidimus.Corrected, Value: "叶尔羌"})
	a.want("place:Yarkand", "han", "other", "uyghur")
	a.want("place:Kashgar")
	rule(vidimus.Ruling{Mention: a.on("other", vidimus.Quantity), Verdict: vidimus.Corrected, Value: "1.2万人"})
	a.want(`number:"12000 people"`, "han", "other")
	a.want("number:7000", "county", "uyghur")
	rule(vidimus.Ruling{Mention: a.on("other", vidimus.Quantity), Verdict: vidimus.Corrected, Kind: vidimus.Locality, Value: "Kashgar"})
	a.want("number:12000", "han")
	a.want("place:Kashgar", "other")
}

func TestWhatNobodyHasLookedAtIsTold(t *testing.T) {
	a := stated(t)
	old := vidimus.Producer{Stage: "understand", Version: 1, Parameters: "rules"}
	found, _ := a.ask("path:county", true)
	err := a.c.Do(t.Context(), func(w *archive.Work) error {
		return w.Mentions().Put(found.Hits[0].Reading, found.Hits[0].Page, old, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if found, names := a.ask("place:Yarkand", false); found.Waiting != 1 || !slices.Equal(names, []string{"han", "uyghur"}) {
		t.Errorf("%q, not known of %d", names, found.Waiting)
	}
	if found, _ := a.ask("notice", false); found.Waiting != 0 {
		t.Errorf("a question about words does not know of %d pages", found.Waiting)
	}
}

func TestNobodyIsAFieldButWhoActsInPublicOffice(t *testing.T) {
	a := stated(t)
	err := a.c.View(t.Context(), func(tx archive.Tx) error {
		_, err := pipeline.Question(tx, `notice official:"Chen Quanguo"`, search.OtherForms)
		return err
	})
	if at, ok := search.AtCharacter(err); !ok || at != 7 || vidimus.HintOf(err) == "" {
		t.Errorf("at %d: %v", at, err)
	}
}

func TestPassagesAnswerOnlyWhatIsKnownOfThem(t *testing.T) {
	a := stated(t)
	for typed, refused := range map[string]bool{"notice": false, "path:han date:2017": false, "a place:Yarkand": true, "number:5": true, "official:x": true, "type:pdf": true} {
		q, err := search.Parse(typed)
		if err != nil {
			t.Fatal(err)
		}
		err = pipeline.Passages(t.Context(), a.c, "", q, search.Recorded, func(pipeline.Marked) error { return nil })
		if _, at := search.AtCharacter(err); at != refused {
			t.Errorf("%q: %v", typed, err)
		}
	}
}
