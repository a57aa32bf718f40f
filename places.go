package vidimus

import (
	"encoding/binary"
	"errors"
	"math"
)

// Places are stored and sent as one header byte each and, after it, only what
// differs from the place before; a character of a line takes two or three
// bytes. Coordinates are in twentieths of a point (1/1440 inch). The header:
//
//	bits 0-1  length in bytes of text: 1, 2, 3, or 3 = a uvarint follows
//	bit 2     a uvarint follows: start minus the end before
//	bit 3     a varint follows: x0 minus the x1 before
//	bit 4     a varint follows: width minus the width before
//	bit 5     two varints follow: y0 and height, minus those before
//	bits 6-7  zero
//
// Before the first place everything is 0. What follows is in this order, and
// is never the value that its absence means: equal places are equal bytes.
const (
	placeLong  = 3
	placeGap   = 1 << 2
	placeX     = 1 << 3
	placeWidth = 1 << 4
	placeY     = 1 << 5
	placeFlags = 1<<6 - 1
	placeUnit  = 20
	placeLimit = 1 << 30 // of any number in twentieths, and of text
)

// ErrPlaces is returned for bytes that EncodePlaces did not make.
var ErrPlaces = errors.New("decode places: not what was encoded")

// EncodePlaces makes the compact form of places that are sorted and do not
// overlap in the text. Boxes are rounded to 1/20 pt; what is not finite, or is
// beyond all paper, is clamped.
func EncodePlaces(places []Place) []byte {
	out := make([]byte, 0, len(places)*3)
	var end, x1, width, y0, height int64
	for _, p := range places {
		gap, length := int64(p.Start)-end, int64(p.End-p.Start)
		if gap < 0 || length <= 0 || p.End > placeLimit {
			panic("vidimus: places are not sorted, or lie outside any text")
		}
		px0, py0 := twentieths(p.Box.X0), twentieths(p.Box.Y0)
		pw, ph := max(twentieths(p.Box.X1)-px0, 0), max(twentieths(p.Box.Y1)-py0, 0)

		head := byte(min(length-1, placeLong))
		if length > placeLong {
			head = placeLong
		}
		flag := func(bit byte, set bool) {
			if set {
				head |= bit
			}
		}
		flag(placeGap, gap != 0)
		flag(placeX, px0 != x1)
		flag(placeWidth, pw != width)
		flag(placeY, py0 != y0 || ph != height)
		out = append(out, head)
		if head&placeLong == placeLong {
			out = binary.AppendUvarint(out, uint64(length))
		}
		if gap != 0 {
			out = binary.AppendUvarint(out, uint64(gap))
		}
		if head&placeX != 0 {
			out = binary.AppendVarint(out, px0-x1)
		}
		if head&placeWidth != 0 {
			out = binary.AppendVarint(out, pw-width)
		}
		if head&placeY != 0 {
			out = binary.AppendVarint(out, py0-y0)
			out = binary.AppendVarint(out, ph-height)
		}
		end, x1, width, y0, height = int64(p.End), px0+pw, pw, py0, ph
	}
	return out
}

func twentieths(pt float64) int64 {
	if math.IsNaN(pt) {
		return 0
	}
	return int64(math.Round(min(max(pt*placeUnit, -placeLimit/4), placeLimit/4)))
}

// DecodePlaces is EncodePlaces undone. It gives ErrPlaces for anything that
// EncodePlaces would not have written, so its places are sorted, do not
// overlap, and have boxes that are not inside out.
func DecodePlaces(b []byte) ([]Place, error) {
	d := placeDecoder{rest: b}
	out := make([]Place, 0, len(b)/2)
	var end, x1, width, y0, height int64
	for len(d.rest) > 0 {
		head := d.rest[0]
		d.rest = d.rest[1:]
		length, gap, dx := int64(head&placeLong)+1, int64(0), int64(0)
		if head&placeLong == placeLong {
			length = d.unsigned()
			d.refuse(length <= placeLong)
		}
		if head&placeGap != 0 {
			gap = d.unsigned()
			d.refuse(gap == 0)
		}
		if head&placeX != 0 {
			dx = d.signed()
			d.refuse(dx == 0)
		}
		if head&placeWidth != 0 {
			dw := d.signed()
			d.refuse(dw == 0)
			width += dw
		}
		if head&placeY != 0 {
			dy, dh := d.signed(), d.signed()
			d.refuse(dy == 0 && dh == 0)
			y0, height = y0+dy, height+dh
		}
		start, x0 := end+gap, x1+dx
		end, x1 = start+length, x0+width
		d.refuse(head&^placeFlags != 0 || end > placeLimit || width < 0 || height < 0)
		d.refuse(max(abs(x0), abs(x1), abs(y0), abs(y0+height)) > placeLimit/4)
		if d.bad {
			return nil, ErrPlaces
		}
		out = append(out, Place{int(start), int(end), Box{
			float64(x0) / placeUnit, float64(y0) / placeUnit,
			float64(x1) / placeUnit, float64(y0+height) / placeUnit,
		}})
	}
	return out, nil
}

// placeDecoder reads numbers until one is wrong, and remembers that.
type placeDecoder struct {
	rest []byte
	bad  bool
}

func (d *placeDecoder) refuse(wrong bool) { d.bad = d.bad || wrong }

func (d *placeDecoder) unsigned() int64 {
	v, n := binary.Uvarint(d.rest)
	return d.took(int64(v), n, len(binary.AppendUvarint(nil, v)))
}

func (d *placeDecoder) signed() int64 {
	v, n := binary.Varint(d.rest)
	return d.took(v, n, len(binary.AppendVarint(nil, v)))
}

// took moves on by n bytes; a number written longer than it needs is refused.
func (d *placeDecoder) took(v int64, n, shortest int) int64 {
	if n != shortest || abs(v) > placeLimit {
		d.bad = true
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func abs(v int64) int64 { return max(v, -v) }
