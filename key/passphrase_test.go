package key

import (
	"strings"
	"testing"

	"vidimus"
)

func TestWeak(t *testing.T) {
	for _, c := range []struct {
		name, passphrase, reason string
	}{
		{"nothing at all", "", "fewer than 20 characters"},
		{"a short one", "Tr0ub4dor&3", "fewer than 20 characters"},
		{"a long one of few characters", "abcabcabcabcabcabcabcab", "fewer than 8 different"},
		{"one thing over and over", "password1!password1!password1!", "over and over"},
		{"the keyboard's row over and over", "1234567890123456789012345", "over and over"},
		{"four words", "correct horse battery staple", "fewer than 6 different words"},
		{"the same words again", "correct horse battery correct horse staple", "fewer than 6 different words"},
		{"spaces do not lengthen it", "demo                    demo", "fewer than 20"},
		{"six words", "correct horse battery staple orbit lemon", ""},
		{"twenty random characters", "k9fj2lsd0fk3nv8sk2nd", ""},
		{"twenty Han characters", "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			reason, weak := Weak(c.passphrase)
			if weak != (c.reason != "") || !strings.Contains(reason, c.reason) {
				t.Errorf("got %q, %v; want %q", reason, weak, c.reason)
			}
		})
	}
}

func TestProposalsAreSevenDifferentWordsAndNeverWeak(t *testing.T) {
	seen := make(map[string]bool)
	for range 200 {
		p, err := Propose()
		if err != nil {
			t.Fatal(err)
		}
		if n := len(set(strings.Fields(p))); n != Words {
			t.Errorf("%d different words", n)
		}
		if reason, weak := Weak(p); weak {
			t.Errorf("a proposal is weak: %s", reason)
		}
		if seen[p] {
			t.Error("a proposal came twice")
		}
		seen[p] = true
	}
}

func TestReadIdentities(t *testing.T) {
	secret := newIdentity(t).String()
	for _, c := range []struct {
		name, file, says string
	}{
		{"a file of age-keygen", "# created: today\n# public key: age1…\n" + secret + "\n", ""},
		{"two identities", secret + "\n" + newIdentity(t).String(), ""},
		{"an empty file", "", "not a file of age identities"},
		{"a broken identity", secret[:len(secret)-1] + "B", "not a file of age identities"},
		{"an encrypted file", "age-encryption.org/v1\n-> scrypt ", "itself encrypted"},
		{"an armoured encrypted file", "-----BEGIN AGE ENCRYPTED FILE-----\n", "itself encrypted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ids, err := ReadIdentities(strings.NewReader(c.file))
			if c.says == "" {
				if err != nil || len(ids) == 0 {
					t.Errorf("got %d identities, %v", len(ids), err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) || vidimus.HintOf(err) == "" {
				t.Errorf("got %v", err)
			}
			if err != nil && strings.Contains(err.Error(), secret[:20]) {
				t.Error("the error repeats a secret key")
			}
		})
	}
}
