package mail

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// body gives a part's bytes without their transfer encoding. Damage never
// ends it: what can be decoded is.
func (p *part) body(file io.ReaderAt) io.Reader {
	raw := io.NewSectionReader(file, p.start, p.end-p.start)
	switch p.encoding() {
	case "base64":
		return &unbase{r: bufio.NewReaderSize(raw, stretch)}
	case "quoted-printable":
		return &unquoting{r: bufio.NewReaderSize(raw, stretch)}
	case "x-uuencode", "uuencode", "x-uue", "uue":
		return &uudecoder{lines: newLines(file, p.start, p.end)}
	}
	return raw
}

func (p *part) encoding() string {
	coding := strings.ToLower(unfolded(p.get("Content-Transfer-Encoding")))
	return strings.TrimRight(strings.TrimSpace(strings.SplitN(coding, ";", 2)[0]), " .;")
}

// unbase decodes base64, passing over everything that is none. Padding ends a
// group of four, and not the whole: programs put encoded pieces together.
type unbase struct {
	r    *bufio.Reader
	bits uint32
	n    uint // bits that are waiting
}

func (d *unbase) Read(p []byte) (int, error) {
	for i := 0; ; {
		if i == len(p) {
			return i, nil
		}
		c, err := d.r.ReadByte()
		if err != nil {
			if i > 0 && err == io.EOF {
				err = nil
			}
			return i, err
		}
		v := value(c)
		if c == '=' {
			d.n = 0
		}
		if v < 0 {
			continue
		}
		d.bits, d.n = d.bits<<6|uint32(v), d.n+6
		if d.n >= 8 {
			d.n -= 8
			p[i] = byte(d.bits >> d.n)
			i++
		}
	}
}

func value(c byte) int {
	switch {
	case c >= 'A' && c <= 'Z':
		return int(c - 'A')
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 26
	case c >= '0' && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}

// unquoting decodes quoted-printable line by line.
type unquoting struct {
	r    *bufio.Reader
	rest []byte
}

func (d *unquoting) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		l, err := d.r.ReadSlice('\n')
		if len(l) == 0 {
			return 0, err
		}
		d.rest = d.decode(l)
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

func (d *unquoting) decode(l []byte) []byte {
	end := []byte{}
	if bytes.HasSuffix(l, []byte("\n")) {
		end = l[len(bytes.TrimRight(l, "\r\n")):]
		l = bytes.TrimRight(l[:len(l)-len(end)], " \t")
		if bytes.HasSuffix(l, []byte("=")) {
			return unquote(string(l[:len(l)-1]))
		}
	} else if more, _ := d.r.Peek(1); len(more) > 0 { // a line longer than the buffer
		for back := 1; back <= 2 && back < len(l); back++ {
			if at := len(l) - back; l[at] == '=' {
				next, _ := d.r.Peek(3 - back)
				l = append(bytes.Clone(l), next...)
				d.r.Discard(len(next))
				break
			}
		}
	} else {
		l = bytes.TrimSuffix(l, []byte("="))
	}
	return append(unquote(string(l)), end...)
}

// uudecoder decodes uuencode between its begin and its end.
type uudecoder struct {
	lines *lines
	began bool
	ended bool
	rest  []byte
}

func (d *uudecoder) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		l, more := d.lines.read()
		if !more || d.ended {
			return 0, io.EOF
		}
		switch {
		case !d.began:
			_, d.began = uuBegin(string(l.text))
		case string(bytes.TrimSpace(l.text)) == "end":
			d.ended = true
		default:
			d.rest = uuLine(l.text)
		}
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// uuBegin gives the name in a line "begin 644 name".
func uuBegin(l string) (name string, ok bool) {
	f := strings.SplitN(strings.TrimSpace(l), " ", 3)
	if len(f) != 3 || f[0] != "begin" || len(f[1]) < 3 || len(f[1]) > 4 || strings.Trim(f[1], "01234567") != "" {
		return "", false
	}
	return strings.TrimSpace(f[2]), true
}

// uuLine decodes one line: its length, and four characters for three bytes.
func uuLine(l []byte) []byte {
	if len(l) == 0 || l[0] < ' ' || l[0] > '`' {
		return nil
	}
	n := int(l[0]-' ') & 63
	var out []byte
	for l = l[1:]; len(out) < n; l = l[min(4, len(l)):] {
		var four [4]byte
		for i := range four {
			if i < len(l) {
				four[i] = (l[i] - ' ') & 63
			}
		}
		out = append(out, four[0]<<2|four[1]>>4, four[1]<<4|four[2]>>2, four[2]<<6|four[3])
	}
	return out[:n]
}
