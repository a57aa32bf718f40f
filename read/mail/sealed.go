package mail

import (
	"bytes"
	"fmt"
	"io"

	"vidimus"
	"vidimus/read"
	"vidimus/sandbox"
)

// SealedFormat knows what S/MIME (RFC 8551) and OpenPGP (RFC 9580) have
// encrypted; the bytes are kept, and the fault says why there are no words.
func SealedFormat() read.Format {
	return read.PartsFormat([]string{read.TypeSMIME, read.TypePGP}, func(f *sandbox.File) (read.Parts, error) {
		head := make([]byte, min(f.Size, 256))
		if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
			return nil, fmt.Errorf("read the start of a sealed file: %w", err)
		}
		if bytes.Contains(head, signedData) {
			return nil, &vidimus.Fault{Reason: vidimus.KindNotRead}
		}
		return nil, &vidimus.Fault{Reason: vidimus.Encrypted}
	})
}

// signedData is the object identifier 1.2.840.113549.1.7.2 in DER: signed, and
// not encrypted.
var signedData = []byte("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
