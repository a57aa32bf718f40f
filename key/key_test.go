package key

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
)

// The vectors were computed apart, from the formulas in spec/key.md.
func TestVectors(t *testing.T) {
	b, err := os.ReadFile("../spec/testdata/key.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []struct{ Name, Payload, Case, Records, Index, Head string }
	if err := json.Unmarshal(b, &vectors); err != nil || len(vectors) == 0 {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			payload, err := hex.DecodeString(v.Payload)
			if err != nil {
				t.Fatal(err)
			}
			b, ok := parsePayload(payload, payloadMagic)
			k := CaseKey(b)
			if !ok {
				if v.Case != "" {
					t.Fatal("the payload was refused")
				}
				return
			}
			got := fmt.Sprintf("%s %x %x %x", k.Case(), k.Records(), k.Index(), k.Head())
			want := strings.Join([]string{v.Case, v.Records, v.Index, v.Head}, " ")
			if got != want || string(b.payload(payloadMagic)) != string(payload) {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestNothingPrintsTheKey(t *testing.T) {
	k, err := newCaseKey("a")
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		if got := fmt.Sprintf(verb, k); got != "key of case a" {
			t.Errorf("%s prints %q", verb, got)
		}
		if got := fmt.Sprintf(verb, []CaseKey{k}); !strings.Contains(got, "key of case a") || len(got) > 40 {
			t.Errorf("%s in a list prints %q", verb, got)
		}
	}
}

func TestCreateKeepsItsFilesToTheOwner(t *testing.T) {
	me := newIdentity(t).Recipient().String()
	dir, _ := create(t, "a", Ways{Passphrase: passphrase, Recipients: []string{me}})
	for name, want := range map[string]os.FileMode{dir: os.ModeDir | 0o700, files(t, dir)[0]: 0o600, files(t, dir)[1]: 0o600} {
		info, err := os.Stat(name)
		if err != nil || info.Mode() != want {
			t.Errorf("mode %v, %v: want %v", info.Mode(), err, want)
		}
	}
}

func TestCreateRefuses(t *testing.T) {
	secret := newIdentity(t).String()
	for _, c := range []struct {
		name, id string
		ways     Ways
		says     string
	}{
		{"no way in", "a", Ways{}, "needs a way in"},
		{"a passphrase of spaces", "a", Ways{Passphrase: " \t"}, "needs a way in"},
		{"a secret key as recipient", "a", Ways{Recipients: []string{secret}}, "secret key was given"},
		{"what is no recipient", "a", Ways{Recipients: []string{"age1nonsense"}}, "not an age recipient"},
		{"two recipients in one", "a", Ways{Recipients: []string{"age1a\nage1b"}}, "not an age recipient"},
		{"a case without an id", "", Ways{Passphrase: passphrase}, "case's id"},
		{"a case whose id has a space", "a b", Ways{Passphrase: passphrase}, "case's id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "keys")
			c.ways.TestOnlyWorkFactor = fast
			_, _, err := Create(dir, c.id, c.ways)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v", err)
			}
			if strings.Contains(err.Error()+vidimus.HintOf(err), secret) {
				t.Error("the error repeats a secret key")
			}
			if _, err := os.Stat(dir); !os.IsNotExist(err) {
				t.Error("a folder was made")
			}
		})
	}
}
