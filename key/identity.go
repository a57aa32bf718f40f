package key

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"filippo.io/age"

	"vidimus"
)

// ReadIdentities reads a file of secret keys as age-keygen writes it. Its
// errors never repeat a line of it.
func ReadIdentities(r io.Reader) ([]age.Identity, error) {
	b := bufio.NewReader(r)
	start, _ := b.Peek(len("age-encryption.org")) // shorter at the end of a short file
	if strings.HasPrefix(string(start), "age-encryption.org") || strings.HasPrefix(string(start), "-----BEGIN AGE") {
		return nil, vidimus.WithHint(errors.New("the identity file is itself encrypted"), "hand it over decrypted, without a copy on disk: `--identity <(age -d FILE)`")
	}
	ids, err := age.ParseIdentities(b)
	if err != nil {
		return nil, vidimus.WithHint(errors.New("this is not a file of age identities"), "it holds a line that begins with AGE-SECRET-KEY-; `age-keygen -o FILE` makes one")
	}
	return ids, nil
}
