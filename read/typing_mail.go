package read

import (
	"bytes"
	"path"
	"slices"
	"strings"
)

// mailType tells a message, a mailbox or what mail is sealed in by its first lines, or gives "". A
// name that says so needs one field that mail has; without such a name there
// must be several, and one that a person hardly writes.
func mailType(head []byte, name string) string {
	ext := strings.ToLower(path.Ext(name))
	first, rest, _ := bytes.Cut(head, []byte("\n"))
	if ext == ".emlx" && len(bytes.Trim(first, "0123456789 \r")) == 0 {
		head = rest
	}
	box := false
	if bytes.HasPrefix(head, []byte("From ")) {
		box = bytes.IndexByte(first, ':') > 0 // the time
		head = rest
	}
	known, sure := mailFields(head)
	switch {
	case bytes.HasPrefix(head, []byte("-----BEGIN PGP MESSAGE-----")):
		return TypePGP
	case len(head) > 2 && head[0] == 0x30 && bytes.Contains(head[:min(len(head), 64)], cmsData):
		return TypeSMIME
	case box && known > 0 || ext == ".mbox" && bytes.HasPrefix(first, []byte("From ")):
		return TypeMailbox
	case slices.Contains([]string{".eml", ".emlx", ".msg", ".mht", ".mhtml"}, ext) && known > 0:
		return TypeMail
	case known >= 3 && sure > 0:
		return TypeMail
	}
	return ""
}

// cmsData begins the object identifiers 1.2.840.113549.1.7.x in DER.
var cmsData = []byte("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07")

// mailFields counts the kinds of fields of mail before the first empty line,
// and those that only programs write. A line that is no field ends the count.
func mailFields(head []byte) (known, sure int) {
	seen := map[string]bool{}
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		label, _, ok := strings.Cut(string(line), ":")
		label = strings.ToLower(strings.TrimSpace(label))
		if !ok || strings.ContainsAny(label, " \t<{") {
			break
		}
		if seen[label] {
			continue
		}
		seen[label] = true
		switch label {
		case "received", "message-id", "return-path", "mime-version", "delivered-to", "x-mailer", "x-originating-ip",
			"content-transfer-encoding", "dkim-signature", "references", "in-reply-to", "x-uidl", "authentication-results":
			known, sure = known+1, sure+1
		case "from", "to", "subject", "date", "cc", "bcc", "reply-to", "sender", "content-type", "resent-from":
			known++
		}
	}
	return known, sure
}
