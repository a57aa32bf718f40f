package suite

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"vidimus"
	"vidimus/archive"
)

// BlobsOpener makes the Blobs under test.
type BlobsOpener struct {
	// Open makes an empty store and ends it with t.
	Open func(t *testing.T) archive.Blobs
	// Reopen opens again what an earlier Open made. A store that does not
	// outlive its value returns it.
	Reopen func(t *testing.T, b archive.Blobs) archive.Blobs
}

// Blobs tests that an implementation keeps the contract of archive.Blobs.
func Blobs(t *testing.T, o BlobsOpener) {
	tests := map[string]func(*testing.T, BlobsOpener){
		"what is put comes back, in ranges, after reopening": blobComesBack,
		"the blob that was there first stays":                blobStays,
		"a failed put leaves nothing":                        blobFails,
		"what is not there is not found":                     blobMissing,
		"a key opens its own blob only":                      blobKeys,
		"list is in the order of names and stops on error":   blobList,
		"delete removes one blob":                            blobDelete,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(t, o) })
	}
}

// nameOf is a blob name as package archive/blob would make it: 40 characters,
// told by the digest.
func nameOf(d vidimus.Digest) archive.BlobName {
	return archive.BlobName(hex.EncodeToString(d[:20]))
}

func putBlob(t *testing.T, b archive.Blobs, content []byte) archive.Original {
	t.Helper()
	o, err := b.Put(t.Context(), iotest.HalfReader(bytes.NewReader(content)), nameOf)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func random(n int) []byte {
	b := make([]byte, n)
	rand.NewChaCha8([32]byte{byte(n), byte(n >> 8)}).Read(b)
	return b
}

func blobComesBack(t *testing.T, opener BlobsOpener) {
	b := opener.Open(t)
	sizes := []int{0, 1, 4095, 4096, 65535, 65536, 65537, 200_000}
	originals := make([]archive.Original, len(sizes))
	for i, n := range sizes {
		content := random(n)
		originals[i] = putBlob(t, b, content)
		want := archive.Original{
			Digest: sha256.Sum256(content), Blob: nameOf(sha256.Sum256(content)), Bytes: int64(n),
			Key: originals[i].Key, Format: originals[i].Format,
		}
		if diff := cmp.Diff(want, originals[i]); diff != "" {
			t.Fatalf("%d bytes: original (-want +got):\n%s", n, diff)
		}
	}
	if err := b.Sync(); err != nil {
		t.Fatal(err)
	}
	b = opener.Reopen(t, b)
	for i, n := range sizes {
		if err := sameBlob(b, originals[i], random(n)); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// sameBlob reads a blob whole, beyond its end, and in random ranges.
func sameBlob(b archive.Blobs, o archive.Original, want []byte) error {
	r, err := b.Open(o)
	if err != nil {
		return err
	}
	defer r.Close()
	if r.Size() != int64(len(want)) {
		return fmt.Errorf("size %d, want %d", r.Size(), len(want))
	}
	if stat, err := b.Stat(o.Blob); err != nil || stat < r.Size() {
		return fmt.Errorf("stat gives %d, %w", stat, err)
	}
	got, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()+1))
	if err != nil || !bytes.Equal(got, want) {
		return fmt.Errorf("read whole: %d bytes, error %w, equal %v", len(got), err, bytes.Equal(got, want))
	}
	if n, err := r.ReadAt(make([]byte, 1), r.Size()); n != 0 || !errors.Is(err, io.EOF) {
		return fmt.Errorf("read at the end: %d bytes, %w", n, err)
	}
	choose := rand.New(rand.NewPCG(3, 4))
	for range 50 {
		from := choose.IntN(len(want) + 1)
		part := make([]byte, choose.IntN(len(want)-from+1))
		if n, err := r.ReadAt(part, int64(from)); n != len(part) || err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%d bytes from %d: %d, %w", len(part), from, n, err)
		}
		if !bytes.Equal(part, want[from:from+len(part)]) {
			return fmt.Errorf("%d bytes from %d are others", len(part), from)
		}
	}
	return r.Close()
}

func blobStays(t *testing.T, opener BlobsOpener) {
	b := opener.Open(t)
	first := putBlob(t, b, random(5000))
	rest := iotest.HalfReader(bytes.NewReader(random(5000)))
	second, err := b.Put(t.Context(), rest, nameOf)
	if err != nil || second != (archive.Original{}) {
		t.Errorf("the second put gives %v, %v", second, err)
	}
	if n, _ := rest.Read(make([]byte, 1)); n != 0 {
		t.Error("the second put did not read all")
	}
	if err := sameBlob(b, first, random(5000)); err != nil {
		t.Error(err)
	}
}

func blobFails(t *testing.T, opener BlobsOpener) {
	b := opener.Open(t)
	boom := errors.New("boom")
	half := io.MultiReader(bytes.NewReader(random(100_000)), iotest.ErrReader(boom))
	if o, err := b.Put(t.Context(), half, nameOf); !errors.Is(err, boom) || o != (archive.Original{}) {
		t.Errorf("a failing reader gives %v, %v", o, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if o, err := b.Put(ctx, bytes.NewReader(random(10)), nameOf); !errors.Is(err, context.Canceled) || o != (archive.Original{}) {
		t.Errorf("a cancelled put gives %v, %v", o, err)
	}
	if err := b.Sync(); err != nil {
		t.Fatal(err)
	}
	if names := blobNames(t, opener.Reopen(t, b)); names != nil {
		t.Errorf("left behind: %d blobs", len(names))
	}
}

func blobMissing(t *testing.T, opener BlobsOpener) {
	b := opener.Open(t)
	o := archive.Original{Blob: nameOf(vidimus.Digest{1}), Bytes: 10}
	_, open := b.Open(o)
	_, stat := b.Stat(o.Blob)
	for what, err := range map[string]error{"open": open, "stat": stat, "delete": b.Delete(o.Blob), "destroy": b.Destroy(o.Blob)} {
		if !errors.Is(err, archive.ErrNotFound) {
			t.Errorf("%s gives %v", what, err)
		}
	}
}

func blobKeys(t *testing.T, opener BlobsOpener) {
	b := opener.Open(t)
	one, two := putBlob(t, b, random(100)), putBlob(t, b, random(101))
	if one.Key == two.Key {
		t.Fatal("two blobs have one key")
	}
	one.Key = two.Key
	r, err := b.Open(one)
	if err == nil {
		_, err = r.ReadAt(make([]byte, 10), 0)
		r.Close()
	}
	if err == nil || errors.Is(err, archive.ErrNotFound) {
		t.Errorf("another blob's key gives %v", err)
	}
}

func blobNames(t *testing.T, b archive.Blobs) (names []archive.BlobName) {
	t.Helper()
	err := b.List(func(name archive.BlobName, size int64) error {
		if stat, err := b.Stat(name); err != nil || stat != size {
			t.Errorf("list gives %d bytes, stat %d (%v)", size, stat, err)
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func blobList(t *testing.T, opener BlobsOpener) {
	b := opener.Open(t)
	var want []archive.BlobName
	for n := range 20 {
		want = append(want, putBlob(t, b, random(n)).Blob)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, blobNames(t, b)); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	boom, calls := errors.New("boom"), 0
	err := b.List(func(archive.BlobName, int64) error { calls++; return boom })
	if !errors.Is(err, boom) || calls != 1 {
		t.Errorf("%d calls, error %v", calls, err)
	}
}

func blobDelete(t *testing.T, opener BlobsOpener) {
	for _, remove := range []func(archive.Blobs, archive.BlobName) error{archive.Blobs.Delete, archive.Blobs.Destroy} {
		b := opener.Open(t)
		one, two := putBlob(t, b, random(100)), putBlob(t, b, random(101))
		if err := remove(b, one.Blob); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]archive.BlobName{two.Blob}, blobNames(t, b)); diff != "" {
			t.Errorf("names (-want +got):\n%s", diff)
		}
		if again := putBlob(t, b, random(100)); again.Blob != one.Blob || again.Key == one.Key {
			t.Error("a blob put again after deletion is not stored anew")
		}
	}
}
