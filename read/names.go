package read

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"vidimus"
	"vidimus/sandbox"
)

// NamesKind is the kind of worker that decodes names of containers. Its file is
// the names, each after its length in two bytes; its one question "names" has
// the number of a charset in NameCharsets, or -1 for the likeliest.
const NamesKind = "names"

// NameCharsets are those that names can be read in.
var NameCharsets = []string{"utf-8", "gb18030", "big5", "shift_jis", "euc-kr", "ibm866", "windows-1251", "koi8-r",
	"ibm437", "ibm850", "windows-1250", "windows-1252", "windows-1254", "windows-1256"}

// maxNames bounds the bytes of all names of one container.
const maxNames = 32 << 20

// DecodeNames has a worker decode names as a container writes them. With an
// empty charset it is the likeliest for all of them together. It gives the
// charset that was used and the names, safe to be paths in their container.
func DecodeNames(ctx context.Context, worker Asker, raw []string, charset string) (used string, names []string, err error) {
	at := int64(-1)
	if charset != "" {
		if at = int64(slices.Index(NameCharsets, charset)); at < 0 {
			return "", nil, vidimus.WithHint(errors.New("names are not read in this charset"), "the charsets are "+strings.Join(NameCharsets, ", "))
		}
	}
	var all []byte
	for _, r := range raw {
		if len(r) > maxChildName || len(all) > maxNames {
			return "", nil, &vidimus.Fault{Reason: vidimus.SizeLimit}
		}
		all = append(binary.BigEndian.AppendUint16(all, uint16(len(r))), r...)
	}
	if err := worker.Open(ctx, bytes.NewReader(all), int64(len(all)), ""); err != nil {
		return "", nil, fmt.Errorf("hand over names: %w", err)
	}
	err = worker.Ask(ctx, sandbox.Question{Verb: "names", Args: []int64{at}}, func(m sandbox.Message) error {
		switch {
		case m.Name == "charset" && used == "" && slices.Contains(NameCharsets, m.Text):
			used = m.Text
		case m.Name == "name" && used != "" && len(names) < len(raw) && Clean(m.Text) == m.Text:
			names = append(names, SafeName(m.Text))
		default:
			return ErrAnswer
		}
		return nil
	})
	if err == nil && (len(names) != len(raw) || used == "") {
		err = ErrAnswer
	}
	if err != nil {
		return "", nil, fmt.Errorf("decode names: %w", err)
	}
	return used, names, nil
}

// SayNames answers the question "names" in the worker.
func SayNames(used string, names []string, say sandbox.Say) error {
	if err := say(sandbox.Message{Name: "charset", Text: used}); err != nil {
		return err
	}
	for _, n := range names {
		if err := say(sandbox.Message{Name: "name", Text: oneLine(n)}); err != nil {
			return err
		}
	}
	return nil
}
