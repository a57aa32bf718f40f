//go:build unix && !linux

package archive

import (
	"context"
	"errors"

	"vidimus"
)

// use is the hold of one open case. Only Linux changes the keys of one.
type use struct{}

func openUse(string) (*use, error) { return &use{}, nil }

func (*use) share(context.Context) error { return nil }

func (*use) alone() error {
	return vidimus.WithHint(errors.New("the keys of a case are changed on Linux only"), "take the case to a computer with Linux")
}

func (*use) Close() error { return nil }
