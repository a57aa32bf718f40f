package sqlite

// migrations lead from an empty file to the present schema; the file's
// user_version counts those that were applied. The list only ever grows at its
// end. Columns are text, integer or blob. Identifiers are made in Go, except
// running numbers.
var migrations = [...]string{`
CREATE TABLE sources(
	number INTEGER PRIMARY KEY,
	folder INTEGER NOT NULL,
	added  TEXT NOT NULL
);

-- The path is what the file system gave: any bytes.
CREATE TABLE files(
	ord          INTEGER PRIMARY KEY,
	item         TEXT NOT NULL UNIQUE,
	source       INTEGER NOT NULL REFERENCES sources,
	path         BLOB NOT NULL,
	parent       TEXT NOT NULL,
	type         TEXT NOT NULL,
	bytes        INTEGER NOT NULL,
	digest       BLOB NOT NULL,
	state        TEXT NOT NULL,
	reason       TEXT NOT NULL,
	duplicate_of TEXT NOT NULL,
	pages        INTEGER NOT NULL,
	sections     INTEGER NOT NULL,
	blank        INTEGER NOT NULL,
	language     TEXT NOT NULL
);
CREATE INDEX files_digest ON files(digest) WHERE state <> 'duplicate';
CREATE INDEX files_path ON files(source, parent, path);
CREATE INDEX files_top ON files(source) WHERE parent = '';

-- The arithmetic of files, kept by Files.Put.
CREATE TABLE counts(
	name TEXT PRIMARY KEY,
	n    INTEGER NOT NULL
) WITHOUT ROWID;

-- State: 0 building, 1 current, 2 superseded.
CREATE TABLE readings(
	number     INTEGER PRIMARY KEY AUTOINCREMENT,
	item       TEXT NOT NULL REFERENCES files(item),
	kind       TEXT NOT NULL,
	stage      TEXT NOT NULL,
	version    INTEGER NOT NULL,
	parameters TEXT NOT NULL,
	state      INTEGER NOT NULL
);
CREATE INDEX readings_item ON readings(item);

-- The id is vidimus.PageID. Width and height are the bits of a 64-bit IEEE 754
-- number. What is long stands last, so that it is read only when asked for.
CREATE TABLE pages(
	id      INTEGER PRIMARY KEY,
	section INTEGER NOT NULL,
	ink     INTEGER NOT NULL,
	words   INTEGER NOT NULL,
	width   INTEGER NOT NULL,
	height  INTEGER NOT NULL,
	text    TEXT NOT NULL,
	places  BLOB NOT NULL
);

CREATE TABLE outbox(
	seq    INTEGER PRIMARY KEY AUTOINCREMENT,
	page   INTEGER NOT NULL,
	remove INTEGER NOT NULL
);

CREATE TABLE jobs(
	stage      TEXT NOT NULL,
	ord        INTEGER NOT NULL REFERENCES files(ord),
	producer   TEXT NOT NULL,
	version    INTEGER NOT NULL,
	parameters TEXT NOT NULL,
	state      TEXT NOT NULL,
	attempts   INTEGER NOT NULL,
	returned   INTEGER NOT NULL,
	reason     TEXT NOT NULL,
	PRIMARY KEY(stage, ord)
) WITHOUT ROWID;
CREATE INDEX jobs_state ON jobs(stage, state, ord);

CREATE TABLE originals(
	digest BLOB PRIMARY KEY,
	blob   TEXT NOT NULL UNIQUE,
	key    BLOB NOT NULL,
	bytes  INTEGER NOT NULL,
	format INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE log_leaves(
	number INTEGER PRIMARY KEY,
	leaf   BLOB NOT NULL
);
CREATE TABLE log_bodies(
	number INTEGER PRIMARY KEY REFERENCES log_leaves,
	body   BLOB NOT NULL,
	key    BLOB NOT NULL
);
CREATE TABLE log_hashes(
	number INTEGER PRIMARY KEY,
	hash   BLOB NOT NULL
);

CREATE TABLE settings(
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
) WITHOUT ROWID;
`, `
-- Originals too small for a file of their own.
CREATE TABLE small_originals(
	digest  BLOB NOT NULL UNIQUE,
	content BLOB NOT NULL
);
`, `
-- Files of a folder come in the order of their paths, by files_path.
DROP INDEX files_top;
CREATE INDEX files_reason ON files(reason, ord) WHERE reason <> '';
`, `
-- What was understood of a page: understood says that somebody looked, and
-- who. The page is vidimus.PageID.
CREATE TABLE understood(
	page       INTEGER PRIMARY KEY REFERENCES pages(id) ON DELETE CASCADE,
	producer   TEXT NOT NULL,
	version    INTEGER NOT NULL,
	parameters TEXT NOT NULL
);
CREATE TABLE mentions(
	page       INTEGER NOT NULL REFERENCES understood(page) ON DELETE CASCADE,
	start      INTEGER NOT NULL,
	end        INTEGER NOT NULL,
	kind       TEXT NOT NULL,
	value      TEXT NOT NULL,
	rule       TEXT NOT NULL,
	confidence INTEGER NOT NULL,
	PRIMARY KEY(page, start, end, kind)
) WITHOUT ROWID;
CREATE TABLE rulings(
	page    INTEGER NOT NULL,
	start   INTEGER NOT NULL,
	end     INTEGER NOT NULL,
	kind    TEXT NOT NULL,
	verdict TEXT NOT NULL,
	to_kind TEXT NOT NULL,
	value   TEXT NOT NULL,
	into_page  INTEGER NOT NULL,
	into_start INTEGER NOT NULL,
	into_end   INTEGER NOT NULL,
	into_kind  TEXT NOT NULL,
	PRIMARY KEY(page, start, end, kind)
) WITHOUT ROWID;
CREATE TABLE officials(
	number  INTEGER PRIMARY KEY AUTOINCREMENT,
	name    TEXT NOT NULL,
	office  TEXT NOT NULL,
	item    TEXT NOT NULL REFERENCES files(item),
	page    INTEGER NOT NULL,
	start   INTEGER NOT NULL,
	end     INTEGER NOT NULL
);
`, `
-- The arithmetic by media type, of what was taken in before it was kept.
INSERT INTO counts(name, n) SELECT 'type ' || state || ' ' || type, count(*) FROM files GROUP BY state, type;
`, `
-- Tags are parted by line ends.
CREATE TABLE passages(
	number  INTEGER PRIMARY KEY AUTOINCREMENT,
	item    TEXT NOT NULL REFERENCES files(item),
	reading INTEGER NOT NULL REFERENCES readings,
	page    INTEGER NOT NULL,
	start   INTEGER NOT NULL,
	stop    INTEGER NOT NULL,
	quote   TEXT NOT NULL,
	prefix  TEXT NOT NULL,
	suffix  TEXT NOT NULL,
	note    TEXT NOT NULL,
	tags    TEXT NOT NULL,
	star    INTEGER NOT NULL,
	made    TEXT NOT NULL
);
CREATE INDEX passages_item ON passages(item);
CREATE INDEX passages_reading ON passages(reading);
`, `
-- Names as containers write them, and the charset that a reader chose.
ALTER TABLE files ADD COLUMN raw_name BLOB NOT NULL DEFAULT x'';
ALTER TABLE files ADD COLUMN name_charset TEXT NOT NULL DEFAULT '';
`, `
-- Of a page that OCR read: how sure it is, in thousandths.
ALTER TABLE pages ADD COLUMN confidence INTEGER NOT NULL DEFAULT 0;
`, `
-- What mentions say, as it is looked up: archive.Statements. Of mentions that
-- were found before there was such a table nothing stands here.
CREATE TABLE stated(
	kind TEXT NOT NULL,
	key  TEXT NOT NULL,
	high TEXT NOT NULL,
	page INTEGER NOT NULL,
	PRIMARY KEY(kind, key, high, page)
) WITHOUT ROWID;
`, `
-- Of a page with words: its picture shows writing that they are not.
ALTER TABLE pages ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
`}
