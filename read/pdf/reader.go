package pdf

import (
	"io"
	"math"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// reader is the worker's side: one file at a time.
type reader struct {
	engine   *engine
	file     *sandbox.File
	document uint64
	pages    int
	buffer   uint64 // for chars, in the engine's memory
	form     uint64 // what asks for form fields; 0 before the first
	altered  bool   // annotations of a page were made part of it
	parts    read.Parts

	held    []char // the room of the page before
	records []byte // as held
}

// Pdfium's error codes (fpdfview.h).
const (
	errPassword = 4
	errSecurity = 5
)

// pdfium takes a file's length as 32 bits.
const maxFile = math.MaxUint32

// Open loads the file's structure.
func (r *reader) Open(f *sandbox.File) error {
	if f.Size > maxFile {
		return &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	r.file, r.parts = f, read.Stream(r.give)
	return r.load()
}

func (r *reader) load() error {
	e := r.engine
	if err := e.reset(); err != nil {
		return err
	}
	r.document, r.buffer, r.pages, r.form, r.altered = 0, 0, 0, 0, false
	e.file, e.size = r.file, r.file.Size
	access := e.call("malloc", 12)
	memory := e.module.Memory()
	memory.WriteUint32Le(uint32(access), uint32(r.file.Size))
	memory.WriteUint32Le(uint32(access)+4, uint32(e.fetch))
	memory.WriteUint32Le(uint32(access)+8, 0)
	r.document = e.call("FPDF_LoadCustomDocument", access, 0)
	if r.document == 0 {
		return r.whyNot()
	}
	r.pages = int(int32(e.call("FPDF_GetPageCount", r.document)))
	r.buffer = e.call("malloc", chunk*charBytes)
	if r.pages < 1 || r.buffer == 0 {
		return r.fault()
	}
	return nil
}

// whyNot tells why a document was not opened.
func (r *reader) whyNot() error {
	switch r.engine.call("FPDF_GetLastError") {
	case errPassword, errSecurity:
		return &vidimus.Fault{Reason: vidimus.Encrypted}
	}
	return r.fault()
}

// fault tells why a call failed: the file could not be fetched, the engine's
// memory is used up, or the file is damaged.
func (r *reader) fault() error {
	switch e := r.engine; {
	case e.failed != nil:
		return e.failed
	case e.broken && e.full():
		return &vidimus.Fault{Reason: vidimus.MemoryLimit}
	}
	return &vidimus.Fault{Reason: vidimus.Damaged}
}

// Answer serves about, page, picture, source and next.
func (r *reader) Answer(q sandbox.Question, say sandbox.Say) error {
	if r.engine.broken { // by the page before
		if err := r.load(); err != nil {
			return err
		}
	}
	switch {
	case q.Verb == "about":
		return say(sandbox.Message{Name: "about", Ints: []int64{int64(r.pages), 0, 1}})
	case q.Verb == "next":
		return read.SayNext(r.parts, say)
	case q.Verb == "page" && len(q.Args) == 1:
		page, err := r.page(q.Args[0])
		if err != nil {
			return err
		}
		return say(read.EncodePage(page))
	case q.Verb == "picture" && len(q.Args) == 2:
		message, err := r.picture(q.Args[0], q.Args[1])
		if err != nil {
			return err
		}
		return say(message)
	case q.Verb == "source" && len(q.Args) == 1:
		source, err := r.source(q.Args[0])
		if err != nil {
			return err
		}
		return say(read.EncodeSource(source))
	}
	return read.ErrQuestion
}

// Close forgets the file.
func (r *reader) Close() {
	if c, ok := r.parts.(io.Closer); ok {
		c.Close()
	}
	r.engine.reset()
	r.file, r.document, r.parts = nil, 0, nil
	r.held, r.records = nil, nil
}

// sheet is a loaded page.
type sheet struct {
	handle        uint64
	width, height float64
	rotation      int // quarter turns clockwise
	box           [4]float32
}

// sheet loads page n. What stands in annotations and form fields is made part
// of the page first, so that its words are read too.
func (r *reader) sheet(n int64) (*sheet, error) {
	e := r.engine
	if n < 1 || n > int64(r.pages) {
		return nil, read.ErrQuestion
	}
	handle := e.call("FPDF_LoadPage", r.document, uint64(n-1))
	if handle != 0 && r.drawnOver(handle) {
		const forDisplay, nothingToDo = 0, 2
		if e.call("FPDFPage_Flatten", handle, forDisplay) != nothingToDo {
			r.altered = true
			e.call("FPDF_ClosePage", handle)
			handle = e.call("FPDF_LoadPage", r.document, uint64(n-1))
		}
	}
	if handle == 0 {
		return nil, r.fault()
	}
	s := &sheet{handle: handle, rotation: int(e.call("FPDFPage_GetRotation", handle)) & 3}
	e.call("FPDF_GetPageBoundingBox", handle, r.buffer)
	s.box = e.floats4(r.buffer)
	s.width, s.height = float64(s.box[2]-s.box[0]), float64(s.box[1]-s.box[3])
	if s.rotation&1 == 1 {
		s.width, s.height = s.height, s.width
	}
	if e.broken || !(s.width > 0 && s.height > 0) {
		return nil, r.fault()
	}
	return s, nil
}

// drawnOver reports annotations with an appearance of their own. Only these are
// made part of a page, which costs as much as loading it twice; most are links
// and have none.
func (r *reader) drawnOver(page uint64) (found bool) {
	e := r.engine
	n := max(int32(e.call("FPDFPage_GetAnnotCount", page)), 0)
	e.module.Memory().Write(uint32(r.buffer), []byte("AP\x00"))
	for i := uint64(0); i < uint64(n) && !found; i++ {
		if annotation := e.call("FPDFPage_GetAnnot", page, i); annotation != 0 {
			found = e.call("FPDFAnnot_HasKey", annotation, r.buffer) != 0
			e.call("FPDFPage_CloseAnnot", annotation)
		}
	}
	return found
}

func (r *reader) done(s *sheet) { r.engine.call("FPDF_ClosePage", s.handle) }

// seen turns a box of the page's own coordinates (left, top, right, bottom,
// upwards) into one of the page as it is seen.
func (s *sheet) seen(box [4]float32) vidimus.Box {
	left, top, right, bottom := box[0], box[1], box[2], box[3]
	l, t := float64(left-s.box[0]), float64(s.box[1]-top)
	r, b := float64(right-s.box[0]), float64(s.box[1]-bottom)
	up, down := float64(bottom-s.box[3]), float64(top-s.box[3])
	toLeft, toRight := float64(s.box[2]-right), float64(s.box[2]-left)
	switch s.rotation {
	case 1:
		return vidimus.Box{X0: up, Y0: l, X1: down, Y1: r}
	case 2:
		return vidimus.Box{X0: toLeft, Y0: up, X1: toRight, Y1: down}
	case 3:
		return vidimus.Box{X0: t, Y0: toLeft, X1: b, Y1: toRight}
	}
	return vidimus.Box{X0: l, Y0: t, X1: r, Y1: b}
}
