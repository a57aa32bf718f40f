package web

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestEveryPageIsWellBuilt walks all pages of the room and holds what a screen
// reader, a keyboard and the policy need.
func TestEveryPageIsWellBuilt(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	base := "http://" + s.host
	pages := map[string]string{
		"refusal": body(t, send(t, c, "GET", base+"/", "")),
		"entered": body(t, enter(t, s, c)),
		"front":   body(t, send(t, c, "GET", base+"/", "")),
		"hits":    body(t, send(t, c, "POST", base+"/search", "q=yarkand")),
		"hostile": body(t, send(t, c, "POST", base+"/search", "q=javascript")),
		"none":    body(t, send(t, c, "POST", base+"/search", "q=nowhere")),
		"wrong":   body(t, send(t, c, "POST", base+"/search", "q=yark*")),
		"files":   body(t, send(t, c, "GET", base+"/files", "")),
		"trouble": body(t, send(t, c, "GET", base+"/v/forgotten", "")),
	}
	_, rest, _ := strings.Cut(pages["hits"], `<h2><a href="`)
	address, _, _ := strings.Cut(rest, `"`)
	pages["page"] = body(t, send(t, c, "GET", base+address, ""))
	path, err := s.WayIn()
	if err != nil {
		t.Fatal(err)
	}
	wayIn, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages["way in"] = string(wayIn)
	for name, page := range pages {
		t.Run(name, func(t *testing.T) { checkPage(t, name, page) })
	}
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
		count[n.Data]++
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
	case "input":
		if a["autocomplete"] != "off" && a["type"] != "hidden" || a["spellcheck"] != "false" && a["type"] == "text" {
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

func TestTheFirstViewIsSmall(t *testing.T) {
	s := openRoom(t, testRoom(t, sheets()))
	c := visitor(t, s)
	enter(t, s, c)
	total := len(body(t, send(t, c, "POST", "http://"+s.host+"/search", "q=yarkand")))
	for _, name := range []string{"room.css", "room.js", "fonts.css", "icon.svg"} {
		total += len(body(t, send(t, c, "GET", "http://"+s.host+s.asset0(name), "")))
	}
	t.Logf("%d bytes besides fonts", total)
	if total > 150<<10 {
		t.Errorf("the first view is %d bytes", total)
	}
}

// TestWordsAndTheirUsesAreTheSame holds that no page lacks a word and no word
// lacks a page.
func TestWordsAndTheirUsesAreTheSame(t *testing.T) {
	used := map[string]bool{}
	key := regexp.MustCompile(`"((?:title|band|skip|nav|search|page|section|hit|files|count|state|kind|language|keys|entry|error)(?:\.[a-z.]+)?)"`)
	for _, folder := range []string{".", "templates"} {
		entries, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() || e.Name() == "words.go" || strings.HasSuffix(e.Name(), "_test.go") {
				continue
			}
			b, err := os.ReadFile(folder + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(b), -1) {
				used[m[1]] = true
			}
		}
	}
	for k := range english {
		if !used[strings.TrimSuffix(k, ".one")] {
			t.Errorf("nothing says %q", k)
		}
	}
}
