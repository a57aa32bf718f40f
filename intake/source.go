package intake

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"

	"vidimus"
	"vidimus/archive"
)

// samples is how many files of a known source are looked for in a root to
// tell whether it is the same source.
const samples = 16

// Recognise finds the source that a tree is, when it was given before: more
// than half of a sample of the files taken from it are still there with the
// same content. Where it lay then is not known to the case, and not needed.
// ErrNotFound means that the tree is a new source.
func Recognise(ctx context.Context, c *archive.Case, t *Tree) (vidimus.Source, error) {
	var sources []vidimus.Source
	err := c.View(ctx, func(tx archive.Tx) (err error) {
		sources, err = tx.Files().Sources()
		return err
	})
	if err != nil {
		return vidimus.Source{}, err
	}
	best, bestShare := vidimus.Source{}, 0.5
	for _, s := range sources {
		if s.Folder != t.Folder {
			continue
		}
		share, err := likeness(ctx, c, t, s)
		if err != nil {
			return vidimus.Source{}, err
		}
		if share > bestShare {
			best, bestShare = s, share
		}
	}
	if best.Number == 0 {
		return vidimus.Source{}, archive.ErrNotFound
	}
	return best, nil
}

// likeness is the share of a source's sampled files that the tree still holds.
func likeness(ctx context.Context, c *archive.Case, t *Tree, s vidimus.Source) (float64, error) {
	files, err := sample(ctx, c, s)
	if err != nil || len(files) == 0 {
		return 0, err
	}
	same := 0
	for _, f := range files {
		if holds(t, f) {
			same++
		}
	}
	return float64(same) / float64(len(files)), nil
}

// sample spreads over all that was taken from the source, smaller files first
// among neighbours, since each is read whole.
func sample(ctx context.Context, c *archive.Case, s vidimus.Source) ([]vidimus.File, error) {
	var picked []vidimus.File
	err := c.View(ctx, func(tx archive.Tx) error {
		path, order, step, seen := "", int64(0), 1, 0
		for {
			some, err := tx.Files().Under(s.Number, "", path, order, 500)
			if err != nil || len(some) == 0 {
				return err
			}
			for _, f := range some {
				path, order = f.Path, f.Order
				if f.Digest == (vidimus.Digest{}) {
					continue
				}
				if seen%step == 0 {
					picked = append(picked, f)
				}
				if seen++; len(picked) > 2*samples {
					picked, step = everySecond(picked), 2*step
				}
			}
		}
	})
	for len(picked) > samples {
		picked = smallerHalf(picked)
	}
	return picked, err
}

func everySecond(files []vidimus.File) []vidimus.File {
	kept := files[:0]
	for i := 0; i < len(files); i += 2 {
		kept = append(kept, files[i])
	}
	return kept
}

func smallerHalf(files []vidimus.File) []vidimus.File {
	var kept []vidimus.File
	for i := 0; i+1 < len(files); i += 2 {
		if a, b := files[i], files[i+1]; b.Bytes < a.Bytes {
			kept = append(kept, b)
		} else {
			kept = append(kept, a)
		}
	}
	return kept
}

// holds tells whether the tree has the file's path with the same content.
func holds(t *Tree, f vidimus.File) bool {
	r, err := t.OpenFile(f.Path)
	if err != nil {
		return false
	}
	defer r.Close()
	if info, err := r.Stat(); err != nil || info.Size() != f.Bytes {
		return false
	}
	d, err := digest(r)
	return err == nil && d == f.Digest
}

func digest(r io.Reader) (vidimus.Digest, error) {
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return vidimus.Digest{}, errors.New("the file cannot be read to its end")
	}
	return vidimus.Digest(h.Sum(nil)), nil
}
