package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// engine is one pdfium. It is compiled and started once; between files its
// memory, stack and globals go back to what they were then.
type engine struct {
	ctx     context.Context
	runtime wazero.Runtime
	code    wazero.CompiledModule
	glued   wazero.CompiledModule

	module    api.Module // pdfium
	glue      api.Module
	functions map[string]api.Function // of pdfium, as they are first called
	mem       *memory
	chars     api.Function // of the glue
	fetch     uint64       // index of our fetch in pdfium's table
	stack     uint64       // stack pointer at rest
	broken    bool         // a call ended in a trap: start afresh before the next file

	file   io.ReaderAt // what fetch reads from
	size   int64
	failed error // why fetch could not read
}

// newEngine compiles pdfium, or takes it from the cache, and starts it.
func newEngine(cacheDir string) (*engine, error) {
	ctx := context.Background()
	code, err := Wasm()
	if err != nil {
		return nil, err
	}
	config := wazero.NewRuntimeConfigCompiler().WithMemoryLimitPages(memoryCap >> 16)
	if cacheDir != "" {
		dir, err := cacheFolder(cacheDir, code)
		if err != nil {
			return nil, err
		}
		cache, err := wazero.NewCompilationCacheWithDir(dir)
		if err != nil {
			return nil, fmt.Errorf("open the cache of compiled code: %w", err)
		}
		config = config.WithCompilationCache(cache)
	}
	e := &engine{ctx: ctx, runtime: wazero.NewRuntimeWithConfig(ctx, config), functions: map[string]api.Function{}}
	if err := e.compile(code); err != nil {
		e.runtime.Close(ctx)
		return nil, err
	}
	if err := e.start(); err != nil {
		e.runtime.Close(ctx)
		return nil, err
	}
	return e, nil
}

func (e *engine) compile(code []byte) (err error) {
	if e.code, err = e.runtime.CompileModule(e.ctx, code); err != nil {
		return fmt.Errorf("compile pdfium: %w", err)
	}
	if e.glued, err = e.runtime.CompileModule(e.ctx, glue()); err != nil {
		return fmt.Errorf("compile the glue: %w", err)
	}
	if err = hostModules(e.ctx, e.runtime, e.code); err != nil {
		return fmt.Errorf("compile the engine's host: %w", err)
	}
	ours := e.runtime.NewHostModuleBuilder("vidimus")
	i32 := api.ValueTypeI32
	ours.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(e.fetchBlock),
		[]api.ValueType{i32, i32, i32, i32}, []api.ValueType{i32}).Export("fetch")
	if _, err = ours.Instantiate(e.ctx); err != nil {
		return fmt.Errorf("compile the engine's host: %w", err)
	}
	return nil
}

// start makes the instance and keeps its image. It happens once, before the
// walls: what it asks of the system is refused behind them.
func (e *engine) start() (err error) {
	if e.mem, err = newMemory(); err != nil {
		return err
	}
	with := experimental.WithMemoryAllocator(e.ctx, e.mem)
	config := wazero.NewModuleConfig().WithName("pdfium").WithStartFunctions()
	if e.module, err = e.runtime.InstantiateModule(with, e.code, config); err != nil {
		return fmt.Errorf("start pdfium: %w", err)
	}
	if e.glue, err = e.runtime.InstantiateModule(e.ctx, e.glued, wazero.NewModuleConfig().WithName("glue")); err != nil {
		return fmt.Errorf("start the glue: %w", err)
	}
	e.chars = e.glue.ExportedFunction("chars")
	e.call("emscripten_stack_init")
	e.call("__wasm_call_ctors")
	e.call("FPDF_InitLibrary")
	e.fetch = e.result(e.glue.ExportedFunction("install").Call(e.ctx))
	e.stack = e.call("emscripten_stack_get_current")
	if e.broken {
		return errors.New("start pdfium: a first call failed")
	}
	return e.mem.keep()
}

// reset makes the engine as it was after start.
func (e *engine) reset() error {
	e.file, e.failed = nil, nil
	if e.broken {
		// A trap leaves nothing but memory and globals behind; what a call
		// had on its own stack goes with the function.
		clear(e.functions)
		e.chars = e.glue.ExportedFunction("chars")
		e.broken = false
	}
	if err := e.mem.restore(); err != nil {
		return err
	}
	e.call("emscripten_stack_init")
	e.call("_emscripten_stack_restore", e.stack)
	e.call("_emscripten_tempret_set", 0)
	return nil
}

// call calls pdfium. After a trap it gives 0, and the engine is broken: every
// later call gives 0 at once, until the next reset.
func (e *engine) call(name string, args ...uint64) uint64 {
	if e.broken {
		return 0
	}
	f := e.functions[name]
	if f == nil {
		f = e.module.ExportedFunction(name)
		e.functions[name] = f
	}
	return e.result(f.Call(e.ctx, args...))
}

func (e *engine) result(values []uint64, err error) uint64 {
	if err != nil {
		e.broken = true
		return 0
	}
	if len(values) == 0 {
		return 0
	}
	return values[0]
}

// fetchBlock is pdfium's way to the file: (parameter, position, buffer, size).
func (e *engine) fetchBlock(_ context.Context, _ api.Module, stack []uint64) {
	position, at, n := uint32(stack[1]), uint32(stack[2]), uint32(stack[3])
	stack[0] = 0
	if e.file == nil || int64(position)+int64(n) > e.size {
		return
	}
	b, ok := e.module.Memory().Read(at, n)
	if !ok {
		return
	}
	if _, err := e.file.ReadAt(b, int64(position)); err != nil && err != io.EOF {
		e.failed = err
		return
	}
	stack[0] = 1
}

func (e *engine) close() error { return e.runtime.Close(e.ctx) }

// full reports that the engine came to the end of its memory.
func (e *engine) full() bool { return e.module.Memory().Size() > memoryCap-memoryCap/8 }

// floats4 reads a rectangle.
func (e *engine) floats4(at uint64) (v [4]float32) {
	for i := range v {
		v[i], _ = e.module.Memory().ReadFloat32Le(uint32(at) + uint32(4*i))
	}
	return v
}

func (e *engine) float(at uint64) float64 {
	v, _ := e.module.Memory().ReadFloat64Le(uint32(at))
	return v
}
