package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"vidimus"
	"vidimus/archive"
	"vidimus/key"
)

// unlocking is how the person opens cases: flags first, then the environment,
// then the prompt.
type unlocking struct {
	passphraseFile      string
	identityFile        string
	unwrap              key.Unwrapper
	vaultPassphraseFile string
	vaultIdentityFile   string
	noState             bool     // neither remember nor ask what this machine has seen of a case
	session             *session // in a shell: the case that stays open
}

// keys opens the case in dir.
func (u *unlocking) keys(c *console, dir string) (key.CaseKey, error) {
	if s := u.session; s != nil && s.dir == dir && u.passphraseFile == "" && u.identityFile == "" {
		return s.keys(c)
	}
	k, _, _, err := u.unlock(c, dir)
	return k, err
}

// unlock opens the case in dir, and tells with which file and by which way.
func (u *unlocking) unlock(c *console, dir string) (key.CaseKey, key.File, key.Way, error) {
	format, err := archive.ReadFormat(dir)
	if err == nil {
		err = archive.Settle(dir)
	}
	if err != nil {
		return key.CaseKey{}, key.File{}, key.Way{}, err
	}
	way, err := u.way(c)
	if err != nil {
		return key.CaseKey{}, key.File{}, key.Way{}, err
	}
	k, file, err := key.UnlockWith(archive.KeysFolder(dir), format.ID, way)
	return k, file, way, err
}

func (u *unlocking) way(c *console) (key.Way, error) {
	passphraseFile, identityFile := u.files()
	if identityFile != "" {
		r, err := openNamed(c, identityFile, "identity file")
		if err != nil {
			return key.Way{}, err
		}
		defer r.Close()
		ids, err := key.ReadIdentities(r)
		return key.Way{Identities: ids}, err
	}
	passphrase, err := u.passphrase(c, passphraseFile)
	return key.Way{Passphrase: passphrase, Unwrap: u.unwrap}, err
}

// files gives the two files, of which a flag hides what the environment says.
func (u *unlocking) files() (passphrase, identity string) {
	if u.passphraseFile != "" || u.identityFile != "" {
		return u.passphraseFile, u.identityFile
	}
	if u.session != nil {
		return u.session.way.files()
	}
	return os.Getenv("VIDIMUS_PASSPHRASE_FILE"), os.Getenv("VIDIMUS_IDENTITY_FILE")
}

func (u *unlocking) passphrase(c *console, file string) (string, error) {
	return u.secretWord(c, file, "Passphrase of the case: ")
}

// secretWord reads a passphrase from the file, or asks for it.
func (u *unlocking) secretWord(c *console, file, question string) (string, error) {
	if file == "" {
		return prompt(c, question)
	}
	r, err := openNamed(c, file, "passphrase file")
	if err != nil {
		return "", err
	}
	defer r.Close()
	line, err := bufio.NewReader(io.LimitReader(r, 4096)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", errors.New("the passphrase file cannot be read")
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", vidimus.WithHint(errors.New("the passphrase file begins with an empty line"), "put the passphrase on its first line")
	}
	return line, nil
}

func openNamed(c *console, path, what string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(c.in), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, vidimus.WithHint(errors.New("the "+what+" cannot be opened"), "check the path and its permissions")
	}
	return f, nil
}

// prompt asks at the terminal, without showing what is typed.
func prompt(c *console, question string) (string, error) {
	tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return "", vidimus.WithHint(errors.New("there is no terminal to ask for the passphrase"),
			"name a file with --passphrase-file FILE or VIDIMUS_PASSPHRASE_FILE, or an identity with --identity FILE; a signer's with --signer-passphrase-file FILE, the vault's with --vault-passphrase-file FILE")
	}
	defer tty.Close()
	io.WriteString(tty, question)
	b, err := term.ReadPassword(int(tty.Fd()))
	io.WriteString(tty, "\n")
	if err != nil {
		return "", errors.New("no passphrase was typed")
	}
	return string(b), nil
}
