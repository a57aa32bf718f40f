package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"vidimus/archive"
	"vidimus/key"
)

// cosigning is how the people open their signing keys who must agree to an act.
type cosigning struct {
	signing
	files     []string // of the signers
	words     []string // files with their passphrases, in the same order
	onePerson bool
}

func (s *cosigning) flags(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&s.files, "signer", nil, "a signer's `FILE`; give it twice, once for each person")
	cmd.Flags().StringArrayVar(&s.words, "signer-passphrase-file", nil, "read a signer's passphrase from the first line of `FILE`; the first is the first signer's")
	cmd.Flags().BoolVar(&s.onePerson, "one-person", false, "one signer is enough, knowingly")
}

func (s *cosigning) asked() error {
	if s.onePerson && len(s.files) != 1 || !s.onePerson && len(s.files) != 2 {
		return errors.New("--signer FILE is needed twice, for two people; or once, with --one-person")
	}
	return nil
}

// sign has each of them sign a text.
func (s *cosigning) sign(c *console, text string) (all []archive.Signature, err error) {
	for i, file := range s.files {
		one := s.signing
		if len(s.words) > 0 {
			one.passphraseFile = s.words[min(i, len(s.words)-1)]
		} else if len(s.files) > 1 {
			c.say("signer %d of %d", i+1, len(s.files))
		}
		var who key.Signer
		if who, err = one.open(c, file); err != nil {
			return nil, fmt.Errorf("signer %d: %w", i+1, err)
		}
		note, err := who.Sign(text)
		if err != nil {
			return nil, err
		}
		all = append(all, archive.Signature{Signer: who.Public().Name(), Note: note})
	}
	return all, nil
}
