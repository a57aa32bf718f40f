package custody

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// Kind is what happened.
type Kind string

// The kinds; the list is closed.
const (
	Create    Kind = "create"
	Receive   Kind = "receive"
	Derive    Kind = "derive"
	Correct   Kind = "correct"
	Approve   Kind = "approve"
	CopyOut   Kind = "copy-out"
	Redact    Kind = "redact"
	Release   Kind = "release"
	Dispose   Kind = "dispose"
	KeyChange Kind = "key-change"
	Backup    Kind = "backup"
	Restore   Kind = "restore"
	Migrate   Kind = "migrate"
	Protect   Kind = "protect"
	Hold      Kind = "hold"
)

func (k Kind) known() bool {
	switch k {
	case Create, Receive, Derive, Correct, Approve, CopyOut, Redact, Release, Dispose, KeyChange, Backup, Restore, Migrate, Protect, Hold:
		return true
	}
	return false
}

// Disposed is the field of a [Dispose] entry that lists the indexes of the
// entries whose keys were destroyed.
const Disposed = "entries"

// Entry is one entry's body.
type Entry struct {
	Kind Kind
	// Time is as coarse as the person wishes: a year, a month, a day, or a
	// second in UTC (2006-01-02T15:04:05Z). Empty is none.
	Time string
	// Fields hold text, integers, booleans, and lists of these. Reading one
	// gives string, int64, bool and []any.
	Fields map[string]any
}

var errBody = errors.New("this is not an entry of a custody log that we know")

// body is the entry on the wire; the order of its fields is that of the spec.
type body struct {
	Version int            `json:"v"`
	Kind    Kind           `json:"kind"`
	Time    string         `json:"time,omitempty"`
	Fields  map[string]any `json:"fields,omitempty"`
}

// maxInteger is the largest that every JSON reader keeps exactly.
const maxInteger = 1<<53 - 1

// encode gives the canonical bytes of an entry, or refuses it.
func (e Entry) encode() ([]byte, error) {
	if !e.Kind.known() {
		return nil, errors.New("write to the log: the kind is not on the list")
	}
	if !goodTime(e.Time) {
		return nil, errors.New("write to the log: the time is not a year, a month, a day or a second in UTC")
	}
	for name, v := range e.Fields {
		if !utf8.ValidString(name) || !storable(v) {
			return nil, fmt.Errorf("write to the log: a %T cannot be kept exactly (text must be UTF-8)", v)
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(body{1, e.Kind, e.Time, e.Fields}); err != nil {
		return nil, fmt.Errorf("write to the log: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func storable(v any) bool {
	switch v := v.(type) {
	case string:
		return utf8.ValidString(v)
	case bool:
		return true
	case int:
		return -maxInteger <= v && v <= maxInteger
	case int64:
		return -maxInteger <= v && v <= maxInteger
	case []string:
		return all(v)
	case []int64:
		return all(v)
	case []any:
		return all(v)
	}
	return false
}

func all[T any](list []T) bool {
	for _, v := range list {
		if _, nested := any(v).([]any); nested || !storable(v) {
			return false
		}
	}
	return true
}

func goodTime(s string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02", "2006-01-02T15:04:05Z"} {
		if _, err := time.Parse(layout, s); err == nil && len(s) == len(layout) {
			return true
		}
	}
	return s == ""
}

// decode reads what encode wrote.
func decode(b []byte) (Entry, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	dec.DisallowUnknownFields()
	var w body
	if err := dec.Decode(&w); err != nil || dec.InputOffset() != int64(len(b)) {
		return Entry{}, errBody
	}
	if w.Version != 1 || !w.Kind.known() || !goodTime(w.Time) {
		return Entry{}, errBody
	}
	for name, v := range w.Fields {
		v, err := plain(v)
		if err != nil {
			return Entry{}, err
		}
		w.Fields[name] = v
	}
	return Entry{w.Kind, w.Time, w.Fields}, nil
}

// plain turns JSON's numbers into integers.
func plain(v any) (any, error) {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil && storable(n) {
			return n, nil
		}
		return nil, errBody
	case []any:
		for i := range v {
			if _, nested := v[i].([]any); nested {
				return nil, errBody
			}
			var err error
			if v[i], err = plain(v[i]); err != nil {
				return nil, err
			}
		}
		return v, nil
	case string, bool:
		return v, nil
	}
	return nil, errBody
}
