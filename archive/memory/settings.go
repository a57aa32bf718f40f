package memory

import (
	"bytes"
	"fmt"

	"vidimus/archive"
)

type settings struct{ *unit }

func (s settings) Get(name string) ([]byte, error) {
	if err := s.mayRead(); err != nil {
		return nil, err
	}
	value, there := s.state.settings[name]
	if !there {
		return nil, fmt.Errorf("get setting: %w", archive.ErrNotFound)
	}
	return bytes.Clone(value), nil
}

func (s settings) Put(name string, value []byte) error {
	if err := s.mayWrite(); err != nil {
		return err
	}
	s.state.settings[name] = bytes.Clone(value)
	return nil
}
