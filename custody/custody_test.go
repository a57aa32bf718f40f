package custody

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/tlog"
)

var errGone = errors.New("gone")

// memory is a Store.
type memory struct {
	leaves       [][32]byte
	bodies, keys [][]byte
	hashes       [][32]byte
	hashCalls    int
}

func (m *memory) Append(index int64, leaf [32]byte, body, key []byte) error {
	if index != int64(len(m.leaves)) {
		return errors.New("not the next entry")
	}
	m.leaves, m.bodies, m.keys = append(m.leaves, leaf), append(m.bodies, body), append(m.keys, key)
	return nil
}

func (m *memory) Size() (int64, error)               { return int64(len(m.leaves)), nil }
func (m *memory) Leaf(index int64) ([32]byte, error) { return m.leaves[index], nil }

func (m *memory) Body(index int64) (body, key []byte, err error) {
	if m.keys[index] == nil {
		return nil, nil, errGone
	}
	return m.bodies[index], m.keys[index], nil
}

func (m *memory) PutHashes(from int64, hashes [][32]byte) error {
	m.hashCalls++
	if from != int64(len(m.hashes)) {
		return errors.New("not the next hash")
	}
	m.hashes = append(m.hashes, hashes...)
	return nil
}

func (m *memory) Hashes(indexes []int64) ([][32]byte, error) {
	m.hashCalls++
	var out [][32]byte
	for _, i := range indexes {
		out = append(out, m.hashes[i])
	}
	return out, nil
}

// logOf has n entries, and the hashes of all trees on the way.
func logOf(t testing.TB, n int) *memory {
	t.Helper()
	m := &memory{}
	appendTo(t, m, n)
	return m
}

func appendTo(t testing.TB, m *memory, n int) {
	t.Helper()
	for i := range n {
		if err := Append(m, Entry{Kind: Receive, Time: "2024-11", Fields: map[string]any{"number": i}}); err != nil {
			t.Fatal(err)
		}
	}
}

func aSigner(t testing.TB) Signer {
	t.Helper()
	s, err := NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func checkpoint(t testing.TB, m *memory, by Signer) []byte {
	t.Helper()
	c, err := Checkpoint(m, by)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnEntryComesBackAsItWasWritten(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Entry
	}{
		{"the barest", Entry{Kind: Create}},
		{"with a year", Entry{Kind: Restore, Time: "2024"}},
		{"with a second", Entry{Kind: Release, Time: "2026-11-22T21:50:01Z"}},
		{"of every type", Entry{Kind: Receive, Time: "2026-11-22", Fields: map[string]any{
			"text": "新疆 <\"&\\\x00\u2028>", "count": int64(9007199254740991), "below": int64(-1), "yes": true,
			"list": []any{"a", int64(2), false}, "empty": "", "nothing": []any{},
		}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := logOf(t, 3)
			if err := Append(m, c.e, c.e); err != nil {
				t.Fatal(err)
			}
			got, err := ReadBody(m, 4)
			if diff := cmp.Diff(c.e, got); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
			if m.leaves[3] == m.leaves[4] {
				t.Error("two equal entries have one leaf: it does not hide")
			}
		})
	}
}

func TestAppendRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Entry
	}{
		{"a kind that is not on the list", Entry{Kind: "read-by"}},
		{"a time with a zone", Entry{Kind: Receive, Time: "2024-11-01T10:00:00+08:00"}},
		{"a time in words", Entry{Kind: Receive, Time: "yesterday"}},
		{"a fraction", Entry{Kind: Receive, Fields: map[string]any{"n": 0.5}}},
		{"an integer that JSON readers round", Entry{Kind: Receive, Fields: map[string]any{"n": int64(1) << 53}}},
		{"bytes that are not UTF-8", Entry{Kind: Receive, Fields: map[string]any{"path": "a\xff"}}},
		{"a list in a list", Entry{Kind: Receive, Fields: map[string]any{"l": []any{[]any{"a"}}}}},
		{"no value", Entry{Kind: Receive, Fields: map[string]any{"n": nil}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := logOf(t, 1)
			if err := Append(m, c.e); err == nil || strings.Contains(err.Error(), "\xff") {
				t.Errorf("got %v", err)
			}
			if len(m.leaves) != 1 || len(m.hashes) != 1 {
				t.Error("something was stored")
			}
		})
	}
}

func TestTheTreeIsThatOfRFC6962(t *testing.T) {
	m := logOf(t, 70)
	for n := range 71 {
		got, err := tlog.TreeHash(int64(n), reader(m))
		if want := plainRoot(m.leaves[:n]); err != nil || got != want {
			t.Fatalf("root of %d leaves: %v, %v; want %v", n, got, err, want)
		}
	}
}

// plainRoot is the definition of RFC 6962 §2.1 as it stands there.
func plainRoot(leaves [][32]byte) tlog.Hash {
	switch n := len(leaves); n {
	case 0:
		h, _ := tlog.TreeHash(0, nil)
		return h
	case 1:
		return tlog.RecordHash(leaves[0][:])
	default:
		k := 1
		for 2*k < n {
			k *= 2
		}
		return tlog.NodeHash(plainRoot(leaves[:k]), plainRoot(leaves[k:]))
	}
}

func TestABatchIsTheSameTreeAndCheap(t *testing.T) {
	for _, before := range []int{0, 1, 7, 64, 100} {
		t.Run(fmt.Sprintf("after %d", before), func(t *testing.T) {
			m := logOf(t, before)
			m.hashCalls = 0
			batch := make([]Entry, 1000)
			for i := range batch {
				batch[i] = Entry{Kind: Receive}
			}
			if err := Append(m, batch...); err != nil {
				t.Fatal(err)
			}
			if m.hashCalls > 2 {
				t.Errorf("%d calls for hashes", m.hashCalls)
			}
			root, err := tlog.TreeHash(int64(before+1000), reader(m))
			if err != nil || root != plainRoot(m.leaves) {
				t.Errorf("another tree: %v", err)
			}
		})
	}
}

func TestConsistent(t *testing.T) {
	by := aSigner(t)
	for old := range 20 {
		m := logOf(t, old)
		c := checkpoint(t, m, by)
		for range 20 {
			if err := Consistent(m, by.Verifier(), c); err != nil {
				t.Fatalf("%d entries against %d: %v", len(m.leaves), old, err)
			}
			appendTo(t, m, 1)
		}
	}
}

func TestNotConsistent(t *testing.T) {
	by := aSigner(t)
	m := logOf(t, 13)
	c := checkpoint(t, m, by)
	for _, tc := range []struct {
		name  string
		other *memory
		point []byte
		by    Signer
		want  error
	}{
		{"a shorter log", logOf(t, 12), c, by, ErrShorter},
		{"an empty log", logOf(t, 0), c, by, ErrShorter},
		{"another log of the same length", logOf(t, 13), c, by, ErrRewritten},
		{"another log, longer", logOf(t, 40), c, by, ErrRewritten},
		{"another log's signature", m, c, aSigner(t), ErrForeign},
		{"a checkpoint with another size", m, bytes.Replace(c, []byte("\n13\n"), []byte("\n12\n"), 1), by, ErrForeign},
		{"a checkpoint without signature", m, c[:bytes.Index(c, []byte("\n\n"))+2], by, ErrForeign},
		{"no checkpoint", m, nil, by, ErrForeign},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if err := Consistent(tc.other, tc.by.Verifier(), tc.point); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func BenchmarkAppend1000(b *testing.B) {
	batch := make([]Entry, 1000)
	for i := range batch {
		batch[i] = Entry{Kind: Receive, Time: "2024-11", Fields: map[string]any{"item": "abcdefgh23456789", "digest": strings.Repeat("0", 64)}}
	}
	for b.Loop() {
		if err := Append(&memory{}, batch...); err != nil {
			b.Fatal(err)
		}
	}
}
