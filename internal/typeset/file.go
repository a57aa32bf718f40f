package typeset

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
)

// file collects the objects of a PDF file and writes its cross-reference
// table: ISO 32000-1, 7.5.
type file struct {
	objects []string
}

// ref is the number of an object; it prints as a reference to it.
type ref int

func (r ref) String() string { return fmt.Sprintf("%d 0 R", int(r)) }

// reserve takes a number for an object that is set later.
func (f *file) reserve() ref {
	f.objects = append(f.objects, "")
	return ref(len(f.objects))
}

func (f *file) set(r ref, body string) { f.objects[r-1] = body }

func (f *file) object(body string) ref {
	r := f.reserve()
	f.set(r, body)
	return r
}

// stream adds a compressed stream; extra goes into its dictionary.
func (f *file) stream(extra string, data []byte) ref {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write(data) // a bytes.Buffer takes everything
	z.Close()
	return f.object(fmt.Sprintf("<< /Length %d /Filter /FlateDecode%s >>\nstream\n%s\nendstream", b.Len(), extra, b.String()))
}

// bytes writes the file whose catalogue is root, and whose information is
// about where that is not 0. Its identifier is taken from its content, so that
// the same pages are the same file.
func (f *file) bytes(root, about ref) []byte {
	var w bytes.Buffer
	w.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	offsets := make([]int, len(f.objects))
	for i, body := range f.objects {
		offsets[i] = w.Len()
		fmt.Fprintf(&w, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	id := sha256.Sum256(w.Bytes())
	table := w.Len()
	fmt.Fprintf(&w, "xref\n0 %d\n0000000000 65535 f \n", len(f.objects)+1)
	for _, at := range offsets {
		fmt.Fprintf(&w, "%010d 00000 n \n", at)
	}
	info := ""
	if about != 0 {
		info = " /Info " + about.String()
	}
	fmt.Fprintf(&w, "trailer\n<< /Size %d /Root %s%s /ID [<%x> <%x>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(f.objects)+1, root, info, id[:16], id[:16], table)
	return w.Bytes()
}
