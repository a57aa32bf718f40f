package container

import "vidimus/read"

// Formats reads all the kinds of this package.
func Formats() []read.Format { return append(Compressed(), Zip(), Tar(), Rar()) }
