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
	at, err := os.Executable()
	if err != nil {
		return err
	}
	n, err := load(filepath.Dir(at))
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
