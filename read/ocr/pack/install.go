package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"vidimus"
	"vidimus/internal/durable"
)

// Pack is an installed pack, or one that was looked at.
type Pack struct {
	Manifest
	Dir    string // where it is installed; "" where it is not
	Digest string // of the pack's file, SHA-256 in hexadecimal
}

// Look checks a pack file and says what is in it.
func Look(path string) (Pack, error) {
	return through(path, func(_ File, r io.Reader) error {
		_, err := io.Copy(io.Discard, r)
		return err
	}, nil)
}

// Install puts a pack's files into a folder of packs that is made where it is
// not there, in the place of the one that is there. With a digest, a pack that
// has another is refused. Nothing is changed unless all of it is good,
// and try, which is given the pack before it is put in its place, has no error.
func Install(path, folder, digest string, try func(Pack) error) (Pack, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return Pack{}, fmt.Errorf("make the folder of packs: %w", durable.Nameless(err))
	}
	dir, err := os.MkdirTemp(folder, ".new-*") // owner-only by itself
	if err != nil {
		return Pack{}, fmt.Errorf("make a folder for the pack: %w", durable.Nameless(err))
	}
	defer os.RemoveAll(dir)
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Pack{}, fmt.Errorf("open a folder for the pack: %w", durable.Nameless(err))
	}
	defer root.Close()
	p, err := through(path, func(f File, r io.Reader) error { return store(root, f.Name, r) }, func(manifest []byte) error {
		return store(root, manifestName, strings.NewReader(string(manifest)))
	})
	if err != nil {
		return Pack{}, err
	}
	if digest != "" && !strings.EqualFold(digest, p.Digest) {
		return Pack{}, vidimus.WithHint(errors.New("the pack's digest is another than the one that was asked for"), "do not install it: ask who gave it to you")
	}
	if err := store(root, digestName, strings.NewReader(p.Digest+"\n")); err != nil {
		return Pack{}, err
	}
	p.Dir = dir
	if err := try(p); err != nil {
		return Pack{}, err
	}
	return p, p.move(dir, folder)
}

// move puts a finished folder in the place of the one before.
func (p *Pack) move(dir, folder string) error {
	p.Dir = filepath.Join(folder, Engine)
	old := dir + ".old"
	defer os.RemoveAll(old)
	if err := os.Rename(p.Dir, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("put the old pack aside: %w", durable.Nameless(err))
	}
	if err := os.Rename(dir, p.Dir); err != nil {
		return fmt.Errorf("put the pack in its place: %w", durable.Nameless(err))
	}
	return durable.SyncFolder(folder)
}

// through reads a pack file from end to end.
func through(path string, put func(File, io.Reader) error, manifest func([]byte) error) (p Pack, err error) {
	info, err := os.Lstat(path)
	if err != nil {
		return p, fmt.Errorf("look at the pack: %w", durable.Nameless(err))
	}
	if !info.Mode().IsRegular() {
		return p, vidimus.WithHint(errors.New("the pack is no regular file"), "give the file itself, not a link to it")
	}
	f, err := os.Open(path)
	if err != nil {
		return p, fmt.Errorf("open the pack: %w", durable.Nameless(err))
	}
	defer f.Close()
	r, m, err := open(f)
	if err != nil {
		return p, err
	}
	if manifest != nil {
		if err := manifest(r.raw); err != nil {
			return p, err
		}
	}
	if err := r.files(m, put); err != nil {
		return p, err
	}
	return Pack{Manifest: m, Digest: r.digest()}, nil
}

// store writes a file that only the owner can read, and run where it is the
// program.
func store(root *os.Root, name string, r io.Reader) error {
	mode := fs.FileMode(0o600)
	if name == Engine {
		mode = 0o700
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("write a file of the pack: %w", durable.Nameless(err))
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write a file of the pack: %w", durable.Nameless(err))
	}
	return nil
}

// Installed looks for a pack in the folder of packs, and whether all of it is
// as it was installed. There is none: an error that is fs.ErrNotExist.
func Installed(folder string) (Pack, error) {
	p := Pack{Dir: filepath.Join(folder, Engine)}
	root, err := os.OpenRoot(p.Dir)
	if err != nil {
		return p, fmt.Errorf("open the pack's folder: %w", durable.Nameless(err))
	}
	defer root.Close()
	err = p.load(root)
	for _, f := range p.Files {
		if err == nil {
			err = same(root, f)
		}
	}
	if err != nil {
		return Pack{}, vidimus.WithHint(fmt.Errorf("the installed OCR pack is damaged: %w", err), "install it again, or `vidimus ocr remove` it")
	}
	return p, nil
}

// Seen looks what pack is installed, without its files.
func Seen(folder string) (Pack, error) {
	p := Pack{Dir: filepath.Join(folder, Engine)}
	root, err := os.OpenRoot(p.Dir)
	if err != nil {
		return Pack{}, fmt.Errorf("open the pack's folder: %w", durable.Nameless(err))
	}
	defer root.Close()
	if err := p.load(root); err != nil {
		return Pack{}, err
	}
	return p, nil
}

// load reads what says what is installed.
func (p *Pack) load(root *os.Root) error {
	manifest, err := root.ReadFile(manifestName)
	if err != nil {
		return durable.Nameless(err)
	}
	digest, err := root.ReadFile(digestName)
	if err != nil {
		return durable.Nameless(err)
	}
	p.Digest = strings.TrimSpace(string(digest))
	if d, err := hex.DecodeString(p.Digest); err != nil || len(d) != sha256.Size {
		return errForm
	}
	p.Manifest, err = parse(manifest)
	return err
}

// same reports whether a file is still the one that was installed.
func same(root *os.Root, want File) error {
	f, err := root.Open(want.Name)
	if err != nil {
		return durable.Nameless(err)
	}
	defer f.Close()
	sum := sha256.New()
	if n, err := io.Copy(sum, io.LimitReader(f, maxBytes+1)); err != nil || n != want.Bytes || hex.EncodeToString(sum.Sum(nil)) != want.SHA256 {
		return errForm
	}
	return nil
}

// Remove removes the installed pack, and says whether there was one.
func Remove(folder string) (bool, error) {
	dir := filepath.Join(folder, Engine)
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err := os.RemoveAll(dir); err != nil {
		return false, fmt.Errorf("remove the pack: %w", durable.Nameless(err))
	}
	return true, durable.SyncFolder(folder)
}
