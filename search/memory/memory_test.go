package memory_test

import (
	"testing"

	"vidimus/search"
	"vidimus/search/memory"
	"vidimus/search/suite"
)

func TestMemory(t *testing.T) {
	suite.Run(t, func(*testing.T) suite.Store {
		index := new(memory.Index)
		return func() (search.Index, error) { return index, nil }
	})
}
