package container

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io/fs"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// inside gives the children by name, with their bytes or their fault.
func inside(t testing.TB, content []byte, name string) (map[string]string, error) {
	t.Helper()
	r, err := read.Kind("containers", Formats()...).Ready()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Open(&sandbox.File{ReaderAt: bytes.NewReader(content), Size: int64(len(content)), Name: name}); err != nil {
		return nil, err
	}
	files := map[string]string{}
	for ended := false; !ended; {
		child := ""
		err := r.Answer(sandbox.Question{Verb: "next"}, func(m sandbox.Message) error {
			switch m.Name {
			case "end":
				ended = true
			case "child":
				fault := ""
				child, fault, _ = strings.Cut(m.Text, "\n")
				files[child] = fault
			case "bytes":
				files[child] += string(m.Bytes)
			case "torn":
				files[child] += "<torn: " + m.Text + ">"
			}
			return nil
		})
		if err != nil {
			return files, err
		}
	}
	return files, nil
}

type entry struct {
	name, body string
	mode       fs.FileMode
	flags      uint16
	method     uint16
}

func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: e.method, Flags: e.flags, NonUTF8: true}
		h.SetMode(e.mode)
		if e.mode == 0 {
			h.SetMode(0o644)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(e.body))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarOf(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		h.Mode, h.ModTime = 0o644, time.Unix(0, 0)
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		w.Write(bytes.Repeat([]byte("x"), int(h.Size)))
	}
	w.Close()
	return b.Bytes()
}

func TestArchivesGiveTheirFiles(t *testing.T) {
	encrypted := zipOf(t, entry{name: "secret", body: "x"})
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(encrypted, []byte(mark))
		encrypted[at+map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[mark]] |= 1
	}
	unknown := zipOf(t, entry{name: "odd", body: "x"})
	unknown[bytes.Index(unknown, []byte("PK\x01\x02"))+10] = 77
	for _, c := range []struct {
		name, file string
		content    []byte
		want       map[string]string
	}{
		{"a zip", "a.zip", zipOf(t, entry{name: "d/", mode: fs.ModeDir | 0o755}, entry{name: "d/a", body: "one"}, entry{name: "b", body: "two", method: zip.Deflate}),
			map[string]string{"d/a": "one", "b": "two"}},
		{"a zip with a link", "a.zip", zipOf(t, entry{name: "l", body: "/etc/passwd", mode: fs.ModeSymlink | 0o777}), map[string]string{"l": "link or special file inside"}},
		{"an encrypted zip", "a.zip", encrypted, map[string]string{"secret": "encrypted"}},
		{"a method nobody knows", "a.zip", unknown, map[string]string{"odd": "kind not read yet"}},
		{"a zip that slips", "a.zip", zipOf(t, entry{name: "../../etc/x", body: "x"}), map[string]string{"../../etc/x": "x"}},
		{"a tar", "a.tar", tarOf(t, tar.Header{Name: "d/", Typeflag: tar.TypeDir}, tar.Header{Name: "d/a", Size: 3}, tar.Header{Name: "l", Typeflag: tar.TypeSymlink, Linkname: "/etc"},
			tar.Header{Name: "h", Typeflag: tar.TypeLink, Linkname: "d/a"}, tar.Header{Name: "dev", Typeflag: tar.TypeBlock}, tar.Header{Name: strings.Repeat("long/", 40) + "n", Size: 1}),
			map[string]string{"d/a": "xxx", "l": "link or special file inside", "h": "link or special file inside", "dev": "link or special file inside", strings.Repeat("long/", 40) + "n": "x"}},
		{"a tar cut short", "a.tar", tarOf(t, tar.Header{Name: "a", Size: 3}, tar.Header{Name: "b", Size: 5000})[:2500], map[string]string{"a": "xxx", "b": strings.Repeat("x", 964) + "<torn: damaged>", "rest of the archive": "damaged"}},
	} {
		got, err := inside(t, c.content, c.file)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestAZipWithoutItsDirectoryIsReadByItsHeaders(t *testing.T) {
	whole := zipOf(t, entry{name: "a", body: strings.Repeat("one ", 99), method: zip.Deflate}, entry{name: "b", body: strings.Repeat("two ", 99), method: zip.Deflate}, entry{name: "c", body: strings.Repeat("three", 99), method: zip.Deflate})
	cut := whole[:bytes.LastIndex(whole, []byte("PK\x03\x04"))+40]
	got, err := inside(t, cut, "a.zip")
	if err != nil {
		t.Fatal(err)
	}
	if got["a"] != strings.Repeat("one ", 99) || got["b"] != strings.Repeat("two ", 99) || !strings.Contains(got["c"], "<torn: damaged>") || got["list of the files"] != "damaged" {
		t.Errorf("%.300v", got)
	}
}

func TestNamesWithoutACharsetAreGuessedForTheWholeArchive(t *testing.T) {
	for _, c := range []struct {
		charset encoding.Encoding
		names   []string
	}{
		{simplifiedchinese.GB18030, []string{"新疆/通知.docx", "关于会议的通知 (2017).pdf", "名单.xlsx"}},
		{traditionalchinese.Big5, []string{"會議紀錄.docx", "關於通知的說明.pdf", "名單.xlsx"}},
		{charmap.CodePage866, []string{"Документы/Приказ.doc", "Список сотрудников.xls", "Отчёт 2017.pdf"}},
		{charmap.Windows1251, []string{"Документы/Приказ.doc", "Список сотрудников.xls", "Отчёт 2017.pdf"}},
		{japanese.ShiftJIS, []string{"書類/会議のお知らせ.doc", "名簿リスト.xls"}},
		{charmap.CodePage437, []string{"Müller/Übersicht.doc", "café.txt"}},
	} {
		var entries []entry
		want := map[string]string{}
		for _, n := range c.names {
			raw, err := c.charset.NewEncoder().String(n)
			if err != nil {
				t.Fatal(err)
			}
			entries = append(entries, entry{name: raw, body: "x"})
			want[n] = "x"
		}
		got, err := inside(t, zipOf(t, entries...), "a.zip")
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%v: %s", c.charset, d)
		}
	}
}

func TestCompressedFilesGiveTheFileInside(t *testing.T) {
	var gz, zs, x bytes.Buffer
	g := gzip.NewWriter(&gz)
	g.Write([]byte("words"))
	g.Close()
	z, _ := zstd.NewWriter(&zs)
	z.Write([]byte("words"))
	z.Close()
	w, err := xz.NewWriter(&x)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte("words"))
	w.Close()
	for _, c := range []struct {
		name    string
		content []byte
		want    map[string]string
	}{
		{"a.txt.gz", gz.Bytes(), map[string]string{"a.txt": "words"}},
		{"a.tgz", gz.Bytes(), map[string]string{"a.tar": "words"}},
		{"a.gz", gz.Bytes()[:20], map[string]string{"a": "words<torn: damaged>"}},
		{"a.zst", zs.Bytes(), map[string]string{"a": "words"}},
		{"a.xz", x.Bytes(), map[string]string{"a": "words"}},
		{"odd", x.Bytes(), map[string]string{"odd unpacked": "words"}},
	} {
		got, err := inside(t, c.content, c.name)
		if err != nil {
			t.Error(err)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestABombIsTornAtTheLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks a gigabyte")
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range 1100 {
		w.Write(zeros)
	}
	w.Close()
	r, err := Compressed()[0].Ready()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Open(&sandbox.File{ReaderAt: bytes.NewReader(b.Bytes()), Size: int64(b.Len()), Name: "a.gz"}); err != nil {
		t.Fatal(err)
	}
	total, torn := 0, ""
	err = r.Answer(sandbox.Question{Verb: "next"}, func(m sandbox.Message) error {
		total += len(m.Bytes)
		if m.Name == "torn" {
			torn = m.Text
		}
		return nil
	})
	if err != nil || total != 1000<<20 || torn != string(vidimus.SizeLimit) {
		t.Errorf("%d bytes, torn %q, %v", total, torn, err)
	}
}

func FuzzContainers(f *testing.F) {
	f.Add(zipOf(f, entry{name: "\xcd\xa8", body: "one", method: zip.Deflate}), "a.zip")
	f.Add(zipOf(f, entry{name: "a", body: "one", method: zip.Deflate})[:50], "a.zip")
	f.Add(tarOf(f, tar.Header{Name: "a", Size: 3}), "a.tar")
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x04\x00\x43\xbe\xb7\xe8\x01\x00\x00\x00"), "a.gz")
	f.Add([]byte("BZh91AY&SY"), "a.bz2")
	f.Add([]byte("\xfd7zXZ\x00\x00\x04"), "a.xz")
	f.Add([]byte("\x28\xb5\x2f\xfd\x04\x00\x09\x00\x00a\x00\x00\x00\x00"), "a.zst")
	f.Add([]byte("Rar!\x1a\x07\x00\xcf\x90\x73\x00\x00\x0d\x00\x00\x00\x00\x00\x00\x00"), "a.rar")
	f.Add([]byte("Rar!\x1a\x07\x01\x00\x33\x92\xb5\xe5\x0a\x01\x05\x06\x00\x05\x01\x01\x80\x80\x00"), "a.rar")
	f.Fuzz(func(t *testing.T, content []byte, name string) {
		if len(content) > 1<<16 {
			return
		}
		_, err := inside(t, content, name)
		if _, own := vidimus.FaultOf(err); err != nil && !own {
			t.Fatal(err)
		}
	})
}

func FuzzNames(f *testing.F) {
	f.Add([]byte("\x00\x02\xcd\xa8\x00\x01a"), int64(-1))
	f.Add([]byte("\x00\x05a/../"), int64(1))
	f.Fuzz(func(t *testing.T, content []byte, charset int64) {
		r, err := Names().Ready()
		if err != nil {
			t.Fatal(err)
		}
		if r.Open(&sandbox.File{ReaderAt: bytes.NewReader(content), Size: int64(len(content))}) != nil {
			return
		}
		err = r.Answer(sandbox.Question{Verb: "names", Args: []int64{charset}}, func(m sandbox.Message) error {
			if !utf8.ValidString(m.Text) || strings.Contains(m.Text, "\n") {
				t.Errorf("%q", m.Text)
			}
			return nil
		})
		if err != nil && charset >= -1 && charset < int64(len(read.NameCharsets)) {
			t.Error(err)
		}
	})
}
