package read

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"vidimus"
	"vidimus/internal/quiet"
	"vidimus/sandbox"
)

// Taken is how the parent takes a child in: it reads the body to its end. The
// child's name is clean UTF-8 without a path that leads out of the container.
type Taken func(c Child) error

// Next asks for the next part: a section, or a child, which take is given
// while its bytes come. io.EOF says that there are no more. A Fault is the
// whole file's.
func (d *Document) Next(ctx context.Context, take Taken) (*Section, error) {
	h := &hearing{take: take}
	err := d.worker.Ask(ctx, sandbox.Question{Verb: "next"}, h.hear)
	err = h.end(err)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the next part: %w", err)
	case h.ended:
		return nil, io.EOF
	case h.section == nil && !h.childSeen:
		return nil, fmt.Errorf("read the next part: %w", ErrAnswer)
	}
	return h.section, nil
}

// hearing checks one answer. A child's bytes go through a pipe to whoever
// takes them, in a goroutine of its own.
type hearing struct {
	take      Taken
	section   *Section
	ended     bool
	childSeen bool
	body      *io.PipeWriter
	taken     chan error
	torn      bool
}

func (h *hearing) hear(m sandbox.Message) error {
	switch {
	case h.torn || h.ended || h.section != nil:
		return ErrAnswer
	case h.body != nil && m.Name == "bytes" && len(m.Bytes) > 0:
		_, err := h.body.Write(m.Bytes)
		return err
	case h.body != nil && m.Name == "torn" && vidimus.Reason(m.Text).Known():
		h.torn = true
		return h.body.CloseWithError(&vidimus.Fault{Reason: vidimus.Reason(m.Text)})
	case h.childSeen:
		return ErrAnswer
	case m.Name == "end":
		h.ended = true
		return nil
	case m.Name == "section":
		return h.hearSection(m)
	case m.Name == "child":
		return h.hearChild(m)
	}
	return ErrAnswer
}

func (h *hearing) hearSection(m sandbox.Message) error {
	kind, text, ok := strings.Cut(m.Text, "\n")
	if !ok || !slices.Contains(Kinds, kind) || len(text) > MaxText || Clean(text) != text {
		return ErrAnswer
	}
	h.section = &Section{kind, text}
	return nil
}

// Bounds of a child's name.
const (
	maxChildName = 4096
	maxChildPath = 64 // parts
)

func (h *hearing) hearChild(m sandbox.Message) error {
	name, fault, ok := strings.Cut(m.Text, "\n")
	if !ok || len(name) > maxChildName || len(m.Bytes) > maxChildName || Clean(name) != name || fault != "" && !vidimus.Reason(fault).Known() {
		return ErrAnswer
	}
	h.childSeen = true
	c := Child{Name: SafeName(name), Raw: m.Bytes, Fault: vidimus.Reason(fault)}
	if c.Fault != "" {
		return h.take(c)
	}
	r, w := io.Pipe()
	c.Body = r
	h.body, h.taken = w, make(chan error, 1)
	quiet.Go(func() {
		err := h.take(c)
		r.CloseWithError(err) // whoever writes on hears it
		h.taken <- err
	})
	return nil
}

// end waits for the child to be taken in.
func (h *hearing) end(err error) error {
	if h.body == nil {
		return err
	}
	if err != nil {
		h.body.CloseWithError(err)
	} else {
		h.body.Close()
	}
	if taken := <-h.taken; taken != nil && err == nil {
		err = taken
	}
	return err
}

// SafeName makes a child's name one that leads nowhere but into its container.
func SafeName(name string) string {
	var parts []string
	for _, p := range strings.FieldsFunc(name, func(r rune) bool { return r == '/' || r == '\\' }) {
		if p != "." && p != ".." && len(parts) < maxChildPath {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return "unnamed"
	}
	return strings.Join(parts, "/")
}
