//go:build !linux

package browser

import "os/exec"

// run starts the browser and waits for it.
func run(cmd *exec.Cmd) error { return cmd.Run() }
