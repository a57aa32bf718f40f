// Package intake takes files in: it walks what was given without following a
// link or opening a special file, leaves access times as they were, digests
// each file while storing it in one pass, and writes item, original and
// receipt into the records in one unit of work.
//
// Children that readers find inside files come through the same door.
package intake
