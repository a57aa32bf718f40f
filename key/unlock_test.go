package key

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"vidimus"
)

var unwrap Unwrapper

func TestMain(m *testing.M) {
	unwrap = ChildMain()
	os.Exit(m.Run())
}

const (
	passphrase = "seven words that nobody would ever guess"
	fast       = 4 // work factor
)

func newIdentity(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func create(t *testing.T, caseID string, w Ways) (string, CaseKey) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	w.TestOnlyWorkFactor = fast
	k, _, err := Create(dir, caseID, w)
	if err != nil {
		t.Fatal(err)
	}
	return dir, k
}

func TestUnlock(t *testing.T) {
	mine, stranger := newIdentity(t), newIdentity(t)
	pq, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	every := Ways{Passphrase: passphrase, Recipients: []string{mine.Recipient().String(), pq.Recipient().String()}}
	words := Ways{Passphrase: passphrase}
	people := Ways{Recipients: []string{mine.Recipient().String()}}
	for _, c := range []struct {
		name string
		ways Ways
		id   string
		way  Way
		want error
		says string
	}{
		{"the passphrase opens", every, "a", Way{Passphrase: passphrase}, nil, ""},
		{"the passphrase opens with other spaces", every, "a", Way{Passphrase: " " + strings.ReplaceAll(passphrase, " ", "\t ") + "\n"}, nil, ""},
		{"an identity opens", every, "a", Way{Identities: []age.Identity{mine}}, nil, ""},
		{"a post-quantum identity opens", every, "a", Way{Identities: []age.Identity{pq}}, nil, ""},
		{"one fitting identity of two is enough", people, "a", Way{Identities: []age.Identity{stranger, mine}}, nil, ""},
		{"a wrong passphrase does not open", every, "a", Way{Passphrase: "another"}, ErrNotOpened, "no key file opens with this passphrase"},
		{"an empty passphrase does not open", every, "a", Way{}, ErrNotOpened, "no key file opens with this passphrase"},
		{"a strange identity does not open", every, "a", Way{Identities: []age.Identity{stranger}}, ErrNotOpened, "no key file opens with this identity"},
		{"a passphrase does not help where there is none", people, "a", Way{Passphrase: passphrase}, ErrNotOpened, "no key file for a passphrase"},
		{"an identity does not help where there is none", words, "a", Way{Identities: []age.Identity{mine}}, ErrNotOpened, "no key file for an identity"},
		{"the passphrase of another case is told apart", words, "b", Way{Passphrase: passphrase}, ErrOtherCase, "another case"},
		{"an identity of another case is told apart", people, "b", Way{Identities: []age.Identity{mine}}, ErrOtherCase, "another case"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, made := create(t, "a", c.ways)
			c.way.Unwrap = unwrap
			k, err := Unlock(dir, c.id, c.way)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err == nil && k != made {
				t.Error("another key came out")
			}
			if err != nil && (!strings.Contains(err.Error(), c.says) || vidimus.HintOf(err) == "") {
				t.Errorf("got %q with hint %q", err, vidimus.HintOf(err))
			}
		})
	}
}

func TestUnlockWithoutKeyFiles(t *testing.T) {
	_, err := Unlock(t.TempDir(), "a", Way{Passphrase: passphrase, Unwrap: unwrap})
	if err == nil || vidimus.HintOf(err) == "" {
		t.Errorf("got %v with hint %q", err, vidimus.HintOf(err))
	}
}

func TestAnotherCasesFileBesideTheRightOneIsPassedOver(t *testing.T) {
	me := newIdentity(t)
	ways := Ways{Recipients: []string{me.Recipient().String()}}
	dir, made := create(t, "a", ways)
	other, _ := create(t, "b", ways)
	for _, name := range files(t, other) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "00"+filepath.Base(name)), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	k, err := Unlock(dir, "a", Way{Identities: []age.Identity{me}})
	if err != nil || k != made {
		t.Errorf("got %v, %v", k, err)
	}
}

func TestEveryFlippedBitIsNoticed(t *testing.T) {
	me := newIdentity(t)
	for _, c := range []struct {
		name string
		ways Ways
		way  Way
	}{
		{"of an identity's file", Ways{Recipients: []string{me.Recipient().String()}}, Way{Identities: []age.Identity{me}}},
		{"of a passphrase's file", Ways{Passphrase: passphrase}, Way{Passphrase: passphrase, Unwrap: here}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, _ := create(t, "a", c.ways)
			name := files(t, dir)[0]
			good, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for bit := range 8 * len(good) {
				bad := bytes.Clone(good)
				bad[bit/8] ^= 1 << (bit % 8)
				if err := os.WriteFile(name, bad, 0o600); err != nil {
					t.Fatal(err)
				}
				if _, err := Unlock(dir, "a", c.way); err == nil {
					t.Errorf("bit %d: opened", bit)
				}
			}
		})
	}
}

// here does the child's work in this process: a child for every bit takes long.
func here(file []byte, passphrase string) ([]byte, error) {
	return result(answer(file, passphrase))
}

// An attacker who can write to the folder must not make us spend gigabytes.
func TestTooHighAWorkFactorIsRefusedUnpaid(t *testing.T) {
	dir, _ := create(t, "a", Ways{Passphrase: passphrase})
	name := files(t, dir)[0]
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	line, rest, _ := bytes.Cut(b[len("age-encryption.org/v1\n"):], []byte("\n"))
	line = append(bytes.TrimSuffix(line, []byte(" 4")), " 21"...)
	b = fmt.Appendf(nil, "age-encryption.org/v1\n%s\n%s", line, rest)
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Unlock(dir, "a", Way{Passphrase: passphrase, Unwrap: unwrap})
	if !errors.Is(err, errDamaged) {
		t.Errorf("got %v, want %v", err, errDamaged)
	}
}

func TestTheRealWorkFactor(t *testing.T) {
	if testing.Short() {
		t.Skip("takes two seconds and 256 MiB")
	}
	dir := filepath.Join(t.TempDir(), "keys")
	made, _, err := Create(dir, "a", Ways{Passphrase: passphrase})
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(files(t, dir)[0])
	if err != nil || !bytes.Contains(b[:100], []byte(" 18\n")) {
		t.Errorf("the work factor is not 18: %q, %v", b[:100], err)
	}
	if k, err := Unlock(dir, "a", Way{Passphrase: passphrase, Unwrap: unwrap}); err != nil || k != made {
		t.Errorf("got %v, %v", k, err)
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no key files: %v", err)
	}
	return names
}
