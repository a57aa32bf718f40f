package custody

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// stubMark begins a stub.
const stubMark = "vidimus-stub/1"

// errStub is what every damage to a stub looks like.
var errStub = errors.New("this is not a whole stub: copy its one line again")

// ErrOtherCase is returned for the stub of another case.
var ErrOtherCase = errors.New("the stub is of another case")

// Stub is a signed checkpoint as one line, to be kept elsewhere.
func Stub(caseID string, checkpoint []byte, by Verifier) (string, error) {
	t, err := OpenCheckpoint(checkpoint, by)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(checkpoint)) {
		if signed, ours := strings.CutPrefix(line, "— "+by.note.Name()+" "); ours {
			raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(signed))
			if err != nil {
				return "", errCheckpoint
			}
			e := base64.RawURLEncoding
			return fmt.Sprintf("%s %s %d %s %s", stubMark, caseID, t.Size, e.EncodeToString(t.Root[:]), e.EncodeToString(raw)), nil
		}
	}
	return "", errCheckpoint
}

// ParseStub gives the checkpoint that a stub of this case stands for.
func ParseStub(line, caseID string, by Verifier) (checkpoint []byte, err error) {
	parts := strings.Fields(line)
	if len(parts) != 5 || parts[0] != stubMark {
		return nil, errStub
	}
	if parts[1] != caseID {
		return nil, ErrOtherCase
	}
	e := base64.RawURLEncoding.Strict()
	root, err1 := e.DecodeString(parts[3])
	signature, err2 := e.DecodeString(parts[4])
	if errors.Join(err1, err2) != nil {
		return nil, errStub
	}
	std := base64.StdEncoding
	checkpoint = fmt.Appendf(nil, "%s\n%s\n%s\n\n— %s %s\n", by.note.Name(), parts[2],
		std.EncodeToString(root), by.note.Name(), std.EncodeToString(signature))
	if _, err := OpenCheckpoint(checkpoint, by); err != nil {
		return nil, errStub
	}
	return checkpoint, nil
}
