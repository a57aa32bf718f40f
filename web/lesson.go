package web

// lesson is one thing to try in the first hour, a click away. It speaks of the
// practice leak, and is shown in practice cases only.
type lesson struct {
	Do      string // key of what to try
	See     string // key of what is to be seen
	Address string
}

// lessonViews are the six things, made for testdata/leak.
var lessonViews = []struct {
	do, see string
	v       view
}{
	{"lesson.name", "lesson.name.see", view{Show: showSearch, Query: "阿迪瓦特"}},
	{"lesson.uyghur", "lesson.uyghur.see", view{Show: showPage, Query: "كۆچۈرۈش"}},
	{"lesson.sheet", "lesson.sheet.see", view{Show: showPage, Query: `path:"研习院统计.xlsx" reading:hidden`}},
	{"lesson.mail", "lesson.mail.see", view{Show: showPage, Query: `path:"mail/12.eml" type:mail`}},
	{"lesson.scan", "lesson.scan.see", view{Show: showPage, Query: `path:"Scan_00007.tif" reading:ocr`, Turn: 2}},
}

// lessons are the things to try, with their addresses.
func lessons(in *session) (all []lesson) {
	for _, l := range lessonViews {
		all = append(all, lesson{l.do, l.see, "/v/" + in.keep(l.v)})
	}
	return append(all, lesson{"lesson.failed", "lesson.failed.see", "/progress"})
}
