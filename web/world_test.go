package web

import (
	"errors"

	"vidimus"
	"vidimus/archive"
	"vidimus/read"
)

// Words of a workbook and of a mail, as the readers give them. All invented.
const (
	sheetText = "Register\nA1: Household\tB1: Heads\tC1: Moved on\n" +
		"A2: Upper Weir\tB2: 128\tC2: 4.5.2017 [42859]\n" +
		"A3: <b>Lower</b> Weir\tB3: 1,204 [1204]\tC3: " + "\u202e2017\n" +
		"A4: يەكەن ناھىيىسى\tB4: 19\n"
	sheetHidden = "Register A5: not to be moved\tB5: 7\nRegister D1 =SUM(B2:B4)\nRegister D2: 1,351 [1351]\n"
	mailText    = "Subject: the list\nFrom: \"Office <b>one</b>\" <office@weir.example>\nTo: archive@weir.example\nDate: Thu, 04 May 2017 10:00:00 +0600\n\n" +
		"Attached is the list.\n<script>document.title='taken'</script>\nhttp://elsewhere.example/\n"
	mailAbout = "Message-ID: <two@weir.example>\nIn-Reply-To: <one@weir.example>\nReferences: <one@weir.example>\nDate: Thu, 04 May 2017 10:00:00 +0600\nSubject: the list\n" +
		"  as it stands: =?utf-8?q?the_list?=\nX-Odd: <img src=x onerror=\"document.title='taken'\">\n\nPart 1\nContent-Type: text/plain\n\nPart 2\nContent-Type: application/pdf; name=\"list.pdf\"\n"
	firstMail  = "Subject: send the list\nFrom: archive@weir.example\nTo: office@weir.example\n\nPlease send the list.\n"
	firstAbout = "Message-ID: <one@weir.example>\nDate: Wed, 03 May 2017 10:00:00 +0600\nSubject: send the list\n"
)

// family is a container with what is in it, a workbook and two mails.
var family = []struct {
	item, parent vidimus.ItemID
	path, kind   string
	state        vidimus.State
	reason       vidimus.Reason
	readings     map[string]string
}{
	{"box", "", "box/all & sundry.zip", "application/zip", vidimus.Partly, vidimus.SomeChildren, nil},
	{"inner", "box", "box/all & sundry.zip/papers/" + hostileName + ".zip", "application/zip", vidimus.Read, "", nil},
	{"deep", "inner", "box/all & sundry.zip/papers/" + hostileName + ".zip/" + hostileName, "text/plain", vidimus.Read, "",
		map[string]string{read.OwnWords: "deep inside"}},
	{"torn", "box", "box/all & sundry.zip/torn.pdf", "application/pdf", vidimus.Failed, vidimus.Damaged, nil},
	{"book", "", "box/register.xlsx", read.TypeXlsx, vidimus.Read, "",
		map[string]string{read.OwnWords: sheetText, read.Hidden: sheetHidden}},
	{"reply", "", "mail/2.eml", read.TypeMail, vidimus.Read, "", map[string]string{read.OwnWords: mailText, read.Properties: mailAbout}},
	{"asked", "", "mail/1.eml", read.TypeMail, vidimus.Read, "", map[string]string{read.OwnWords: firstMail, read.Properties: firstAbout}},
	{"list", "reply", "mail/2.eml/list.pdf", "application/pdf", vidimus.Partly, vidimus.NeedsOCR, nil},
}

// fillFamily puts the family into a case. Two items have bytes, so that they
// could be read again.
func fillFamily(tx archive.Tx) (err error) {
	for _, m := range family {
		f := vidimus.File{Item: m.item, Source: 1, Parent: m.parent, Path: m.path, Type: m.kind, State: m.state, Reason: m.reason,
			Bytes: 1234, Digest: vidimus.Digest{byte(len(m.path)), m.item[0]}, Language: "en"}
		if m.readings != nil {
			f.Sections = 1
		}
		err = errors.Join(err, tx.Files().Put(f))
		for _, kind := range read.Kinds {
			if text, ok := m.readings[kind]; ok {
				number, e := tx.Readings().Begin(vidimus.Reading{Item: m.item, Kind: kind, Producer: vidimus.Producer{Stage: "read", Version: 1, Parameters: "test 1"}})
				err = errors.Join(err, e, tx.Readings().AddPages(number, []vidimus.Page{{Number: 1, Section: true, Text: text}}), tx.Readings().Finish(number))
			}
		}
	}
	return err
}
