package sandbox

import (
	"encoding/binary"
	"fmt"
	"io"
)

// tag says what a frame is; spec/worker.md has the list.
type tag byte

// From the parent. All but the range are messages in form.
const (
	tagSetup tag = 'S' // name: the kind; ints: the settings
	tagOpen  tag = 'O' // ints: the size; bytes: the name
	tagAsk   tag = 'Q' // name: the verb; ints: the arguments
	tagRange tag = 'B' // the bytes asked for
)

// From the worker.
const (
	tagReady   tag = 'r' // walls that do not stand, a line each
	tagUnready tag = 'x' // why it cannot serve
	tagNeed    tag = 'n' // offset and length, eight bytes each
	tagMessage tag = 'm' // one message of an answer
	tagDone    tag = 'd' // the reason of a fault, or nothing
)

const (
	headerLen = 5
	// maxPlain is the longest payload of every frame but a message and a range.
	maxPlain = 64 << 10
	// maxRange is the most that a worker may ask for at once.
	maxRange = 4 << 20
)

type frame struct {
	tag     tag
	payload []byte
}

// writeFrame writes the header and the pieces of the payload.
func writeFrame(w io.Writer, t tag, pieces ...[]byte) error {
	head := [headerLen]byte{byte(t)}
	n := 0
	for _, p := range pieces {
		n += len(p)
	}
	binary.LittleEndian.PutUint32(head[1:], uint32(n))
	if _, err := w.Write(head[:]); err != nil {
		return err
	}
	for _, p := range pieces {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// errFrame is a breach of the protocol: no reader does that by itself.
type errFrame struct {
	tag tag
	len uint32
}

func (e *errFrame) Error() string {
	return fmt.Sprintf("frame %q of %d bytes is not what comes here", rune(e.tag), e.len)
}

// readFrame reads a frame whose length longest allows for its tag; longest
// gives a negative number for a tag that has no place here.
func readFrame(r io.Reader, longest func(tag) int) (frame, error) {
	var head [headerLen]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return frame{}, err
	}
	f := frame{tag: tag(head[0])}
	n := binary.LittleEndian.Uint32(head[1:])
	if int64(n) > int64(longest(f.tag)) {
		return frame{}, &errFrame{f.tag, n}
	}
	f.payload = make([]byte, n)
	if _, err := io.ReadFull(r, f.payload); err != nil {
		return frame{}, fmt.Errorf("read the rest of a frame: %w", err)
	}
	return f, nil
}
