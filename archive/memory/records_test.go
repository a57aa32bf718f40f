package memory_test

import (
	"testing"

	"vidimus/archive"
	"vidimus/archive/memory"
	"vidimus/archive/suite"
)

func TestRecordsKeepTheContract(t *testing.T) {
	suite.Records(t, suite.RecordsOpener{
		Open:   func(*testing.T) archive.Records { return memory.New() },
		Reopen: func(_ *testing.T, r archive.Records) archive.Records { return r },
		Model:  func() archive.Records { return memory.New() },
	})
}
