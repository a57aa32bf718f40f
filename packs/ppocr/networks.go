package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	ort "github.com/yalue/onnxruntime_go"

	"vidimus/read/ocr/ppocr"
)

// networks are the two models in ONNX Runtime. The one that finds lines is
// opened when the first page asks for it.
type networks struct {
	folder       string
	keys         ppocr.Keys
	lines, pages *ort.DynamicAdvancedSession
}

// load opens the library and the models of a folder.
func load(folder string) (*networks, error) {
	n := &networks{folder: folder}
	list, err := os.ReadFile(filepath.Join(folder, "keys.txt"))
	if err != nil {
		return nil, errors.New("read the list of characters: it is not beside the program")
	}
	if n.keys, err = ppocr.ParseKeys(list); err != nil {
		return nil, err
	}
	ort.SetSharedLibraryPath(filepath.Join(folder, "libonnxruntime.so.1"))
	if err := ort.InitializeEnvironment(ort.WithLogLevelFatal()); err != nil {
		return nil, fmt.Errorf("load the library: %w", err)
	}
	n.lines, err = n.open("lines.onnx")
	return n, err
}

// open opens a model: one thread, and no memory kept between two pictures,
// whose sizes differ.
func (n *networks) open(name string) (*ort.DynamicAdvancedSession, error) {
	o, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	defer o.Destroy()
	err = errors.Join(o.SetIntraOpNumThreads(1), o.SetInterOpNumThreads(1),
		o.SetCpuMemArena(true), o.SetMemPattern(false), o.SetExecutionMode(ort.ExecutionModeSequential))
	if err != nil {
		return nil, err
	}
	path := filepath.Join(n.folder, name)
	in, out, err := ort.GetInputOutputInfo(path)
	if err != nil {
		return nil, fmt.Errorf("open the model %s: %w", name, err)
	}
	if len(in) != 1 || len(out) != 1 {
		return nil, fmt.Errorf("the model %s is of another kind", name)
	}
	return ort.NewDynamicAdvancedSession(path, []string{in[0].Name}, []string{out[0].Name}, o)
}

// Lines runs the network that reads.
func (n *networks) Lines(values []float32, wide int) ([]float32, error) {
	out, shape, err := run(n.lines, ort.NewShape(1, 3, int64(len(values)/3/wide), int64(wide)), values)
	if err == nil && (len(shape) != 3 || shape[2] != int64(len(n.keys))) {
		err = errors.New("the model of lines does not fit the list of characters")
	}
	return out, err
}

// Pages runs the network that finds lines.
func (n *networks) Pages(values []float32, wide, high int) (out []float32, err error) {
	if n.pages == nil {
		if n.pages, err = n.open("pages.onnx"); err != nil {
			return nil, err
		}
	}
	out, _, err = run(n.pages, ort.NewShape(1, 3, int64(high), int64(wide)), values)
	if err == nil && len(out) != wide*high {
		err = errors.New("the model of pages gives a map of another size")
	}
	return out, err
}

func run(s *ort.DynamicAdvancedSession, shape ort.Shape, values []float32) ([]float32, ort.Shape, error) {
	in, err := ort.NewTensor(shape, values)
	if err != nil {
		return nil, nil, err
	}
	defer in.Destroy()
	outs := []ort.Value{nil}
	if err := s.Run([]ort.Value{in}, outs); err != nil {
		return nil, nil, err
	}
	defer outs[0].Destroy()
	t, ok := outs[0].(*ort.Tensor[float32])
	if !ok {
		return nil, nil, errors.New("the model answers in another type")
	}
	return append([]float32(nil), t.GetData()...), t.GetShape(), nil
}
