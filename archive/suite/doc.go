// Package suite holds the conformance suites of package archive: what every
// implementation of Records and of Blobs must do. An implementation's own
// test calls them.
package suite
