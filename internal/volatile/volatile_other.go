//go:build !linux

package volatile

import "os"

// inMemory knows only how Linux tells a tmpfs: elsewhere there is no place.
func inMemory(string) bool { return false }

func mine(string) bool { return false }

func takeLock(string) (*os.File, error) { return nil, ErrNoMemory }

func retakeLock(string) (*os.File, error) { return nil, ErrNoMemory }
