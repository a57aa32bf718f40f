package pack

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// made writes a small pack of invented files.
func made(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{Engine: "#!/bin/sh\nexit 3\n", "keys.txt": "一\n", "LICENSE": "do as you like\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	m := Manifest{Engine: Engine, Version: "4", Languages: []string{"zh"},
		Files: []File{{Name: Engine}, {Name: "keys.txt"}, {Name: "LICENSE"}}, Licences: []Licence{{"all of it", "MIT", "LICENSE"}}}
	var b bytes.Buffer
	if err := Write(&b, m, dir); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// taken takes any pack.
func taken(Pack) error { return nil }

func stored(t testing.TB, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pack")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAPackIsInstalledOwnerOnlyAndFoundAgain(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "packs")
	path := stored(t, made(t))
	looked, err := Look(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second takes the place of the first
		if _, err := Install(path, folder, strings.ToUpper(looked.Digest), taken); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Installed(folder)
	seen, err2 := Seen(folder)
	if err != nil || err2 != nil || seen.Digest != p.Digest || p.Digest != looked.Digest || p.Version != "4" || len(p.Digest) != 64 {
		t.Fatalf("%+v, %v", p, err)
	}
	for name, want := range map[string]fs.FileMode{".": 0o700, Engine: 0o700, "keys.txt": 0o600, manifestName: 0o600, digestName: 0o600} {
		info, err := os.Stat(filepath.Join(p.Dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if there, err := os.ReadDir(folder); err != nil || len(there) != 1 {
		t.Errorf("left behind: %v, %v", there, err)
	}
	for _, want := range []bool{true, false} {
		if removed, err := Remove(folder); err != nil || removed != want {
			t.Errorf("%v, %v", removed, err)
		}
	}
	if _, err := Installed(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestTheSameFilesGiveTheSamePack(t *testing.T) {
	if !bytes.Equal(made(t), made(t)) {
		t.Error("two packs of the same files differ")
	}
}

func TestAnInstalledPackThatWasChangedIsNotUsed(t *testing.T) {
	folder := t.TempDir()
	p, err := Install(stored(t, made(t)), folder, "", taken)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.Dir, "keys.txt"), []byte("二\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Installed(folder); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// rebuilt takes a pack apart, has it changed, and puts it together.
func rebuilt(t *testing.T, change func(m *Manifest, entries []entryOf) []entryOf) []byte {
	t.Helper()
	var all []entryOf
	for r := tar.NewReader(bytes.NewReader(made(t))); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entryOf{*h, b})
	}
	var m Manifest
	if err := json.Unmarshal(all[0].data, &m); err != nil {
		t.Fatal(err)
	}
	all = change(&m, all)
	if all[0].data == nil {
		all[0].data, _ = json.Marshal(m)
	}
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range all {
		e.head.Size = int64(len(e.data))
		if err := w.WriteHeader(&e.head); err != nil {
			t.Fatal(err)
		}
		w.Write(e.data)
	}
	w.Close()
	return b.Bytes()
}

type entryOf struct {
	head tar.Header
	data []byte
}

func TestAPackThatBreaksARuleIsRefusedWhole(t *testing.T) {
	manifest := func(f func(*Manifest)) []byte {
		return rebuilt(t, func(m *Manifest, all []entryOf) []entryOf {
			f(m)
			all[0].data = nil
			return all
		})
	}
	entries := func(f func([]entryOf) []entryOf) []byte {
		return rebuilt(t, func(_ *Manifest, all []entryOf) []entryOf { return f(all) })
	}
	good := made(t)
	for name, b := range map[string][]byte{
		"nothing":                   nil,
		"text":                      []byte(strings.Repeat("no pack ", 200)),
		"broken off":                good[:len(good)-1500],
		"an end too short":          good[:len(good)-512],
		"more behind the end":       append(bytes.Clone(good), []byte("more")...),
		"zeros without end":         append(bytes.Clone(good), make([]byte, 1<<15)...),
		"another form":              manifest(func(m *Manifest) { m.Format = "vidimus-ocr-pack/2" }),
		"another engine":            manifest(func(m *Manifest) { m.Engine = "sh" }),
		"a version with a control":  manifest(func(m *Manifest) { m.Version = "4\x1b[2J" }),
		"another machine":           manifest(func(m *Manifest) { m.Platform = "linux/arm64" }),
		"every language":            manifest(func(m *Manifest) { m.Languages = []string{"zh", "en"} }),
		"a name that climbs":        manifest(func(m *Manifest) { m.Files[1].Name = "../keys.txt" }),
		"a name that is absolute":   manifest(func(m *Manifest) { m.Files[1].Name = "/etc/passwd" }),
		"a name that is ours":       manifest(func(m *Manifest) { m.Files[1].Name = digestName }),
		"a name twice":              manifest(func(m *Manifest) { m.Files[1].Name = Engine }),
		"no program":                manifest(func(m *Manifest) { m.Files = m.Files[1:] }),
		"another digest":            manifest(func(m *Manifest) { m.Files[1].SHA256 = strings.Repeat("0", 64) }),
		"a digest in capitals":      manifest(func(m *Manifest) { m.Files[1].SHA256 = strings.ToUpper(m.Files[1].SHA256) }),
		"another size":              manifest(func(m *Manifest) { m.Files[1].Bytes++ }),
		"a size beyond all":         manifest(func(m *Manifest) { m.Files[1].Bytes = 1 << 40 }),
		"a licence that is missing": manifest(func(m *Manifest) { m.Licences[0].File = "COPYING" }),
		"a manifest with more":      entries(func(a []entryOf) []entryOf { a[0].data = append(a[0].data, "{}"...); return a }),
		"an unknown field":          entries(func(a []entryOf) []entryOf { a[0].data = []byte(`{"run":"me"}`); return a }),
		"a file too many":           entries(func(a []entryOf) []entryOf { return append(a, a[3]) }),
		"a file too few":            entries(func(a []entryOf) []entryOf { return a[:3] }),
		"another order":             entries(func(a []entryOf) []entryOf { a[1], a[2] = a[2], a[1]; return a }),
		"a link": entries(func(a []entryOf) []entryOf {
			a[2].head.Typeflag, a[2].head.Linkname, a[2].data = tar.TypeSymlink, "/etc/passwd", nil
			return a
		}),
	} {
		folder := t.TempDir()
		if _, err := Install(stored(t, b), folder, "", taken); err == nil {
			t.Errorf("%s is installed", name)
		}
		if there, _ := os.ReadDir(folder); len(there) > 0 {
			t.Errorf("%s leaves something behind", name)
		}
	}
}

func TestOnlyARegularFileWithTheDigestAskedForIsInstalled(t *testing.T) {
	path, folder := stored(t, made(t)), t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{link, t.TempDir(), "/dev/zero", filepath.Join(folder, "none")} {
		if _, err := Install(at, folder, "", taken); err == nil {
			t.Errorf("%s is installed", at)
		}
	}
	if _, err := Install(path, folder, strings.Repeat("0", 64), taken); err == nil {
		t.Error("a pack with another digest is installed")
	}
	if _, err := Install(path, folder, "", func(Pack) error { return errors.New("it does not run") }); err == nil {
		t.Error("a pack that does not run is installed")
	}
	if _, err := Installed(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	if _, err := Seen(folder); err == nil {
		t.Error("a pack is seen that is not there")
	}
}

func FuzzPacks(f *testing.F) {
	f.Add(made(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, m, err := open(bytes.NewReader(b))
		if err != nil {
			return
		}
		n := 0
		err = r.files(m, func(file File, in io.Reader) error {
			n++
			if !filepath.IsLocal(file.Name) || strings.ContainsAny(file.Name, `/\`) {
				t.Error("a name leads elsewhere")
			}
			_, err := io.Copy(io.Discard, in)
			return err
		})
		if err == nil && n != len(m.Files) {
			t.Error("files are missing")
		}
	})
}
