package fts

import "vidimus/writing"

// layout counts the changes of the tables below and of what is put into them
// besides tokens.
const layout = 4

// analysis is what an index was built by: of another, it is built again.
const analysis = writing.Version<<8 | layout

// The facts of a page lie beside its tokens, under the same number. A file is
// known by its order; its path is that in the case, and folders are folded. A
// form is a kind of reading with a language. Dates are coded by encodeDates.
const schema = `
	CREATE VIRTUAL TABLE pages USING fts5(text, content='', contentless_delete=1, tokenize='vidimus');
	CREATE VIRTUAL TABLE vocabulary USING fts5vocab(pages, 'row');
	CREATE TABLE about(page INTEGER PRIMARY KEY, file INTEGER NOT NULL, form INTEGER NOT NULL,
		first INTEGER, last INTEGER, dates BLOB) STRICT;
	CREATE TABLE forms(form INTEGER PRIMARY KEY, reading TEXT NOT NULL, language TEXT NOT NULL, UNIQUE(reading, language)) STRICT;
	CREATE TABLE files(file INTEGER PRIMARY KEY, parent INTEGER NOT NULL, own TEXT NOT NULL, path TEXT NOT NULL,
		folder TEXT NOT NULL, type TEXT NOT NULL, state TEXT NOT NULL) STRICT;
	CREATE INDEX files_parent ON files(parent) WHERE parent > 0;
	CREATE INDEX files_type ON files(type);
	CREATE TABLE state(one INTEGER PRIMARY KEY CHECK(one = 1), position INTEGER NOT NULL, analysis INTEGER NOT NULL) STRICT;
	INSERT INTO state VALUES(1, 0, %d);
	INSERT INTO pages(pages, rank) VALUES('hashsize', 33554432), ('automerge', 8);`

const emptied = `INSERT INTO pages(pages) VALUES('delete-all');
	DELETE FROM about; DELETE FROM forms; DELETE FROM files; UPDATE state SET position = 0`
