package office

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// Bounds of what is unpacked to be read as XML: of the whole file, and of one
// token, which the decoder holds in memory.
const (
	maxXML   = 1 << 30
	maxToken = 32 << 20
)

// pack is an office file: named parts in a zip. Names are compared without
// regard to case, as Office does.
type pack struct {
	files []*zip.File
	named map[string]*zip.File
	left  int64 // bytes of XML that may still be unpacked
	out   *read.Writer
	edits sessions
}

func newPack(f *sandbox.File) (*pack, error) {
	z, err := zip.NewReader(f, f.Size)
	if err != nil {
		return nil, &vidimus.Fault{Reason: vidimus.Damaged}
	}
	p := &pack{named: map[string]*zip.File{}, left: maxXML}
	for _, entry := range z.File {
		name := partName(entry.Name)
		if p.named[name] == nil && !strings.HasSuffix(name, "/") {
			p.named[name] = entry
			p.files = append(p.files, entry)
		}
	}
	return p, nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// has reports whether there is such a part.
func (p *pack) has(name string) bool { return p.named[partName(name)] != nil }

// walk shows a part to v. A part that is not there has nothing to show; one
// that breaks off is named as a child with the reason, so that what is lost is
// seen.
func (p *pack) walk(name string, v visitor) error {
	entry := p.named[partName(name)]
	if entry == nil {
		return nil
	}
	err := p.walkEntry(entry, v)
	reason, own := vidimus.FaultOf(err)
	if !own {
		return err
	}
	return p.out.Emit(read.Part{Child: &read.Child{Name: entry.Name, Fault: reason}})
}

func (p *pack) walkEntry(entry *zip.File, v visitor) error {
	if entry.Flags&1 != 0 {
		return &vidimus.Fault{Reason: vidimus.Encrypted}
	}
	r, err := entry.Open()
	if err != nil {
		return &vidimus.Fault{Reason: vidimus.Damaged}
	}
	defer r.Close()
	return walk(&metered{from: r, pack: p}, noting{v, &p.edits})
}

// metered bounds what is unpacked.
type metered struct {
	from  io.Reader
	pack  *pack
	token int // bytes since the last token
}

func (m *metered) Read(b []byte) (int, error) {
	n, err := m.from.Read(b)
	m.token += n
	if m.pack.left -= int64(n); m.pack.left < 0 || m.token > maxToken {
		return 0, &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = &vidimus.Fault{Reason: vidimus.Damaged}
	}
	return n, err
}

// child emits an entry as a file of its own.
func (p *pack) child(entry *zip.File) error {
	c := &read.Child{Name: strings.ToValidUTF8(entry.Name, "\ufffd")}
	if entry.Flags&1 != 0 {
		c.Fault = vidimus.Encrypted
	} else if r, err := entry.Open(); err != nil {
		c.Fault = vidimus.Damaged
	} else {
		defer r.Close()
		c.Body = r
	}
	return p.out.Emit(read.Part{Child: c})
}

// link is a relation of one part to another, or to something outside.
type link struct {
	kind, target string // last word of the type; name of a part, or an address
	external     bool
}

// links gives the relations of a part by their ids.
func (p *pack) links(name string) map[string]link {
	l := &linkReader{base: path.Dir(name), links: map[string]link{}}
	rels := p.named[partName(path.Join(path.Dir(name), "_rels", path.Base(name)+".rels"))]
	if rels != nil {
		// A broken list of relations leaves parts unread, which are then
		// given by walkRest.
		p.walkEntry(rels, l)
	}
	return l.links
}

type linkReader struct {
	base  string
	links map[string]link
	order []link
}

func (l *linkReader) start(e element) (bool, error) {
	if e.Name.Local == "Relationship" && len(l.links) < maxLinks {
		k := link{path.Base(e.attr("Type")), e.attr("Target"), e.attr("TargetMode") == "External"}
		if !k.external && strings.HasPrefix(k.target, "/") {
			k.target = strings.TrimPrefix(k.target, "/")
		} else if !k.external {
			k.target = path.Join(l.base, k.target)
		}
		l.links[e.attr("Id")] = k
		l.order = append(l.order, k)
	}
	return true, nil
}
func (l *linkReader) end(string) error  { return nil }
func (l *linkReader) text(string) error { return nil }

// maxLinks of one part are followed.
const maxLinks = 100_000
