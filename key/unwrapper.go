package key

// Unwrapper opens one passphrase file, whose passphrase is normalised already.
// It gives age.ErrIncorrectIdentity for a wrong passphrase.
type Unwrapper func(file []byte, passphrase string) ([]byte, error)
