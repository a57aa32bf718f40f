package trace

// The kinds of traces.
const (
	// Of what a file says about itself.
	AuthorName     Kind = "author name"
	Software       Kind = "software"
	Times          Kind = "times of the file"
	FileIdentifier Kind = "identifier of the file"
	Template       Kind = "template or folder path"
	PrinterName    Kind = "printer name"
	Coordinates    Kind = "coordinates"
	Serial         Kind = "serial number of a device"
	DeviceModel    Kind = "model of a device"
	Thumbnail      Kind = "thumbnail"
	RevisionMarks  Kind = "revision identifiers"
	Coding         Kind = "way of compression"
	OutsideLink    Kind = "link fetched from outside"

	// Of mail.
	MailRoute    Kind = "mail route"
	MailID       Kind = "mail identifier"
	MailProgram  Kind = "mail program"
	HiddenCopies Kind = "hidden recipients"
	MailBoundary Kind = "mail part boundary"

	// Of what the source does not show.
	HiddenContent Kind = "hidden content"
	CommentNames  Kind = "comments"
	ChangeMarks   Kind = "tracked changes"
	FormValues    Kind = "annotations and form values"
	LinkAddress   Kind = "address of a link"
	CoveredWords  Kind = "words that the page does not show"

	// Of the text.
	Invisible   Kind = "invisible characters"
	OddSpaces   Kind = "unusual spaces"
	LookAlikes  Kind = "look-alike letters"
	MixedForms  Kind = "mixed normal forms"
	CopyNumber  Kind = "copy or recipient number"
	CopyWording Kind = "wording of one copy"
	ScreenClock Kind = "clock of a screenshot"
	VisibleIDs  Kind = "user name or machine name"

	// Of the page as it looks.
	PrinterDots  Kind = "printer dots"
	ShiftedLines Kind = "shifted lines"
	ShiftedWords Kind = "shifted words"
	FaintTint    Kind = "faint tint"
	MachineCode  Kind = "bar code or QR code"
	SensorNoise  Kind = "sensor noise"
	Handwriting  Kind = "handwriting, folds, scanner dirt"
)

// described is what is known of a kind.
type described struct {
	class   Class
	removed []Mode
	says    string
}

// What an edition's mode leaves behind. Cite-only takes over nothing but the
// words quoted, a transcript nothing but words, a facsimile black and white:
// what touches a pixel that is nearly black or nearly white can turn it, so
// that a facsimile is said to remove nothing that can be seen on the page.
var (
	inAll   = []Mode{CiteOnly, Transcript, Facsimile}
	inWords = []Mode{CiteOnly, Transcript}
	// What an annotation draws is read with the page's words, and a
	// transcript has it. A quotation has what people chose.
	inQuotes = []Mode{CiteOnly}
	inNone   = []Mode{}
)

var catalogue = map[Kind]described{
	AuthorName:     {Account, inAll, "the file names who wrote, saved or owns it"},
	Software:       {Device, inAll, "the file names the program that made it"},
	Times:          {Time, inAll, "the file says when it was made, changed or printed"},
	FileIdentifier: {Recipient, inAll, "the file has an identifier of its own"},
	Template:       {Account, inAll, "the file names a template, a folder or a company"},
	PrinterName:    {Printer, inAll, "the file names a printer"},
	Coordinates:    {Location, inAll, "the picture says where it was taken"},
	Serial:         {Device, inAll, "the file has the serial number of a camera, lens or scanner"},
	DeviceModel:    {Device, inAll, "the file names the make and model of a device"},
	Thumbnail:      {Device, inAll, "the file holds a small picture of itself, perhaps of an earlier state"},
	RevisionMarks:  {Recipient, inAll, "the file numbers the sessions in which it was edited"},
	Coding:         {Device, inWords, "the picture's compression is peculiar to a device or program"},
	OutsideLink:    {Recipient, inAll, "the file fetches something from outside, which tells who opens it"},
	MailRoute:      {Device, inAll, "the mail names the machines that it passed"},
	MailID:         {Account, inAll, "the mail has an identifier of its own"},
	MailProgram:    {Device, inAll, "the mail names the program that sent it"},
	HiddenCopies:   {Recipient, inAll, "the mail names recipients that others do not see"},
	MailBoundary:   {Device, inAll, "the marks between the mail's parts are peculiar to a program"},
	HiddenContent:  {Recipient, inAll, "the file holds what it does not show"},
	CommentNames:   {Account, inAll, "the file holds comments, with their authors"},
	ChangeMarks:    {Account, inAll, "the file holds tracked changes, with their authors"},
	FormValues:     {Account, inQuotes, "the file holds annotations or values of a form, and may show them"},
	LinkAddress:    {Recipient, inWords, "the file leads to an address, which may be of one copy only; a page may show its frame"},
	CoveredWords:   {Recipient, inNone, "words lie under a box or a note, or cannot be seen for their colour: an edition in words shows them, and a picture may show their edges: withhold their lines"},
	Invisible:      {Recipient, inWords, "characters that cannot be seen stand in the text"},
	OddSpaces:      {Recipient, inWords, "spaces of unusual width stand in the text"},
	LookAlikes:     {Recipient, inWords, "letters of another script stand in words that look the same"},
	MixedForms:     {Recipient, inWords, "the same letters are written in two ways"},
	CopyNumber:     {Recipient, inNone, "a number or name of a copy or of its recipient stands on the page: withhold its line"},
	CopyWording:    {Recipient, inNone, "another copy has other words here: quote only what all copies say"},
	ScreenClock:    {Time, inNone, "a screenshot shows the time: withhold its line"},
	VisibleIDs:     {Account, inNone, "a user name, a path or the name of a machine stands on the page: withhold its line"},
	PrinterDots:    {Printer, inWords, "a pattern of small yellow dots, as colour printers make it"},
	ShiftedLines:   {Recipient, inWords, "lines stand a little higher or lower than the others"},
	ShiftedWords:   {Recipient, inWords, "gaps between words come in two widths"},
	FaintTint:      {Recipient, inWords, "a faint picture lies under the text"},
	MachineCode:    {Recipient, inWords, "a code for machines stands on the page"},
	SensorNoise:    {Device, inWords, "the noise of a camera or scanner"},
	Handwriting:    {Recipient, inWords, "handwriting, folds, holes and dirt, which no program tells reliably"},
}
