// Command ppocr reads pictures with PP-OCR: what is asked on standard input is
// answered on standard output (spec/ocr-pack.md). It opens the files beside it
// and nothing else, and serves one reader and ends.
//
// It is a module of its own because ONNX Runtime is a C library: the program
// that starts it has no C in it. `make ocr-pack` builds it into a pack.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vidimus/read/ocr/ppocr"
)

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "ppocr:", err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer) error {
	asked, err := ppocr.ReadAsk(in)
	if err != nil {
		return err
	}
	// By its name: the walls have no /proc, which would tell better.
	n, err := load(filepath.Dir(os.Args[0]))
	if err != nil {
		return err
	}
	answer := ppocr.AppendHead(nil)
	for {
		kind, picture, err := asked.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		a, err := ppocr.Read(n, n.keys, kind, picture)
		if err != nil {
			return err
		}
		answer = ppocr.AppendAnswer(answer, a)
	}
	_, err = out.Write(ppocr.AppendEnd(answer))
	return err
}
