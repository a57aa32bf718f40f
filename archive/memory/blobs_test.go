package memory_test

import (
	"testing"

	"vidimus/archive"
	"vidimus/archive/memory"
	"vidimus/archive/suite"
)

func TestBlobsKeepTheContract(t *testing.T) {
	suite.Blobs(t, suite.BlobsOpener{
		Open:   func(*testing.T) archive.Blobs { return new(memory.Blobs) },
		Reopen: func(_ *testing.T, b archive.Blobs) archive.Blobs { return b },
	})
}
