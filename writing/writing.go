// Package writing knows writing systems: folding, segmenting and telling
// languages apart. It holds the one analysis of text in the project: every
// index, every lit range and every check is given the same tokens.
package writing

// Token is one unit of the analysis.
type Token struct {
	Text       string // folded
	Start, End int    // the bytes of the original that it stands for
	Position   int    // counts from 0; neighbours in a phrase differ by 1
	Han        bool
	Last       bool // the single last character of a Han run
}
