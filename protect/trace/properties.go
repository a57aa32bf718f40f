package trace

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Properties finds traces in what a file says about itself: lines of
// "name: value", as readers give them. A line that says nothing about an
// origin, as the number of words, is none.
func Properties(text string) []Trace {
	var all []Trace
	at := 0
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimRight(line, "\n"), ": ")
		if kind := property(name); ok && kind != "" && says(value) && len(all) < 10*most {
			how := Found
			if kind == Coding && strings.HasPrefix(value, usualTable) {
				how = Suspected
			}
			all = append(all, Trace{Kind: kind, Certainty: how, Start: at, End: at + len(strings.TrimRight(line, "\n"))})
		}
		at += len(line)
	}
	return all
}

// usualTable begins what is said of a JPEG table that many programs use.
const usualTable = "the standard's"

// says reports a value that is not empty, zero or a word for unknown.
func says(value string) bool {
	value = strings.TrimSpace(value)
	return strings.ContainsFunc(value, func(r rune) bool { return unicode.IsLetter(r) || r >= '1' && r <= '9' }) &&
		!strings.EqualFold(value, "unknown") && !strings.EqualFold(value, "false")
}

// property gives the kind of a property by its name, which programs write with
// and without prefix, in any case.
func property(name string) Kind {
	name = strings.ToLower(strings.TrimSpace(name))
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	if k, ok := propertyKinds[name]; ok {
		return k
	}
	for _, p := range propertyParts {
		if strings.HasPrefix(name, p.prefix) {
			return p.kind
		}
	}
	return ""
}

var propertyParts = []struct {
	prefix string
	kind   Kind
}{
	{"gps", Coordinates}, {"makernote", Serial}, {"x-originating", MailRoute}, {"x-sender", MailRoute}, {"x-ms-", MailRoute},
	{"arc-", MailRoute}, {"received-", MailRoute}, {"authentication-", MailRoute}, {"x-original", MailRoute}, {"x-mime", MailProgram},
	{"thread-", MailID}, {"quantisation table", Coding}, {"thumbnail", Thumbnail}, {"printer", PrinterName},
}

// propertyKinds is by field of ISO 32000-1 14.3.3, XMP, Dublin Core, ECMA-376
// part 2, OpenDocument meta, EXIF 2.32, IPTC IIM and the mail header registry.
var propertyKinds = kindsOf(map[Kind]string{
	AuthorName: `author creator initial-creator lastmodifiedby last-modified-by artist by-line byline by-linetitle copyright
		rights owner cameraownername manager company credit source contact publisher writer-editor writereditor printed-by xpauthor
		initials person hostcomputer authors`,
	Software: `software producer creatortool application appversion generator processingsoftware progid historysoftwareagent
		originatingprogram programversion agent softwareagent hostname`,
	Times: `creationdate moddate created modified createdate modifydate datetime datetimeoriginal datetimedigitized metadatadate
		lastprinted print-date date creation-date offsettime offsettimeoriginal offsettimedigitized subsectime subsectimeoriginal
		subsectimedigitized datecreated timecreated digitalcreationdate digitalcreationtime totaltime editing-duration
		editing-cycles revision when mtime timezoneoffset`,
	FileIdentifier: `documentid instanceid originaldocumentid versionid imageuniqueid docid identifier guid derivedfrom
		historyinstanceid id rootid uniqueid rawdatauniqueid contentidentifier`,
	Template: `template hyperlinkbase attachedtemplate filename originalfilename rawfilename originalrawfilename
		historychanged documentname documentpath folder path category`,
	PrinterName: `printername printersettings`,
	Serial: `serialnumber bodyserialnumber lensserialnumber internalserialnumber cameraserialnumber imagenumber shuttercount
		makernoteapple makernotes printim`,
	DeviceModel:   `make model lensmodel lensmake lens lensinfo lensspecification uniquecameramodel scanner`,
	Thumbnail:     `thumbnailimage thumbnailoffset thumbnaillength jpeginterchangeformat previewimage`,
	RevisionMarks: `rsid rsidroot rsids nsid revisionids`,
	OutsideLink:   `attachedtemplatelink oleobject image frame subdocument externallink externallinkpath recipientdata mailmergesource`,
	MailRoute: `received return-path delivered-to x-received envelope-to x-envelope-from x-envelope-to dkim-signature
		domainkey-signature x-google-smtp-source x-forwarded-to x-forwarded-for x-mailfrom list-id x-spam-checker-version x-ip x-clientip x-remote-ip`,
	MailID:       `message-id in-reply-to references x-uidl x-gm-thrid content-id resent-message-id x-uid x-message-id x-universally-unique-identifier`,
	MailProgram:  `x-mailer user-agent x-mimeole x-newsreader mail-system-version x-php-originating-script x-originating-client`,
	HiddenCopies: `bcc resent-bcc x-bcc`,
	MailBoundary: `boundary`,
})

func kindsOf(lists map[Kind]string) map[string]Kind {
	m := map[string]Kind{}
	for kind, names := range lists {
		for _, n := range strings.Fields(names) {
			m[n] = kind
		}
	}
	return m
}

// Annotations finds traces in what stands on a file's pages beside their own
// words: lines of "page N, ", as readers give them, of which a link is one that
// is nothing but an address.
func Annotations(text string) []Trace {
	var all []Trace
	at := 0
	for line := range strings.Lines(text) {
		line, start := strings.TrimRight(line, "\n"), at
		at += len(line) + 1
		if strings.TrimSpace(line) == "" || len(all) == 10*most {
			continue
		}
		t := Trace{Kind: FormValues, Certainty: Found, Start: start, End: start + len(line)}
		m := onPage.FindStringSubmatch(line)
		if m != nil {
			t.Page, _ = strconv.Atoi(m[1])
		}
		if m != nil && address.MatchString(m[2]) {
			t.Kind = LinkAddress
		}
		all = append(all, t)
	}
	return all
}

var (
	onPage  = regexp.MustCompile(`^page ([1-9]\d{0,6}), (.*)$`)
	address = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]*://|mailto:|www\.)\S+$`)
)
