package pdf

// glue is a small WebAssembly module of our own between us and the engine. It
// does what cannot be done from outside: it puts our fetch function into the
// engine's table, where FPDF_LoadCustomDocument can call it, and it reads all
// characters of a page in one call instead of five calls for each.
//
//	install() → index of fetch in the engine's table
//	chars(page, from, n, out): for each character 28 bytes at out:
//	    u32 code point, u32 flags (1 generated, 2 hyphen),
//	    f32 left, top, right, bottom of its loose box, u32 text object
//
// The bytes follow the WebAssembly core specification 2.0, chapter 5.
func glue() []byte {
	const i32, none = 0x7f, 0x40
	out := []byte{0, 'a', 's', 'm', 1, 0, 0, 0}
	section := func(id byte, items ...[]byte) {
		body := leb(len(items))
		for _, item := range items {
			body = append(body, item...)
		}
		out = append(append(append(out, id), leb(len(body))...), body...)
	}
	funcType := func(params, results int) []byte {
		t := append([]byte{0x60}, leb(params)...)
		for range params {
			t = append(t, i32)
		}
		t = append(t, leb(results)...)
		for range results {
			t = append(t, i32)
		}
		return t
	}
	imported := func(module, name string, kind ...byte) []byte {
		return append(append(named(module), named(name)...), kind...)
	}
	body := func(code ...byte) []byte {
		code = append([]byte{0}, code...) // no locals
		return append(leb(len(code)), code...)
	}

	const funcs, table, memory = 0x00, 0x01, 0x02
	section(1, funcType(2, 1), funcType(3, 1), funcType(4, 1), funcType(4, 0), funcType(0, 1))
	section(2,
		imported("vidimus", "fetch", funcs, 2),
		imported("pdfium", "FPDFText_GetUnicode", funcs, 0),
		imported("pdfium", "FPDFText_IsGenerated", funcs, 0),
		imported("pdfium", "FPDFText_IsHyphen", funcs, 0),
		imported("pdfium", "FPDFText_GetLooseCharBox", funcs, 1),
		imported("pdfium", "FPDFText_GetTextObject", funcs, 0),
		imported("pdfium", "memory", memory, 0, 1),
		imported("pdfium", "__indirect_function_table", table, 0x70, 0, 1),
	)
	section(3, []byte{3}, []byte{4})
	section(7,
		append(named("chars"), 0, 6),
		append(named("install"), 0, 7),
	)
	section(9, []byte{3, 0, 1, 0}) // declares a reference to fetch

	const (
		block, loop, end, br, brIf                = 0x02, 0x03, 0x0b, 0x0c, 0x0d
		getObject                                 = 5
		call, drop, get, set                      = 0x10, 0x1a, 0x20, 0x21
		store32, store64, const32, const64        = 0x36, 0x37, 0x41, 0x42
		eqz, add, sub, or, shl                    = 0x45, 0x6a, 0x6b, 0x72, 0x74
		page, from, n, at                         = 0, 1, 2, 3
		getUnicode, isGenerated, isHyphen, getBox = 1, 2, 3, 4
	)
	section(10,
		body(block, none, loop, none,
			get, n, eqz, brIf, 1,
			get, at, get, page, get, from, call, getUnicode, store32, 2, 0,
			get, at,
			get, page, get, from, call, isGenerated,
			get, page, get, from, call, isHyphen, const32, 1, shl, or,
			store32, 2, 4,
			get, at, const64, 0, store64, 3, 8,
			get, at, const64, 0, store64, 3, 16,
			get, page, get, from, get, at, const32, 8, add, call, getBox, drop,
			get, at, get, page, get, from, call, getObject, store32, 2, 24,
			get, from, const32, 1, add, set, from,
			get, n, const32, 1, sub, set, n,
			get, at, const32, charBytes, add, set, at,
			br, 0, end, end, end),
		body(0xd2, 0, const32, 1, 0xfc, 15, 0, end), // ref.func fetch; table.grow
	)
	return out
}

// charBytes is the size of one record that chars writes.
const charBytes = 28

func named(s string) []byte { return append(leb(len(s)), s...) }

func leb(n int) []byte {
	var out []byte
	for ; n > 0x7f; n >>= 7 {
		out = append(out, byte(n)|0x80)
	}
	return append(out, byte(n))
}
