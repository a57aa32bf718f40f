package fts

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"math"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"vidimus/search"
)

// best(page, score, n) counts pages and keeps the n best of them, so that one
// walk over the matches gives both.
type best struct {
	total int
	n     int
	kept  worstFirst
}

// worstFirst is a heap of pages with the worst on top.
type worstFirst []search.Ranked

func (w worstFirst) Len() int           { return len(w) }
func (w worstFirst) Less(i, j int) bool { return better(w[j], w[i]) < 0 }
func (w worstFirst) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *worstFirst) Push(x any)        { *w = append(*w, x.(search.Ranked)) }
func (w *worstFirst) Pop() any {
	last := (*w)[len(*w)-1]
	*w = (*w)[:len(*w)-1]
	return last
}

// better compares two pages: the higher score first, then the lower number.
func better(a, b search.Ranked) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Page, b.Page))
}

func (b *best) Step(_ sqlite3.Context, arg ...sqlite3.Value) {
	b.total++
	r := search.Ranked{Page: arg[0].Int64(), Score: arg[1].Float()}
	if b.n == 0 {
		b.n = arg[2].Int()
	}
	switch {
	case len(b.kept) < b.n:
		heap.Push(&b.kept, r)
	case len(b.kept) > 0 && better(r, b.kept[0]) < 0:
		b.kept[0] = r
		heap.Fix(&b.kept, 0)
	}
}

func (b *best) Value(ctx sqlite3.Context) {
	slices.SortFunc(b.kept, better)
	out := binary.AppendUvarint(nil, uint64(b.total))
	for _, r := range b.kept {
		out = binary.LittleEndian.AppendUint64(out, uint64(r.Page))
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(r.Score))
	}
	ctx.ResultBlob(out)
}

// readBest is Value undone.
func readBest(b []byte) (total int, kept []search.Ranked, err error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || (len(b)-size)%16 != 0 {
		return 0, nil, errors.New("the best pages cannot be read")
	}
	for b = b[size:]; len(b) > 0; b = b[16:] {
		kept = append(kept, search.Ranked{
			Page: int64(binary.LittleEndian.Uint64(b)), Score: math.Float64frombits(binary.LittleEndian.Uint64(b[8:]))})
	}
	return int(n), kept, nil
}
