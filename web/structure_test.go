package web

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"vidimus"
)

// TestEveryPageIsWellBuilt walks all pages of the room and holds what a screen
// reader, a keyboard and the policy need.
func TestEveryPageIsWellBuilt(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	for name, page := range everyPage(t, s) {
		t.Run(name, func(t *testing.T) { checkPage(t, name, page) })
	}
}

// everyPage gives every page of the room, by name, as one visitor sees them.
func everyPage(t *testing.T, s *Server) map[string]string {
	t.Helper()
	c := visitor(t, s)
	base := "http://" + s.host
	pages := map[string]string{
		"refusal": body(t, send(t, c, "GET", base+"/", "")),
		"entered": body(t, enter(t, s, c)),
	}
	path, err := s.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	wayIn, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages["way in"] = string(wayIn)
	for _, p := range visits {
		pages[p.name] = body(t, send(t, c, "GET", base+p.address(t, s, c), ""))
	}
	return pages
}

// visits are the pages of the room and how one comes to them.
var visits = []struct {
	name    string
	address func(t *testing.T, s *Server, c *http.Client) string
}{
	{"front", at("/")},
	{"hits", searched("yarkand")},
	{"hits hostile", searched("javascript")},
	{"other forms", searched("shache")},
	{"filtered", from(searched("yarkand"), ".facets a")},
	{"left out", from(searched("yarkand"), ".off")},
	{"filtered away", from(from(from(searched("yarkand"), ".facets a"), ".chips a"), ".facets a")},
	{"none", searched("nowhere")},
	{"wrong", searched("(yarkand")},
	{"page", from(searched("yarkand list"), ".hits a")},
	{"page rtl", from(searched("يەكەن yarkand"), ".hits a")},
	{"page hostile", from(searched("javascript"), ".hits a")},
	{"page of comments", from(searched("margin"), ".hits a")},
	{"sheet", from(searched("household"), ".hits a")},
	{"sheet as words", from(from(searched("household"), ".hits a"), ".tabs a[data-key=t]")},
	{"mail", from(searched("attached"), ".hits a")},
	{"files", at("/files")},
	{"folders", at("/folders")},
	{"folder", from(at("/folders"), "text=box/")},
	{"folder of a container", from(from(from(at("/folders"), "text=box/"), ".into"), ".folder a")},
	{"file", from(from(searched("household"), ".hits a"), "[data-key=i]")},
	{"file failed", from(at("/progress"), ".reason a")},
	{"container", from(from(from(at("/folders"), "text=box/"), ".into"), "[data-key=i]")},
	{"passages", at("/passages")},
	{"passage", from(at("/passages"), "[data-passage=1]")},
	{"passage stale", from(at("/passages"), "[data-passage=2]")},
	{"passage hostile", from(at("/passages"), "[data-passage=3]")},
	{"passages of a file", from(from(from(searched("yarkand list"), ".hits a"), "[data-key=i]"), "[data-of=passages]")},
	{"redact", from(from(searched("yarkand list"), ".hits a"), "[data-key=x]")},
	{"redact section", from(from(searched("letter"), ".hits a"), "[data-key=x]")},
	{"redact hostile", from(from(searched("javascript"), ".hits a"), "[data-key=x]")},
	{"edition", at("/edition")},
	{"review", from(at("/edition"), "[data-key=v]")},
	{"review hostile", from(from(at("/edition"), "[data-key=v]"), "[data-key=]]")},
	{"people", at("/people")},
	{"person", from(at("/people"), "[data-person=P-001]")},
	{"traces", at("/traces")},
	{"traces of one kind", from(at("/traces"), ".chips a")},
	{"trace in the picture", from(at("/traces"), "[data-trace=2]")},
	{"trace of the whole file", from(at("/traces"), "[data-trace=1]")},
	{"trace", from(at("/traces"), "[data-trace=3]")},
	{"trace shown", from(from(at("/traces"), "[data-trace=3]"), ".panel a")},
	{"trace hostile", from(from(at("/traces"), "[data-trace=4]"), ".panel a")},
	{"progress", at("/progress")},
	{"help", at("/help")},
	{"trouble", at("/v/forgotten")},
}

func at(address string) func(*testing.T, *Server, *http.Client) string {
	return func(*testing.T, *Server, *http.Client) string { return address }
}

func searched(query string) func(*testing.T, *Server, *http.Client) string {
	return func(t *testing.T, s *Server, c *http.Client) string {
		return send(t, c, "POST", "http://"+s.host+"/search", "q="+url.QueryEscape(query)).Request.URL.Path
	}
}

// from follows the first link of a page that a selector finds.
func from(page func(*testing.T, *Server, *http.Client) string, selector string) func(*testing.T, *Server, *http.Client) string {
	return func(t *testing.T, s *Server, c *http.Client) string {
		t.Helper()
		where := page(t, s, c)
		root, err := html.Parse(strings.NewReader(body(t, send(t, c, "GET", "http://"+s.host+where, ""))))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && n.Data == "a" && matches(n, selector) {
				return attributes(n)["href"]
			}
		}
		t.Fatalf("no %s on %s", selector, where)
		return ""
	}
}

// matches knows selectors of one step or two: a class around or on the link,
// or an attribute of it.
func matches(n *html.Node, selector string) bool {
	if said, ok := strings.CutPrefix(selector, "text="); ok {
		return strings.TrimSpace(words(n)) == said
	}
	around, last, two := strings.Cut(selector, " ")
	if !two {
		around, last = "", selector
	}
	if attribute, ok := strings.CutPrefix(strings.TrimSuffix(strings.TrimPrefix(last, "a"), "]"), "["); ok {
		key, value, _ := strings.Cut(attribute, "=")
		if attributes(n)[key] != value {
			return false
		}
	} else if last != "a" && !hasClass(n, last) {
		return false
	}
	if around == "" {
		return true
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if hasClass(p, around) {
			return true
		}
	}
	return false
}

func hasClass(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attributes(n)["class"]), strings.TrimPrefix(class, "."))
}

func checkPage(t *testing.T, name, page string) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	count, ids := map[string]int{}, map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Namespace == "" {
			count[n.Data]++
		}
		a := attributes(n)
		for key := range a {
			if key == "style" || strings.HasPrefix(key, "on") {
				t.Errorf("<%s> has an inline %s", n.Data, key)
			}
		}
		if id, ok := a["id"]; ok && ids[id] {
			t.Errorf("two elements have the id %s", id)
		}
		ids[a["id"]] = true
		checkElement(t, n, a, name)
	}
	for _, one := range []string{"h1", "main", "title"} {
		if count[one] != 1 {
			t.Errorf("%d <%s>, want one", count[one], one)
		}
	}
	if strings.Contains(page, "ZgotmplZ") {
		t.Error("the template refused a value")
	}
}

func checkElement(t *testing.T, n *html.Node, a map[string]string, name string) {
	switch n.Data {
	case "html":
		if a["lang"] == "" || a["dir"] == "" || a["translate"] != "no" {
			t.Errorf("<html> has %v", a)
		}
	case "style":
		t.Error("an inline style sheet")
	case "script":
		if a["src"] == "" && name != "way in" { // which comes from no server, and has a policy of its own
			t.Error("an inline script")
		}
	case "a", "button", "h1", "h2":
		if strings.TrimSpace(words(n)) == "" {
			t.Errorf("<%s> says nothing", n.Data)
		}
	case "img":
		if a["alt"] == "" {
			t.Error("a picture without words")
		}
	case "nav":
		if a["aria-label"] == "" {
			t.Error("<nav> without a name")
		}
	case "input", "textarea":
		if a["autocomplete"] != "off" && a["type"] != "hidden" || a["spellcheck"] != "false" && (a["type"] == "text" || n.Data == "textarea") {
			t.Error("an input that the browser may remember or send away")
		}
	}
}

func attributes(n *html.Node) map[string]string {
	all := map[string]string{}
	for _, a := range n.Attr {
		all[a.Key] = a.Val
	}
	return all
}

func words(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// TestEveryViewIsSmall holds what a page and all that it needs may weigh,
// besides fonts and pictures, and prints how long the room took for each.
func TestEveryViewIsSmall(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	around := 0
	for _, name := range []string{"room.css", "room.js", "page.js", "mark.js", "redact.js", "fonts.css", "icon.svg"} {
		around += len(body(t, send(t, c, "GET", "http://"+s.host+s.asset0(name), "")))
	}
	var took []time.Duration
	for _, p := range visits {
		address := "http://" + s.host + p.address(t, s, c)
		for range 5 {
			began := time.Now()
			size := around + len(body(t, send(t, c, "GET", address, "")))
			took = append(took, time.Since(began))
			if size > 150<<10 {
				t.Errorf("%s weighs %d bytes", p.name, size)
			}
		}
	}
	slices.Sort(took)
	t.Logf("style and script %d bytes; median %v, 95th percentile %v, longest %v", around, took[len(took)/2], took[len(took)*95/100], took[len(took)-1])
}

func TestOtherFormsAreToldApartAndCanBeLeftOut(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	page := body(t, send(t, c, "GET", "http://"+s.host+searched("shache")(t, s, c), ""))
	for _, want := range []string{"1 page matches", "0 with the words as typed", "<mark>莎车</mark>", "the same place"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	exact := from(searched("shache"), "text=only as typed")(t, s, c)
	if page := body(t, send(t, c, "GET", "http://"+s.host+exact, "")); !strings.Contains(page, "No page matches") {
		t.Error("other forms were looked for all the same")
	}
}

func TestAMailStandsInItsConversation(t *testing.T) {
	room := testRoom(t, sheets())
	room.Conversation = func(_ context.Context, item vidimus.ItemID) ([]Letter, bool) {
		return []Letter{
			{File: vidimus.File{Item: "asked", Path: "mail/1.eml"}, Subject: "send <b>the list</b>", Date: "2017-05-03T10:00:00+06:00"},
			{File: vidimus.File{Item: "reply", Path: "mail/2.eml"}, Subject: "the list", Answers: "asked", How: "In-Reply-To"},
		}, item == "reply"
	}
	s := openRoom(t, room)
	c := visitor(t, s)
	enter(t, s, c)
	page := body(t, send(t, c, "GET", "http://"+s.host+from(searched("attached"), ".hits a")(t, s, c), ""))
	for _, want := range []string{"Conversation", "send &lt;b&gt;the list&lt;/b&gt;", "answers 1", "In-Reply-To", "this mail"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestAFileStandsWithItsCopiesVersionsAndConversation(t *testing.T) {
	room := testRoom(t, sheets())
	looked := false
	room.Alike = func(_ context.Context, item vidimus.ItemID) ([]Kin, bool) {
		return []Kin{{File: vidimus.File{Item: item, Path: "the-page-of-this"}, How: "first"}, {File: vidimus.File{Item: "asked", Path: "a <b>copy</b>.txt"}, How: "same bytes", Share: 100},
			{File: vidimus.File{Item: "list", Path: "draft.txt"}, How: "near", Share: 61}}, looked
	}
	room.Conversation = func(context.Context, vidimus.ItemID) ([]Letter, bool) {
		return []Letter{{File: vidimus.File{Item: "asked"}, Subject: "send it"}, {File: vidimus.File{Item: "reply"}, Subject: "sent", Answers: "asked"}}, true
	}
	s := openRoom(t, room)
	c := visitor(t, s)
	enter(t, s, c)
	for _, looked = range []bool{false, true} {
		page := body(t, send(t, c, "GET", "http://"+s.host+from(from(searched("attached"), ".hits a"), "[data-key=i]")(t, s, c), ""))
		for _, want := range []string{"Copies and versions", "a copy, to the last byte", "nearly the same, 61 % of", "&lt;b&gt;copy", "send it", "answers 1"} {
			if !strings.Contains(page, want) {
				t.Errorf("no %q", want)
			}
		}
		if strings.Contains(page, "the-page-of-this") || strings.Contains(page, "being looked for") == looked {
			t.Errorf("the page says the wrong thing once looked is %v", looked)
		}
	}
}

// TestEveryWordIsSaidSomewhere holds that no word lacks a page; that no page
// lacks a word, drawing them all holds.
func TestEveryWordIsSaidSomewhere(t *testing.T) {
	said := map[string]bool{}
	key := regexp.MustCompile(`"([a-z]+(?:\.[a-z.]+)?)"`)
	for _, folder := range []string{".", "templates"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() || strings.HasPrefix(e.Name(), "words_english") || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			b, err := os.ReadFile(folder + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(b), -1) {
				said[m[1]] = true
			}
		}
	}
	for k := range inEnglish().words {
		prefix, _, _ := strings.Cut(k, ".")
		if !said[strings.TrimSuffix(k, ".one")] && !slices.Contains([]string{"title", "kind", "language", "state", "nav", "facet", "sort", "type", "kin", "mention", "reason", "hint", "trace", "says", "class", "certainty", "mode", "vault", "vaultpeople", "publicclass", "protectedkind"}, prefix) {
			t.Errorf("nothing says %q", k)
		}
	}
}
