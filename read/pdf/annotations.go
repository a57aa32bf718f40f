package pdf

import (
	"fmt"

	"vidimus/read"
)

// Pdfium's kinds of annotations and actions (fpdf_annot.h, fpdf_doc.h).
const (
	annotLink   = 2
	annotPopup  = 16
	annotFile   = 17
	annotWidget = 20
	actionURI   = 3
)

// annotations gives what stands in notes, where links lead, and what forms
// hold, page by page.
func (x *extras) annotations() error {
	e := x.engine
	contents, by, drawing := uint64(0), uint64(0), uint64(0)
	for page := range x.pages {
		n := int(int32(e.call("EPDFPage_GetAnnotCountRaw", x.document, uint64(page))))
		for i := range n {
			if err := x.another(); err != nil {
				return err
			}
			if e.broken {
				return x.fault()
			}
			if contents == 0 {
				contents, by, drawing = e.cString("Contents"), e.cString("T"), e.cString("AP")
			}
			annot := e.call("EPDFPage_GetAnnotRaw", x.document, uint64(page), uint64(i))
			if annot == 0 {
				continue
			}
			line, drawn := "", e.call("FPDFAnnot_HasKey", annot, drawing) != 0
			switch e.call("FPDFAnnot_GetSubtype", annot) {
			case annotPopup: // shows what another holds
				drawn = false
			case annotWidget:
				line = x.field(annot)
			case annotLink:
				line = x.link(annot)
			case annotFile:
				x.inside = append(x.inside, [2]int{page, i})
				fallthrough
			default:
				line = x.note(annot, contents, by)
			}
			e.call("FPDFPage_CloseAnnot", annot)
			if drawn && line == "" { // the page shows it, and nothing says what
				line = "something is drawn on the page"
			}
			if err := x.line(page, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// line writes what stands on a page. One link or one form field is often shown
// by several annotations; it is written once.
func (x *extras) line(page int, line string) error {
	if line == "" || x.last == line {
		return nil
	}
	x.last = line
	return x.write(read.Annotations, fmt.Sprintf("page %d, %s\n", page+1, line))
}

// note gives who wrote what; nothing for mere marks.
func (x *extras) note(annot, contents, by uint64) string {
	said := x.wide("FPDFAnnot_GetStringValue", annot, contents)
	if said == "" {
		return ""
	}
	if who := x.wide("FPDFAnnot_GetStringValue", annot, by); who != "" {
		return who + ": " + said
	}
	return said
}

// link gives where a link leads outside of the document.
func (x *extras) link(annot uint64) string {
	e := x.engine
	action := e.call("FPDFLink_GetAction", e.call("FPDFAnnot_GetLink", annot))
	if action == 0 || e.call("FPDFAction_GetType", action) != actionURI {
		return ""
	}
	return x.bytes("FPDFAction_GetURIPath", x.document, action)
}

// formInfo is the size of FPDF_FORMFILLINFO with room to spare. All its
// functions stay null: nothing is filled in or run.
const formInfo = 512

// field gives a form field and its value, once.
func (x *extras) field(annot uint64) string {
	e := x.engine
	if x.form == 0 {
		const version = 2
		info := e.cString(string(append([]byte{version}, make([]byte, formInfo)...)))
		if x.form = e.call("FPDFDOC_InitFormFillEnvironment", x.document, info); x.form == 0 {
			return ""
		}
	}
	value := x.wide("FPDFAnnot_GetFormFieldValue", x.form, annot)
	if value == "" {
		return ""
	}
	name := x.wide("FPDFAnnot_GetFormFieldName", x.form, annot)
	line := name + " = " + value
	if x.fields[line] {
		return ""
	}
	x.fields[line] = true
	return line
}

// annotated gives the files that annotations hold.
func (x *extras) annotated() error {
	e := x.engine
	for _, where := range x.inside {
		annot := e.call("EPDFPage_GetAnnotRaw", x.document, uint64(where[0]), uint64(where[1]))
		if annot == 0 {
			continue
		}
		if err := x.child(e.call("FPDFAnnot_GetFileAttachment", annot)); err != nil {
			return err
		}
		e.call("FPDFPage_CloseAnnot", annot)
	}
	return nil
}
