package pdf

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/tetratelabs/wazero/api"

	"vidimus"
	"vidimus/read"
)

// Bounds of what a file can hold beside its pages.
const (
	maxText   = 16 << 20 // bytes, of all readings together
	maxString = 4 << 20  // bytes of one
	maxThings = 200_000  // bookmarks, annotations or attachments
)

// extras gives what a file holds beside its pages.
type extras struct {
	*reader
	out    *read.Writer
	text   int                   // bytes written
	things int                   // seen in this step
	fields map[string]bool       // form values given, which several boxes can show
	last   string                // line of the annotations
	inside [][2]int              // page and index of annotations that hold files
	emit   func(read.Part) error // to whoever asks
}

// give emits properties, bookmarks, annotations, form values and attachments.
// What ends one of them leaves the others.
func (r *reader) give(emit func(read.Part) error) error {
	x := &extras{reader: r, out: read.NewWriter(emit), fields: map[string]bool{}, emit: emit}
	if r.altered { // its annotations are gone
		if err := r.load(); err != nil {
			return err
		}
	}
	var first error
	for _, step := range []func() error{x.properties, x.identifiers, x.about, x.outline, x.annotations, x.forms, x.out.End, x.attachments, x.annotated} {
		x.things = 0
		err := step()
		if err == nil && r.engine.broken {
			err = r.fault()
		}
		if _, own := vidimus.FaultOf(err); err != nil && !own {
			return err
		}
		if first == nil {
			first = err
		}
		if r.engine.broken {
			if err := r.load(); err != nil {
				return err
			}
		}
	}
	return first
}

// write adds text to a reading.
func (x *extras) write(kind, text string) error {
	if x.text += len(text); x.text > maxText {
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	return x.out.Write(kind, text)
}

// another counts a thing, so that none are endless.
func (x *extras) another() error {
	if x.things++; x.things > maxThings {
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	return nil
}

// properties gives the document information (ISO 32000-1, 14.3.3), entries of
// the author's own included.
func (x *extras) properties() error {
	const ownOnly = 0
	e := x.engine
	for i := range uint64(uint32(max(0, int32(e.call("EPDF_GetMetaKeyCount", x.document, ownOnly))))) {
		if err := x.another(); err != nil {
			return err
		}
		key := x.bytes("EPDF_GetMetaKeyName", x.document, i, ownOnly)
		at := e.cString(key)
		value := x.wide("FPDF_GetMetaText", x.document, at)
		e.call("free", at)
		if value == "" {
			continue
		}
		if err := x.write(read.Properties, key+": "+value+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// outline gives the bookmarks, each level set in.
func (x *extras) outline() error {
	e, seen := x.engine, map[uint64]bool{}
	open := []uint64{e.call("FPDFBookmark_GetFirstChild", x.document, 0)}
	for len(open) > 0 {
		last := len(open) - 1
		mark := open[last]
		if mark == 0 || seen[mark] {
			open = open[:last]
			continue
		}
		seen[mark] = true
		if err := x.another(); err != nil {
			return err
		}
		if title := x.wide("FPDFBookmark_GetTitle", mark); title != "" {
			if err := x.write(read.Outline, strings.Repeat("  ", min(last, 20))+title+"\n"); err != nil {
				return err
			}
		}
		open[last] = e.call("FPDFBookmark_GetNextSibling", x.document, mark)
		open = append(open, e.call("FPDFBookmark_GetFirstChild", x.document, mark))
	}
	return nil
}

// attachments gives the files that are attached to the document.
func (x *extras) attachments() error {
	n := int32(x.engine.call("FPDFDoc_GetAttachmentCount", x.document))
	for i := range uint64(uint32(max(n, 0))) {
		if err := x.another(); err != nil {
			return err
		}
		if err := x.child(x.engine.call("FPDFDoc_GetAttachment", x.document, i)); err != nil {
			return err
		}
	}
	return nil
}

// child gives an attached file. Its bytes lie unpacked in the engine's memory
// until they have been asked for.
func (x *extras) child(handle uint64) error {
	e := x.engine
	if handle == 0 {
		return nil
	}
	c := &read.Child{Name: x.wide("FPDFAttachment_GetName", handle)}
	memory := e.module.Memory()
	size := uint32(0)
	if e.call("FPDFAttachment_GetFile", handle, 0, 0, x.buffer)&1 == 1 {
		size, _ = memory.ReadUint32Le(uint32(x.buffer))
	}
	at := e.call("malloc", uint64(max(size, 1)))
	ok := size > 0 && at != 0 && e.call("FPDFAttachment_GetFile", handle, at, uint64(size), x.buffer)&1 == 1
	switch _, fits := memory.Read(uint32(at), size); {
	case e.failed != nil:
		return e.failed
	case ok && fits && !e.broken:
		c.Body = &stored{memory, uint32(at), size}
	case e.broken && e.full(), size > 0 && at == 0:
		c.Fault = vidimus.MemoryLimit
	case e.broken:
		c.Fault = vidimus.Damaged
	default: // it is named, and has no bytes or none that unpack
		c.Body = bytes.NewReader(nil)
	}
	err := x.emit(read.Part{Child: c})
	if err == nil && e.broken {
		return x.load()
	}
	e.call("free", at)
	return err
}

// stored reads bytes of the engine's memory.
type stored struct {
	memory   api.Memory
	at, left uint32
}

func (s *stored) Read(p []byte) (int, error) {
	if s.left == 0 {
		return 0, io.EOF
	}
	b, ok := s.memory.Read(s.at, min(s.left, uint32(min(len(p), 1<<20))))
	if !ok {
		return 0, io.ErrUnexpectedEOF
	}
	n := copy(p, b)
	s.at, s.left = s.at+uint32(n), s.left-uint32(n)
	return n, nil
}

// wide asks for UTF-16LE text, which ends with a zero.
func (r *reader) wide(name string, args ...uint64) string {
	b := r.string(name, args...)
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2 && (b[0] != 0 || b[1] != 0); b = b[2:] {
		units = append(units, uint16(b[0])|uint16(b[1])<<8)
	}
	return strings.TrimSpace(read.Clean(string(utf16.Decode(units))))
}

// bytes asks for text of single bytes, which ends with a zero.
func (r *reader) bytes(name string, args ...uint64) string {
	b, _, _ := bytes.Cut(r.string(name, args...), []byte{0})
	return read.Clean(strings.ToValidUTF8(string(b), "\ufffd"))
}

// string asks the engine for text as all its functions give it: into a buffer,
// with the length that is needed as the result. Longer text is cut.
func (r *reader) string(name string, args ...uint64) []byte {
	e, at, room := r.engine, r.buffer, uint64(chunk*charBytes)
	n := uint64(uint32(e.call(name, append(args, at, room)...)))
	if n > room {
		room = min(n, maxString)
		if at = e.call("malloc", n); at == 0 {
			return nil
		}
		defer e.call("free", at)
		e.call(name, append(args, at, n)...)
	}
	b, ok := e.module.Memory().Read(uint32(at), uint32(min(n, room)))
	if e.broken || !ok {
		return nil
	}
	return bytes.Clone(b)
}

// cString puts text into the engine's memory.
func (e *engine) cString(s string) uint64 {
	at := e.call("malloc", uint64(len(s)+1))
	if at != 0 {
		e.module.Memory().Write(uint32(at), append([]byte(s), 0))
	}
	return at
}
