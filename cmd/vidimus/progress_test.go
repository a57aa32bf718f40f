package main

import (
	"strings"
	"testing"

	"vidimus/pipeline"
)

// A file that could not be taken in is one with which nothing is left to do.
func TestProgressEndsWithEveryFile(t *testing.T) {
	now := pipeline.Progress{Given: 4, Listed: true, Taken: 4, Known: 1, Copies: 1, Unread: 1, Read: 1, Failed: 1}
	p := newProgress(&console{err: &strings.Builder{}})
	if s := sentence(now, p.line(now)); !strings.HasPrefix(s, "4 of 4 files") || strings.Contains(s, "left") {
		t.Error(s)
	}
}
