package trace

import (
	"image"
	"unicode"
	"unicode/utf8"

	"vidimus"
)

// A stretch of the page on which all colours are within evenLevels of each
// other has no letters on it: they lie under a box, or are as light as the
// paper. Letters are looked at in the middle of their height, where a box that
// somebody drew by hand covers them too.
const (
	evenLevels   = 24 << 8 // of 16 bits a colour
	inMiddle     = 0.25    // of the height is left out above and below
	leastLetters = 3       // that are looked at together; a single l is even too
	leastHan     = 2
	// mostLooks is how many times over a page's pixels are looked at: letters
	// overlap three deep, and a file can say that each covers the page.
	mostLooks = 30
)

// Covered finds words of a page that its picture does not show: under a black
// box, behind a note, white on white, set invisibly, off the page. The picture is the page as
// it is drawn, notes included; sure says that a program drew it. Where too much
// is to be looked at nobody can tell.
func Covered(p vidimus.Page, picture image.Image, sure bool) (all []Trace) {
	b := picture.Bounds()
	if p.Width <= 0 || p.Height <= 0 || b.Empty() {
		return nil
	}
	how := Suspected
	if sure {
		how = Found
	}
	c := covering{picture: picture, across: float64(b.Dx()) / p.Width, down: float64(b.Dy()) / p.Height, left: mostLooks * b.Dx() * b.Dy()}
	var run []vidimus.Place
	last := -1 // the letter at which the run of covered ones ends
	flush := func() {
		if len(run) > 0 {
			t := Trace{Kind: CoveredWords, Certainty: how, In: inPicture, Start: run[0].Start, End: run[len(run)-1].End}
			for _, l := range run {
				t.Box = t.Box.Union(l.Box)
			}
			all = append(all, t)
		}
		run, last = nil, -1
	}
	letters := lettersOf(p)
	for i := range letters {
		n := together(p.Text, letters[i:])
		if n == 0 || !c.even(letters[i:i+n]) {
			continue
		}
		if c.left < 0 {
			return []Trace{{Kind: CoveredWords, Certainty: CannotTell, In: inPicture}}
		}
		if i > last || !beside(letters[i-1], letters[i]) {
			flush()
			run = append(run, letters[i:i+n]...)
		} else {
			run = append(run, letters[last:i+n]...)
		}
		last = i + n
	}
	flush()
	return all
}

// lettersOf gives the places of letters and digits.
func lettersOf(p vidimus.Page) (all []vidimus.Place) {
	for _, l := range p.Places {
		if l.End > len(p.Text) || l.Box.X1 <= l.Box.X0 || l.Box.Y1 <= l.Box.Y0 {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(p.Text[l.Start:l.End]); unicode.IsLetter(r) || unicode.IsDigit(r) {
			all = append(all, l)
		}
	}
	return all
}

// together is how many letters of one line are looked at together, 0 where
// there are too few.
func together(text string, letters []vidimus.Place) int {
	n := leastLetters
	if r, _ := utf8.DecodeRuneInString(text[letters[0].Start:]); unicode.Is(unicode.Han, r) {
		n = leastHan
	}
	if len(letters) < n {
		return 0
	}
	for i := 1; i < n; i++ {
		if !beside(letters[i-1], letters[i]) {
			return 0
		}
	}
	return n
}

// beside reports letters of one line, no further apart than words.
func beside(a, b vidimus.Place) bool {
	height := max(a.Box.Y1-a.Box.Y0, b.Box.Y1-b.Box.Y0)
	gap := max(b.Box.X0-a.Box.X1, a.Box.X0-b.Box.X1)
	return mid(a.Box)-mid(b.Box) < height*0.6 && mid(b.Box)-mid(a.Box) < height*0.6 && gap < height
}

type covering struct {
	picture      image.Image
	across, down float64 // pixels of a point
	left         int     // pixels that may still be looked at
}

// even reports a stretch without any letter on it.
func (c *covering) even(letters []vidimus.Place) bool {
	box := letters[0].Box
	for _, l := range letters[1:] {
		box = box.Union(l.Box)
	}
	inset := (box.Y1 - box.Y0) * inMiddle
	b := c.picture.Bounds()
	r := image.Rect(int(box.X0*c.across), int((box.Y0+inset)*c.down), int(box.X1*c.across)+1, int((box.Y1-inset)*c.down)+1).Add(b.Min).Intersect(b)
	if c.left -= r.Dx() * r.Dy(); c.left < 0 || r.Empty() {
		return true // not looked at any more, or off the page
	}
	var least, most [3]uint32
	for i := range least {
		least[i] = 0xffff
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			red, green, blue, _ := c.picture.At(x, y).RGBA()
			for i, v := range [3]uint32{red, green, blue} {
				least[i], most[i] = min(least[i], v), max(most[i], v)
				if most[i]-least[i] > evenLevels {
					return false
				}
			}
		}
	}
	return true
}
