//go:build !linux

package key

import "filippo.io/age"

// ChildMain gives the function that tries passphrases. Here it tries them in
// this process: only on Linux a child does that, and takes the 256 MiB that it
// needs with it when it ends.
func ChildMain() Unwrapper { return inProcess }

func inProcess(file []byte, passphrase string) ([]byte, error) {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		return nil, age.ErrIncorrectIdentity
	}
	id.SetMaxWorkFactor(maxWorkFactor)
	return decrypt(file, id)
}
