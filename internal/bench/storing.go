package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"

	"filippo.io/age"

	"vidimus"
	"vidimus/archive"
	"vidimus/archive/blob"
	"vidimus/internal/sealed"
)

const (
	stored    = 64 << 20 // bytes of one original
	walkBytes = 64 << 20 // of the database that is walked
)

// storing measures originals against age's own library, and the audit's walk.
func storing(ctx context.Context, dir string) ([]measure, error) {
	content := make([]byte, stored)
	rand.NewChaCha8([32]byte{1}).Read(content)
	folder := filepath.Join(dir, "blobs")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	blobs, err := blob.Open(folder, false)
	if err != nil {
		return nil, err
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	put := func(ctx context.Context) error { return storeOnce(ctx, blobs, content) }
	seal := func(context.Context) error {
		return ageOnce(filepath.Join(dir, "copy.age"), identity.Recipient(), content)
	}
	both := ratio{what: "an original of 64 MiB digested, encrypted, stored and synced", ours: "archive/blob", peer: "age library (no digest)"}
	walk, err := walking(ctx, filepath.Join(dir, "walked.db"))
	return []measure{
		{both.what, func(ctx context.Context, b *book) error { return b.compare(ctx, both, put, seal) }},
		{"storing rate", func(ctx context.Context, b *book) error {
			c, err := costOf(func() error { return put(ctx) })
			b.note("storing originals", "MB/s", c.perSecond(stored)/million)
			return err
		}},
		walk,
	}, err
}

func storeOnce(ctx context.Context, blobs archive.Blobs, content []byte) error {
	o, err := blobs.Put(ctx, bytes.NewReader(content), func(d vidimus.Digest) archive.BlobName {
		return blob.Name([32]byte{}, d)
	})
	if err != nil {
		return err
	}
	if err := blobs.Sync(); err != nil {
		return err
	}
	return blobs.Delete(o.Blob)
}

func ageOnce(path string, to age.Recipient, content []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer os.Remove(path)
	defer f.Close()
	w, err := age.Encrypt(f, to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, bytes.NewReader(content)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Sync()
}

// walking makes a database and measures the walk over its pages.
func walking(ctx context.Context, path string) (measure, error) {
	key, err := hex.DecodeString(fmt.Sprintf("%064x", 1))
	if err != nil {
		return measure{}, err
	}
	db, err := sealed.Open(path, sealed.Options{Key: key})
	if err != nil {
		return measure{}, err
	}
	err = db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `CREATE TABLE filling(b BLOB)`); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO filling VALUES(zeroblob(?))`, walkBytes)
		return err
	})
	if err != nil {
		return measure{}, err
	}
	if err := db.Close(); err != nil {
		return measure{}, err
	}
	return measure{"audit walk", func(_ context.Context, b *book) error {
		c, err := costOf(func() error {
			_, err := sealed.Walk(path, key, func(int64) {})
			return err
		})
		b.note("an audit's walk over a database's pages", "MB/s", c.perSecond(walkBytes)/million)
		return err
	}}, nil
}
