//go:build !linux

package ocr

import "syscall"

// bound has nothing to give where no walls stand; Find refuses there.
func bound() *syscall.SysProcAttr { return nil }
