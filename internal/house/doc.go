// Package house holds the rules of the house as tests: layers, package
// comments, dependencies with a reason each, and what must never be written
// into a file. It has no code of its own.
package house
