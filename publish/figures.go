package publish

import (
	"fmt"

	"vidimus/internal/typeset"
	"vidimus/protect"
)

// pictureMargin is what a page leaves around a picture, in points.
const pictureMargin = 48

// maxPictured is how many bytes of pictures a book has. Beyond that they stand
// in the folder only, and the book says so.
const maxPictured = 64 << 20

func light(pictures protect.Pictures) bool {
	size := 0
	for _, file := range pictures {
		size += len(file)
	}
	return size <= maxPictured
}

// figures shows a document's pictures, each on a page of its own, with the
// bytes that the folder has; the words begin on a new page.
func (b *binder) figures(all []protect.Picture) error {
	if len(all) == 0 {
		return nil
	}
	if !b.light {
		b.text("P", "The pictures of this document are files beside this book: together they are too large for it.", quietStyle)
		return nil
	}
	b.text("P", "Black and white, on sheets of one size. What is withheld is black from edge to edge.", quietStyle)
	for i, p := range all {
		picture, err := typeset.ParseBilevel(b.pictures[p.Path])
		if err != nil {
			return fmt.Errorf("set a picture of the book: %w", err)
		}
		b.figure(picture, fmt.Sprintf("Picture %d of %d; its words follow", i+1, len(all)))
	}
	b.page()
	return nil
}

// figure shows a picture on a sheet that lies as it does.
func (b *binder) figure(p typeset.Bilevel, alt string) {
	width, height := float64(sheetWidth), float64(sheetHeight)
	if p.Size.X > p.Size.Y {
		width, height = height, width
	}
	b.sheet(width, height)
	scale := min((width-2*pictureMargin)/float64(p.Size.X), (height-2*pictureMargin)/float64(p.Size.Y))
	w, h := scale*float64(p.Size.X), scale*float64(p.Size.Y)
	b.on.Figure(p, (width-w)/2, (height-h)/2, w, h, alt)
}
