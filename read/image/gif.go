package image

import (
	"bufio"
	std "image"
	"image/color"
	"image/draw"
	"image/gif"
	"io"

	"vidimus"
	"vidimus/sandbox"
)

// animation is a GIF. Its frames are patches on one canvas: each is seen on
// what the ones before have left.
type animation struct {
	file   *sandbox.File
	number int
	gif    *gif.GIF // nil before the first frame is asked for
	canvas *std.RGBA
	drawn  int // frames that are on the canvas
	before *std.RGBA
}

// gifFrames counts the frames and the pixels that they have together, without
// unpacking them. A file that ends too early has the frames before.
func gifFrames(f *sandbox.File) (*animation, error) {
	b := bufio.NewReader(stream(f))
	head := make([]byte, 13)
	if _, err := io.ReadFull(b, head); err != nil {
		return nil, &vidimus.Fault{Reason: vidimus.Damaged}
	}
	canvas := int64(head[6]) | int64(head[7])<<8
	canvas *= int64(head[8]) | int64(head[9])<<8
	skipTable(b, head[10])
	a := &animation{file: f}
	pixels := 8 * canvas // the canvas, and the one before
	for {
		kind, err := b.ReadByte()
		if err != nil || kind == 0x3b {
			break
		}
		if kind == 0x21 {
			b.ReadByte()
			skipBlocks(b)
			continue
		}
		d := make([]byte, 9)
		if _, err := io.ReadFull(b, d); err != nil || kind != 0x2c {
			break
		}
		a.number++
		pixels += (int64(d[4]) | int64(d[5])<<8) * (int64(d[6]) | int64(d[7])<<8)
		skipTable(b, d[8])
		b.ReadByte()
		skipBlocks(b)
	}
	switch {
	case a.number == 0:
		return nil, &vidimus.Fault{Reason: vidimus.Damaged}
	case a.number > maxFrames || pixels > maxDecoded:
		return nil, &vidimus.Fault{Reason: vidimus.SizeLimit}
	}
	return a, nil
}

// skipTable passes over a colour table, where the flags say there is one.
func skipTable(b *bufio.Reader, flags byte) {
	if flags&0x80 != 0 {
		b.Discard(3 << (flags&7 + 1))
	}
}

func skipBlocks(b *bufio.Reader) {
	for {
		n, err := b.ReadByte()
		if err != nil || n == 0 {
			return
		}
		b.Discard(int(n))
	}
}

func (a *animation) count() int { return a.number }

func (a *animation) decode(n int) (std.Image, error) {
	if a.gif == nil {
		g, err := gif.DecodeAll(stream(a.file))
		if err != nil && n == 0 {
			return gif.Decode(stream(a.file)) // the first may be whole
		} else if err != nil {
			return nil, damaged(err)
		}
		a.gif = g
	}
	if n < a.drawn || a.canvas == nil {
		a.canvas = std.NewRGBA(std.Rect(0, 0, a.gif.Config.Width, a.gif.Config.Height))
		a.drawn = 0
	}
	if n >= len(a.gif.Image) {
		return nil, &vidimus.Fault{Reason: vidimus.Damaged}
	}
	for ; a.drawn <= n; a.drawn++ {
		a.dispose(a.drawn - 1)
		a.before = nil
		if a.gif.Disposal[a.drawn] == gif.DisposalPrevious {
			a.before = clone(a.canvas)
		}
		frame := a.gif.Image[a.drawn]
		draw.Draw(a.canvas, frame.Rect, frame, frame.Rect.Min, draw.Over)
	}
	return a.canvas, nil
}

// dispose clears away frame n as it asks for.
func (a *animation) dispose(n int) {
	if n < 0 {
		return
	}
	switch a.gif.Disposal[n] {
	case gif.DisposalBackground:
		draw.Draw(a.canvas, a.gif.Image[n].Rect, std.NewUniform(color.Transparent), std.Point{}, draw.Src)
	case gif.DisposalPrevious:
		if a.before != nil {
			a.canvas = a.before
		}
	}
}

func clone(m *std.RGBA) *std.RGBA {
	c := std.NewRGBA(m.Rect)
	copy(c.Pix, m.Pix)
	return c
}
