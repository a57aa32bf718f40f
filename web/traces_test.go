package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"vidimus"
	"vidimus/pipeline"
	"vidimus/protect/trace"
)

// vaultTest is a vault that tests open and close.
type vaultTest struct{ state VaultState }

// tracesFor gives a room traces in two files, one of them with a hostile name,
// and a vault.
func tracesFor(room *Room, all []*sheet, v *vaultTest) {
	minutes, hostile := all[2], all[4]
	file := func(s *sheet) vidimus.File { return vidimus.File{Item: s.item(), Path: s.path} }
	at := strings.Index(minutes.text, "128")
	looked := Looked{Done: 2, Of: 2, Files: []TracedFile{
		{file(minutes), []trace.Trace{
			{Kind: trace.CopyWording, Certainty: trace.CannotTell, In: "file"},
			{Kind: trace.PrinterDots, Certainty: trace.Found, In: "picture", Page: 1, Box: vidimus.Box{X0: 100, Y0: 200, X1: 180, Y1: 240}},
			{Kind: trace.CopyNumber, Certainty: trace.Suspected, In: "text", Reading: readingOf(all, minutes), Page: 1, Start: at, End: at + 3},
		}},
		{file(hostile), []trace.Trace{{Kind: trace.Invisible, Certainty: trace.Found, In: "text", Reading: readingOf(all, hostile), Page: 1, Start: 0, End: 40}}},
	}}
	room.Vault = &Vault{State: func() VaultState { return v.state }, Lock: func() { v.state = VaultClosed }}
	room.Traces = &Tracing{
		Look:   func(context.Context, vidimus.ItemID) error { return nil },
		Looked: func() Looked { return looked },
		Words: func(_ context.Context, item vidimus.ItemID, t trace.Trace) (pipeline.TraceWords, error) {
			if v.state != VaultOpen {
				return pipeline.TraceWords{}, ErrVaultClosed
			}
			for _, s := range all {
				if s.item() == item && s.page == t.Page {
					return pipeline.TraceWords{Words: s.text[t.Start:t.End]}, nil
				}
			}
			return pipeline.TraceWords{}, nil
		},
	}
}

// readingOf numbers the readings as fill makes them.
func readingOf(all []*sheet, of *sheet) (n int64) {
	for _, s := range all {
		if s.page == 1 {
			n++
		}
		if s == of {
			break
		}
		if s.comments != nil {
			n++
		}
	}
	return n
}

func TestAListOfTracesHasNoValues(t *testing.T) {
	all := sheets()
	room, v := testRoom(t, all), &vaultTest{VaultOpen}
	tracesFor(&room, all, v)
	s := openRoom(t, room)
	c := visitor(t, s)
	enter(t, s, c)
	list := body(t, send(t, c, "GET", "http://"+s.host+"/traces", ""))
	for _, want := range []string{"copy or recipient number", "printer dots", "cannot tell", "every edition carries it", "recipient copy", "quotations, transcript"} {
		if !strings.Contains(plainWords(t, list), want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(plainWords(t, list), "128") {
		t.Error("the list says what a trace says")
	}
	only := body(t, send(t, c, "GET", "http://"+s.host+from(at("/traces"), ".chips a")(t, s, c), ""))
	if n := strings.Count(only, "data-row"); n != 1 {
		t.Errorf("%d traces of one kind, want 1", n)
	}
}

func TestWhatATraceSaysIsSeenByWhoeverOpensTheVault(t *testing.T) {
	all := sheets()
	room, v := testRoom(t, all), &vaultTest{VaultClosed}
	tracesFor(&room, all, v)
	s := openRoom(t, room)
	c := visitor(t, s)
	enter(t, s, c)
	where := "http://" + s.host + from(at("/traces"), "[data-trace=3]")(t, s, c)
	closed := body(t, send(t, c, "GET", where, ""))
	shown := "http://" + s.host + from(func(*testing.T, *Server, *http.Client) string { return strings.TrimPrefix(where, "http://"+s.host) }, ".panel a")(t, s, c)
	if !strings.Contains(closed, "The vault is closed") || strings.Contains(closed, `class="typed"`) || strings.Contains(closed, "<mark>") {
		t.Error("a closed vault does not keep the value")
	}
	if again := body(t, send(t, c, "GET", shown, "")); strings.Contains(again, "<mark>") || !strings.Contains(again, "The vault is closed") {
		t.Error("the value is shown though the vault is closed")
	}
	v.state = VaultOpen
	if open := body(t, send(t, c, "GET", shown, "")); !strings.Contains(open, "<mark>128</mark>") || !strings.Contains(open, `class="typed"`) {
		t.Error("the value is not shown to whoever has opened the vault")
	}
}

// plainWords are the words of a page as they are read.
func plainWords(t *testing.T, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(words(root)), " ")
}
