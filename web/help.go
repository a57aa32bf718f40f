package web

import "net/http"

// helpPage is what can be typed, pressed and read here. It needs no network:
// it is part of the program.
type helpPage struct {
	Query []example
	Same  []string // keys of sentences
	Terms []term
}

// example is something to type, and the key of what it finds.
type example struct{ Example, Key string }

// term is a word and what it means, by their keys.
type term struct{ Term, Meaning string }

// queries are the forms of a question; docs/search.md has them in full.
var queries = []example{
	{`county office`, "help.q.and"},
	{`"county office"`, "help.q.phrase"},
	{`乌鲁木齐`, "help.q.han"},
	{`school OR office`, "help.q.or"},
	{`school -closed`, "help.q.not"},
	{`(school OR mosque) closed`, "help.q.brackets"},
	{`"water level"~5`, "help.q.near"},
	{`educat*`, "help.q.star"},
	{`col?ur`, "help.q.mark"},
	{`colour~1`, "help.q.edits"},
	{`office~`, "help.q.misread"},
	{`/(re)?educat.*/`, "help.q.pattern"},
	{`=Camp`, "help.q.exact"},
	{`type:pdf`, "help.q.type"},
	{`language:ug`, "help.q.language"},
	{`date:2014..2017`, "help.q.date"},
	{`place:Yarkand`, "help.q.place"},
	{`number:>=7000`, "help.q.number"},
	{`official:"Chen Quanguo"`, "help.q.official"},
	{`folder:"2017/directives"`, "help.q.folder"},
	{`path:*.docx`, "help.q.path"},
	{`state:partly`, "help.q.state"},
	{`reading:hidden`, "help.q.reading"},
}

// sameness are the sentences about what counts as the same.
var sameness = []string{"help.same.case", "help.same.marks", "help.same.arabic", "help.same.han", "help.same.unseen", "help.same.words"}

// terms are the words of the rooms that need one.
var terms = []term{
	{"term.file", "term.file.is"}, {"term.page", "term.page.is"}, {"term.section", "term.section.is"},
	{"term.reading", "term.reading.is"}, {"term.container", "term.container.is"}, {"term.duplicate", "term.duplicate.is"},
	{"term.partly", "term.partly.is"}, {"term.failed", "term.failed.is"}, {"term.waiting", "term.waiting.is"}, {"term.blank", "term.blank.is"},
}

func (s *Server) help(w http.ResponseWriter, _ *http.Request, _ *session) {
	s.show(w, http.StatusOK, "help", "", helpPage{queries, sameness, terms})
}
