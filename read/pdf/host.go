package pdf

import (
	"context"
	"errors"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/table"
)

// What the engine asks of its host, and what it is given: memory up to the
// cap, and long jumps. It has no file system, no clock and no environment;
// every other call is answered with an error.

var (
	errLongJump = errors.New("long jump")
	errAbort    = errors.New("the engine gave up")
)

// Error numbers of Emscripten's C library.
const (
	noEntry = 44
	noCall  = 52
)

// hostModules compiles the two modules that pdfium imports from, with exactly
// the functions and types that it asks for.
func hostModules(ctx context.Context, r wazero.Runtime, engine wazero.CompiledModule) error {
	builders := map[string]wazero.HostModuleBuilder{}
	for _, def := range engine.ImportedFunctions() {
		module, name, _ := def.Import()
		b := builders[module]
		if b == nil {
			b = r.NewHostModuleBuilder(module)
			builders[module] = b
		}
		b.NewFunctionBuilder().WithGoModuleFunction(hostFunction(name, def), def.ParamTypes(), def.ResultTypes()).Export(name)
	}
	for _, b := range builders {
		if _, err := b.Instantiate(ctx); err != nil {
			return err
		}
	}
	return nil
}

func hostFunction(name string, def api.FunctionDefinition) api.GoModuleFunc {
	switch {
	case strings.HasPrefix(name, "invoke_"):
		return invoke(def.ParamTypes()[1:], def.ResultTypes())
	case name == "_emscripten_throw_longjmp":
		return func(context.Context, api.Module, []uint64) { panic(errLongJump) }
	case name == "_abort_js", name == "__assert_fail":
		return func(context.Context, api.Module, []uint64) { panic(errAbort) }
	case name == "emscripten_resize_heap":
		return resizeHeap
	case name == "_emscripten_memcpy_js":
		return copyMemory
	case len(def.ResultTypes()) == 0:
		return func(context.Context, api.Module, []uint64) {}
	case name == "emscripten_date_now":
		return func(_ context.Context, _ api.Module, stack []uint64) { stack[0] = 0 }
	case name == "__syscall_openat":
		return refuse(-noEntry)
	case strings.HasPrefix(name, "__syscall_"):
		return refuse(-noCall)
	default: // WASI gives its error numbers as they are
		return refuse(noCall)
	}
}

func refuse(number int32) api.GoModuleFunc {
	return func(_ context.Context, _ api.Module, stack []uint64) { stack[0] = api.EncodeI32(number) }
}

// invoke calls a function of the engine's table and stops a long jump that
// comes out of it, as Emscripten's own host does.
func invoke(params, results []api.ValueType) api.GoModuleFunc {
	return func(ctx context.Context, m api.Module, stack []uint64) {
		sp, _ := m.ExportedFunction("emscripten_stack_get_current").Call(ctx)
		f := table.LookupFunction(m, 0, uint32(stack[0]), params, results)
		got, err := f.Call(ctx, stack[1:1+len(params)]...)
		switch {
		case errors.Is(err, errLongJump):
			m.ExportedFunction("_emscripten_stack_restore").Call(ctx, sp...)
			m.ExportedFunction("setThrew").Call(ctx, 1, 0)
			clear(stack[:len(results)])
		case err != nil:
			panic(err)
		default:
			copy(stack, got)
		}
	}
}

func resizeHeap(_ context.Context, m api.Module, stack []uint64) {
	const page = 1 << 16
	want, have := uint64(uint32(stack[0])), uint64(m.Memory().Size())
	stack[0] = 1
	if want > have {
		if _, ok := m.Memory().Grow(uint32((want - have + page - 1) / page)); !ok {
			stack[0] = 0
		}
	}
}

func copyMemory(_ context.Context, m api.Module, stack []uint64) {
	to, from, n := uint32(stack[0]), uint32(stack[1]), uint32(stack[2])
	b, ok := m.Memory().Read(from, n)
	if !ok || !m.Memory().Write(to, b) {
		panic(errAbort)
	}
}
