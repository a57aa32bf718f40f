// Package html reads web pages as a reader sees them: visible text in blocks,
// the targets of links, what stands for pictures. What the page hides is a
// reading of its own, scripts and styles are left out, and files that it
// carries in data: addresses are children. It makes no tree, so that nesting
// costs nothing.
package html

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"vidimus"
	"vidimus/read"
	"vidimus/read/charset"
	"vidimus/sandbox"

	"golang.org/x/net/html"
	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// Engine names what a reading was made with.
const Engine = "html 1"

// maxToken bounds one tag or stretch of text: pictures stand in tags.
const maxToken = 32 << 20

// Format reads web pages.
func Format() read.Format {
	return read.PartsFormat([]string{read.TypeHTML, read.TypeXHTML}, open)
}

func open(f *sandbox.File) (read.Parts, error) {
	c, err := charsetOf(f)
	if err != nil {
		return nil, err
	}
	body := c.NewDecoder().Reader(io.NewSectionReader(f, 0, f.Size))
	return read.Stream(func(emit func(read.Part) error) error {
		out := read.NewWriter(emit)
		p := &page{write: out.Write, child: func(c *read.Child) error { return emit(read.Part{Child: c}) }}
		if err := p.read(body); err != nil {
			return err
		}
		return out.End()
	}), nil
}

// sampleBytes are looked at for what the page says of its charset.
const sampleBytes = 16 << 10

func charsetOf(f *sandbox.File) (encoding.Encoding, error) {
	sample := make([]byte, min(f.Size, sampleBytes))
	if _, err := f.ReadAt(sample, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if _, name, certain := htmlcharset.DetermineEncoding(sample, ""); certain {
		return charset.Trusted(sample, name), nil
	}
	return charset.Find(f, f.Size)
}

// maxText is how much of a page Text looks at.
const maxText = 64 << 20

// Text gives the visible text of a page. The label is the charset that whoever
// sent it named, or ""; one that the bytes show to be wrong is not followed.
func Text(r io.Reader, label string) string {
	body, err := io.ReadAll(io.LimitReader(r, maxText))
	if err != nil && len(body) == 0 {
		return ""
	}
	if label == "" {
		if _, name, certain := htmlcharset.DetermineEncoding(body[:min(len(body), sampleBytes)], ""); certain {
			label = name
		}
	}
	var b strings.Builder
	p := &page{child: func(*read.Child) error { return nil }, write: func(kind, text string) error {
		if kind == read.OwnWords {
			b.WriteString(text)
		}
		return nil
	}}
	// What breaks off has given its beginning.
	_ = p.read(strings.NewReader(charset.Decode(body, label)))
	return strings.TrimSpace(b.String())
}

// page is one page while it is read.
type page struct {
	write func(kind, text string) error
	child func(*read.Child) error

	open     []string // elements not closed yet
	hidden   int      // how many are open from the first hidden one on; 0 for none
	pre      int
	line     strings.Builder
	after    strings.Builder // what follows the block
	space    bool            // a space is due before the next word
	lists    []int           // number of the last item; -1 where there are none
	children int
}

// maxOpen elements are remembered, maxChildren given.
const (
	maxOpen     = 1000
	maxChildren = 10_000
	maxLine     = 64 << 10
)

func (p *page) read(r io.Reader) error {
	z := html.NewTokenizer(r)
	z.SetMaxBuf(maxToken)
	for {
		var err error
		switch z.Next() {
		case html.ErrorToken:
			if err := p.endBlock(); err != nil {
				return err
			}
			return ended(z.Err())
		case html.TextToken:
			err = p.text(string(z.Text()))
		case html.StartTagToken:
			err = p.start(z)
		case html.SelfClosingTagToken:
			// In XHTML <script/> has ended: what follows is not to be lost.
			z.NextIsNotRawText()
			err = p.start(z)
			if n := len(p.open); n > 0 && silent(p.open[n-1]) {
				p.open = p.open[:n-1]
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			err = p.end(string(name))
		case html.CommentToken:
			err = p.aside(string(z.Text()))
		}
		if err != nil {
			return err
		}
	}
}

func ended(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case errors.Is(err, html.ErrBufferExceeded):
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	return err
}

// aside writes what nobody sees.
func (p *page) aside(s string) error {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return p.write(read.Hidden, s+"\n")
}

func (p *page) start(z *html.Tokenizer) error {
	raw, more := z.TagName()
	name := string(raw)
	attrs := map[string]string{}
	for more && len(attrs) < 200 {
		var k, v []byte
		k, v, more = z.TagAttr()
		if _, seen := attrs[string(k)]; !seen {
			attrs[string(k)] = string(v)
		}
	}
	if block(name) {
		if err := p.endBlock(); err != nil {
			return err
		}
	}
	if !void(name) && len(p.open) < maxOpen {
		p.open = append(p.open, name)
		if p.hidden == 0 && unseen(name, attrs) {
			p.hidden = len(p.open)
		}
	}
	return p.element(name, attrs)
}

func (p *page) element(name string, attrs map[string]string) error {
	switch name {
	case "pre", "textarea":
		p.pre++
	case "br":
		p.line.WriteByte('\n')
		p.space = false
	case "td", "th":
		p.cell()
	case "ol":
		n, err := strconv.Atoi(attrs["start"])
		if err != nil {
			n = 1
		}
		p.list(n - 1)
	case "ul":
		p.list(-1)
	case "li":
		p.item()
	case "a", "area":
		p.link(attrs["href"])
		return p.carried(attrs["href"])
	case "img", "embed", "iframe", "object", "source", "image":
		p.say(strings.TrimSpace("[" + attrs["alt"] + "]"))
		for _, key := range []string{"src", "data", "xlink:href", "href"} {
			if err := p.carried(attrs[key]); err != nil {
				return err
			}
		}
	case "input":
		if attrs["type"] == "hidden" {
			return p.aside(attrs["name"] + ": " + attrs["value"])
		}
		p.say(attrs["value"])
	case "meta":
		if key := attrs["name"] + attrs["property"]; key != "" && attrs["content"] != "" {
			return p.write(read.Properties, key+": "+attrs["content"]+"\n")
		}
	}
	return nil
}

func (p *page) cell() {
	if strings.TrimSpace(p.line.String()) != "" {
		p.line.WriteByte('\t')
	}
	p.space = false
}

func (p *page) list(n int) {
	if len(p.lists) < maxOpen {
		p.lists = append(p.lists, n)
	}
}

func (p *page) item() {
	mark := "• "
	if n := len(p.lists); n > 0 && p.lists[n-1] >= 0 {
		p.lists[n-1]++
		mark = strconv.Itoa(p.lists[n-1]) + ". "
	}
	p.line.WriteString(mark)
}

// link notes where a link leads, after its block: within, it would part words
// that stand together.
func (p *page) link(to string) {
	to = strings.TrimSpace(to)
	if to == "" || to[0] == '#' || strings.HasPrefix(to, "data:") || p.after.Len()+len(to) > maxLine {
		return
	}
	p.after.WriteString("<" + to + ">\n")
}

func (p *page) text(s string) error {
	if n := len(p.open); n > 0 && silent(p.open[n-1]) {
		return nil
	}
	if p.hidden > 0 {
		return p.aside(s)
	}
	if p.pre > 0 {
		p.line.WriteString(s)
	} else {
		p.words(s)
	}
	if p.line.Len() > maxLine {
		return p.flush("")
	}
	return nil
}

// words adds text with its white space made single.
func (p *page) words(s string) {
	white := func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }
	for s != "" {
		n := strings.IndexFunc(s, white)
		if n == 0 {
			s = strings.TrimLeftFunc(s, white)
			p.space = true
			continue
		}
		if n < 0 {
			n = len(s)
		}
		if p.space && p.line.Len() > 0 && !strings.HasSuffix(p.line.String(), "\n") {
			p.line.WriteByte(' ')
		}
		p.space = false
		p.line.WriteString(s[:n])
		s = s[n:]
	}
}

// say adds a word that stands in an attribute.
func (p *page) say(s string) {
	if s != "" && s != "[]" && p.hidden == 0 {
		p.words(" " + s + " ")
	}
}

func (p *page) end(name string) error {
	switch name {
	case "pre", "textarea":
		p.pre = max(p.pre-1, 0)
	case "ol", "ul":
		p.lists = p.lists[:max(len(p.lists)-1, 0)]
	}
	if block(name) {
		if err := p.endBlock(); err != nil {
			return err
		}
	}
	for i := len(p.open) - 1; i >= 0; i-- {
		if p.open[i] != name {
			continue
		}
		p.open = p.open[:i]
		if p.hidden > i {
			p.hidden = 0
		}
		break
	}
	return nil
}

func (p *page) endBlock() error { return p.flush("\n") }

func (p *page) flush(end string) error {
	text := strings.TrimRight(p.line.String(), " \t")
	after := p.after.String()
	if p.space = false; text == "" && after == "" {
		return nil
	}
	p.line.Reset()
	p.after.Reset()
	if text != "" {
		text += end
	}
	return p.write(read.OwnWords, text+after)
}
