package sqlite

import (
	"vidimus"
	"vidimus/archive"
)

type originals struct{ *unit }

const originalColumns = `digest, blob, key, bytes, format`

func scanOriginal(r row) (o archive.Original, err error) {
	return o, r.Scan((*fixed)(&o.Digest), &o.Blob, (*fixed)(&o.Key), &o.Bytes, &o.Format)
}

func (o originals) Put(v archive.Original) error {
	_, err := o.exec(`INSERT INTO originals(`+originalColumns+`) VALUES(?,?,?,?,?)
		ON CONFLICT(digest) DO UPDATE SET blob=excluded.blob, key=excluded.key, bytes=excluded.bytes, format=excluded.format`,
		v.Digest[:], v.Blob, v.Key[:], v.Bytes, v.Format)
	if err == nil && v.Format == archive.InRecords {
		_, err = o.exec(`INSERT OR REPLACE INTO small_originals(digest, content) VALUES(?,?)`, v.Digest[:], []byte(v.Small))
	}
	return doing("put original", err)
}

func (o originals) Get(d vidimus.Digest) (archive.Original, error) {
	v, err := one(o.unit, scanOriginal, `SELECT `+originalColumns+` FROM originals WHERE digest=?`, d[:])
	if err == nil && v.Format == archive.InRecords {
		v.Small, err = one(o.unit, func(r row) (s string, err error) { return s, r.Scan(&s) },
			`SELECT content FROM small_originals WHERE digest=?`, d[:])
	}
	return v, doing("get original", err)
}

func (o originals) List(after archive.BlobName, limit int) ([]archive.Original, error) {
	list, err := all(o.unit, scanOriginal, `SELECT `+originalColumns+` FROM originals WHERE blob>? ORDER BY blob LIMIT ?`, after, limit)
	return list, doing("list originals", err)
}

func (o originals) Count() (int, error) {
	n, err := o.number(`SELECT count(*) FROM originals`)
	return int(n), doing("count originals", err)
}
