// Package memory keeps a case's records and blobs in memory: for tests, and as
// the second implementation that keeps the first one honest. Nothing is
// encrypted and nothing outlives the process.
package memory
