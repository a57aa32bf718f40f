package html

import (
	"errors"
	"io"
	"strings"
	"testing"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"

	"golang.org/x/text/encoding/htmlindex"
)

// readings reads a page without walls.
func readings(t testing.TB, content string) (map[string]string, []read.Child, []string, error) {
	t.Helper()
	parts, err := open(&sandbox.File{ReaderAt: strings.NewReader(content), Size: int64(len(content)), Name: "a.html"})
	if err != nil {
		return nil, nil, nil, err
	}
	texts := map[string]string{}
	var children []read.Child
	var bodies []string
	for {
		p, err := parts.Next()
		if errors.Is(err, io.EOF) {
			return texts, children, bodies, nil
		} else if err != nil {
			return texts, children, bodies, err
		}
		if p.Section != nil {
			texts[p.Section.Kind] += p.Section.Text
			continue
		}
		b := []byte{}
		if p.Child.Body != nil {
			b, _ = io.ReadAll(p.Child.Body)
		}
		children, bodies = append(children, *p.Child), append(bodies, string(b))
	}
}

func TestPagesAreReadAsTheyAreSeen(t *testing.T) {
	for _, c := range []struct{ name, page, kind, want string }{
		{"white space is one space", "<p>a \n  b<b>c</b> d</p><p>e</p>", "text", "a bc d\ne"},
		{"kept as it stands in pre", "<pre>a\n  b</pre>", "text", "a\n  b"},
		{"cells and rows", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</table>", "text", "a\tb\nc"},
		{"numbered lists", "<ol start=3><li>a<li>b</ol><ul><li>c</ul>", "text", "3. a\n4. b\n• c"},
		{"links after their block", `<p>the <a href="https://x.org/?a=1&amp;b=2">minister</a> said</p><p>z</p>`, "text", "the minister said\n<https://x.org/?a=1&b=2>\nz"},
		{"pictures have words", `<p>a<img alt="a map">b</p>`, "text", "a [a map] b"},
		{"scripts are no text", "<p>a</p><script>if (a<b) cool()</script><style>p{}</style><p>b", "text", "a\nb"},
		{"hidden by style", `<p>a</p><div style="Display : NONE">b<p>c</p></div><p>d`, "text", "a\nd"},
		{"what is hidden is read apart", `<p>a</p><div style="Display : NONE">b<p>c</p></div><p>d`, "hidden", "b\nc"},
		{"hidden by attribute", `<p hidden>b</p>c`, "hidden", "b"},
		{"comments of the author are hidden", `a<!-- who wrote this -->`, "hidden", "who wrote this"},
		{"hidden values", `<input type=hidden name=id value=7>`, "hidden", "id: 7"},
		{"what it says of itself", `<meta name=author content="Li">`, "properties", "author: Li"},
		{"title first", "<title>T</title><body>b", "text", "T\nb"},
		{"a script without an inside", `a<script src="x"/><p>b</p>`, "text", "a\nb"},
		{"the end of an element that never began", "a</div></span>b", "text", "a\nb"},
	} {
		got, _, _, err := readings(t, c.page)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if s := strings.TrimSpace(got[c.kind]); s != c.want {
			t.Errorf("%s: %q, not %q", c.name, s, c.want)
		}
	}
}

func TestTheCharsetIsFound(t *testing.T) {
	text := strings.Repeat("关于做好今年工作的通知。", 9)
	for _, c := range []struct{ name, charset, label string }{
		{"as the page says", "gb18030", "gb2312"},
		{"though the page says nothing", "gb18030", ""},
		{"though the page is wrong", "utf-8", "gb2312"},
		{"of two bytes", "utf-16le", ""},
	} {
		page := "<p>" + text + "</p>"
		if c.label != "" {
			page = `<meta charset="` + c.label + `">` + page
		}
		e, err := htmlindex.Get(c.charset)
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := e.NewEncoder().String(page)
		if err != nil {
			t.Fatal(err)
		}
		got, _, _, err := readings(t, encoded)
		if err != nil || strings.TrimSpace(got["text"]) != text {
			t.Errorf("%s: %.80q, %v", c.name, got["text"], err)
		}
	}
}

func TestFilesCarriedInAddressesAreChildren(t *testing.T) {
	_, children, bodies, err := readings(t, `<img src="data:image/png;base64,aGVs&#10;bG8="><a href="data:text/plain,a%20b">x</a><img src="data:image/gif;base64,!!">`)
	if err != nil || len(children) != 3 {
		t.Fatalf("%v, %v", children, err)
	}
	for i, want := range []struct {
		name, body string
		fault      vidimus.Reason
	}{{"data 1.png", "hello", ""}, {"data 2.plain", "a b", ""}, {"data 3.gif", "", vidimus.Damaged}} {
		if children[i].Name != want.name || bodies[i] != want.body || children[i].Fault != want.fault {
			t.Errorf("%v, %q", children[i], bodies[i])
		}
	}
}

func TestTextTakesTheLabelUnlessTheBytesShowItWrong(t *testing.T) {
	russian := strings.Repeat("Все люди рождаются свободными и равными. ", 5)
	koi, _ := htmlindex.Get("koi8-r")
	encoded, err := koi.NewEncoder().String("<p>" + russian)
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{
		"right": Text(strings.NewReader(encoded), "koi8-r"),
		"wrong": Text(strings.NewReader("<p>"+russian), "koi8-r"),
	} {
		if got != strings.TrimSpace(russian) {
			t.Errorf("%s: %.60q", name, got)
		}
	}
}

func TestDeepPagesCostNothing(t *testing.T) {
	got, _, _, err := readings(t, strings.Repeat("<div><b>", 200_000)+"end")
	if err != nil || strings.TrimSpace(got["text"]) != "end" {
		t.Errorf("%q, %v", got, err)
	}
}

func FuzzHTML(f *testing.F) {
	f.Add("<p hidden>a<ol><li>b</ol><img src='data:x;base64,aa'>")
	f.Add("<table><tr><td>a</tbody></table><pre>\n b")
	f.Add("\xff\xfe<\x00p\x00>\x00")
	f.Fuzz(func(t *testing.T, page string) {
		_, _, _, err := readings(t, page)
		if _, own := vidimus.FaultOf(err); err != nil && !own {
			t.Fatal(err)
		}
		Text(strings.NewReader(page), "gb2312")
	})
}
