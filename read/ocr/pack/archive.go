package pack

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// Write writes a pack of files of a folder. The manifest given lacks sizes and
// digests: they are taken from the files.
func Write(w io.Writer, m Manifest, folder string) error {
	m.Format, m.Platform = format, platform
	for i, f := range m.Files {
		b, err := os.ReadFile(filepath.Join(folder, f.Name))
		if err != nil {
			return fmt.Errorf("read a file of the pack: %w", err)
		}
		d := sha256.Sum256(b)
		m.Files[i].Bytes, m.Files[i].SHA256 = int64(len(b)), hex.EncodeToString(d[:])
	}
	if err := m.check(); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	t := tar.NewWriter(w)
	if err := entry(t, manifestName, append(manifest, '\n')); err != nil {
		return err
	}
	for _, f := range m.Files {
		b, err := os.ReadFile(filepath.Join(folder, f.Name))
		if err != nil {
			return fmt.Errorf("read a file of the pack: %w", err)
		}
		if err := entry(t, f.Name, b); err != nil {
			return err
		}
	}
	return t.Close()
}

func entry(t *tar.Writer, name string, b []byte) error {
	h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(b)), Mode: 0o644, Format: tar.FormatUSTAR}
	if name == Engine {
		h.Mode = 0o755
	}
	if err := t.WriteHeader(h); err != nil {
		return fmt.Errorf("write the pack: %w", err)
	}
	_, err := t.Write(b)
	return err
}

// errForm is a pack that is not as the specification says.
var errForm = errors.New("the file is no OCR pack, or a damaged one")

// reader reads a pack and takes its digest on the way.
type reader struct {
	all hash.Hash
	n   int64     // bytes read
	in  io.Reader // everything that is read goes into all
	t   *tar.Reader
	raw []byte // the manifest as it stands in the pack
}

// open reads a pack's manifest.
func open(r io.Reader) (*reader, Manifest, error) {
	p := &reader{all: sha256.New()}
	p.in = io.TeeReader(r, p)
	p.t = tar.NewReader(p.in)
	h, err := p.t.Next()
	if err != nil || h.Name != manifestName || h.Typeflag != tar.TypeReg || h.Size > maxManifest {
		return nil, Manifest{}, errForm
	}
	if p.raw, err = io.ReadAll(p.t); err != nil {
		return nil, Manifest{}, errForm
	}
	m, err := parse(p.raw)
	return p, m, err
}

// files gives every file of the manifest to put, and checks what it read.
func (p *reader) files(m Manifest, put func(f File, r io.Reader) error) error {
	for _, f := range m.Files {
		h, err := p.t.Next()
		if err != nil || h.Name != f.Name || h.Typeflag != tar.TypeReg || h.Size != f.Bytes {
			return errForm
		}
		sum := sha256.New()
		if err := put(f, io.TeeReader(p.t, sum)); err != nil {
			return err
		}
		if hex.EncodeToString(sum.Sum(nil)) != f.SHA256 {
			return errForm
		}
	}
	return p.end(m)
}

// Write counts what is read, and adds it to the digest.
func (p *reader) Write(b []byte) (int, error) {
	p.n += int64(len(b))
	return p.all.Write(b)
}

// end wants the archive's end, and a length that leaves no room for anything
// that the manifest does not list.
func (p *reader) end(m Manifest) error {
	if _, err := p.t.Next(); !errors.Is(err, io.EOF) {
		return errForm
	}
	const block = 512
	want := int64(block + (len(p.raw)+block-1)/block*block + 2*block)
	for _, f := range m.Files {
		want += block + (f.Bytes+block-1)/block*block
	}
	if _, err := io.CopyN(io.Discard, p.in, 1); !errors.Is(err, io.EOF) || p.n != want {
		return errForm
	}
	return nil
}

// digest is that of everything that was read.
func (p *reader) digest() string { return hex.EncodeToString(p.all.Sum(nil)) }
