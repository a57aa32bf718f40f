package vidimus

// Passage is a place that a reader has marked: a stretch of one page of one
// reading, for ever. What a later reading says of the page does not move it; a
// person does.
type Passage struct {
	Number     int64 // from 1, unique in the case
	Item       ItemID
	Reading    int64
	Page       int
	Start, End int    // bytes of the page's text
	Quote      string // the text between them
	Prefix     string // what stands before and after it, to find it again
	Suffix     string
	Note       string
	Tags       []string
	Star       bool
	Made       string // the day
}
