package vidimus

// Box is a rectangle on a page: points (1/72 inch) from the page's top left
// corner as it is seen, after rotation.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Union is the smallest box around both.
func (b Box) Union(o Box) Box {
	return Box{min(b.X0, o.X0), min(b.Y0, o.Y0), max(b.X1, o.X1), max(b.Y1, o.Y1)}
}

// Place ties the bytes [Start, End) of a page's text to a box on its picture.
// A reader gives one for each character, or for each word where it knows no
// better. Places are sorted by Start and do not overlap in the text.
type Place struct {
	Start, End int
	Box        Box
}

// Page is one page of a reading: what a hit opens on.
type Page struct {
	Number  int     // counts from 1
	Section bool    // made by us; the source has no pages
	Width   float64 // points, as seen; 0 for a section without a picture
	Height  float64
	Text    string // UTF-8 in reading order, lines end in \n
	Places  []Place
	Ink     bool // the picture has marks
	Unread  bool // it shows writing that Text has not, beside words that it has
	// Confidence is how sure OCR is of the page's characters, from 0 to 1 and in
	// thousandths; 0 for what OCR did not read.
	Confidence float64
}

// Blank reports a page with neither words nor ink. A page with ink and no
// word is never blank: somebody must look at it, or OCR.
func (p Page) Blank() bool { return !p.Section && !p.Ink && p.Wordless() }

// Wordless reports a page whose text has nothing but white space.
func (p Page) Wordless() bool {
	for _, r := range p.Text {
		switch r {
		case ' ', '\n', '\r', '\t', '\f', '\u00a0', '\u3000':
		default:
			return false
		}
	}
	return true
}

// Producer names who derived something, so that a better version can say
// which results are stale.
type Producer struct {
	Stage      string // "read"
	Version    int    // of our code for this stage
	Parameters string // engine and settings, e.g. "pdfium 2.15.1"
}

// Reading is one producer's account of one file: its pages.
type Reading struct {
	Number   int64 // from 1, unique in the case
	Item     ItemID
	Kind     string // "text": the file's own words
	Producer Producer
	Building bool // pages are still coming; nobody sees such a reading
}

// MaxPages is how many pages one reading can hold.
const MaxPages = 1<<24 - 1

// PageID is the number by which an index knows a page.
func PageID(reading int64, page int) int64 { return reading<<24 | int64(page) }

// SplitPageID is PageID undone.
func SplitPageID(id int64) (reading int64, page int) { return id >> 24, int(id & MaxPages) }
