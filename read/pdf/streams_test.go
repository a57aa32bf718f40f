package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"strings"
	"testing"

	"vidimus/read"
)

// streamed is an object with a stream.
func streamed(entries string, body []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", entries, len(body), body)
}

func deflated(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description><m:InstanceID xmlns:m="m">uuid:%s</m:InstanceID></rdf:Description></rdf:RDF></x:xmpmeta>`

func TestWhatNoPageShowsOfAFileIsRead(t *testing.T) {
	photo, err := os.ReadFile("../../testdata/leak/files/scans/IMG_0119.JPG")
	if err != nil {
		t.Fatal(err)
	}
	said := func(content string) string {
		readings, _, err := held(t, document(t, content))
		if err != nil {
			t.Fatal(err)
		}
		return readings[read.Properties] + "\n"
	}
	xmp := func(id string) []byte { return fmt.Appendf(nil, packet, id) }
	for _, c := range []struct {
		name, content string
		want          []string
	}{
		{"the trailer's identifiers", with(made([2]string{"", hello}), "", "/ID[<0aff><0bff>]"), []string{"ID: 0aff\n", "ID: 0bff\n"}},
		{"the same twice", with(made([2]string{"", hello}), "", "/ID[<0aff><0aff>]"), []string{"ID: 0aff\n"}},
		{"a packet", with(made([2]string{"", hello}), "/Metadata 100 0 R", "", streamed("/Type/Metadata/Subtype/XML", xmp("1"))), []string{"InstanceID: uuid:1\n"}},
		{"one that is packed", with(made([2]string{"", hello}), "", "", streamed("/Type/Metadata/Subtype/XML/Filter/FlateDecode", deflated(xmp("2")))), []string{"InstanceID: uuid:2\n"}},
		{"a photograph that no page shows", with(made([2]string{"", hello}), "", "", streamed("/Type/XObject/Subtype/Image/Filter/DCTDecode", photo)),
			[]string{"GPSLatitude: ", "Make: ", "quantisation table: "}},
		{"one packed twice", with(made([2]string{"", hello}), "", "", streamed("/Subtype/Image/Filter[/FlateDecode/DCTDecode]", deflated(photo))),
			[]string{"GPSLatitude: ", "quantisation table: "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := said(c.content)
			for _, w := range c.want {
				if strings.Count(got, w) != 1 {
					t.Errorf("%d times %q in %q", strings.Count(got, w), w, got)
				}
			}
		})
	}
}

// A stream is found wherever the windows of the look fall.
func TestStreamsAreFoundAtEveryOffset(t *testing.T) {
	object := strings.Replace("\n1 0 obj"+streamed("/Subtype/XML", fmt.Appendf(nil, packet, "1")), "stream\n", "stream\r\n", 1)
	for at := window - len(object) - 8; at < window+8; at++ {
		file, n := strings.Repeat(" ", at)+object, 0
		r := strings.NewReader(file)
		err := eachStream(r, r.Size(), func(entries []byte, at int64) error {
			if n++; len(describe(r, entries, at, r.Size())) != 1 {
				t.Errorf("at %d: nothing is said", at)
			}
			return nil
		})
		if err != nil || n != 1 {
			t.Fatalf("at %d: %d streams, %v", at, n, err)
		}
	}
}

func FuzzStreams(f *testing.F) {
	f.Add([]byte("1 0 obj" + streamed("/Subtype/XML", fmt.Appendf(nil, packet, "1"))))
	f.Add([]byte("1 0 obj" + streamed("/Filter[/FlateDecode/DCTDecode]", deflated([]byte("\xff\xd8\xff\xdb\x00\x43")))))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := bytes.NewReader(b)
		err := eachStream(r, r.Size(), func(entries []byte, at int64) error {
			for _, l := range describe(r, entries, at, r.Size()) {
				if !strings.Contains(l, ": ") {
					t.Fatalf("no field: %q", l)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
