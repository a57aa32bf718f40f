package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/key"
)

// destroyOn is the child that a test kills.
func destroyOn(ctx context.Context, args []string) error {
	c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), casetest.Engines(), archive.ToWrite)
	if err != nil {
		return err
	}
	defer c.Close()
	return destroy(ctx, c, 2)
}

// destroy has so many new signers destroy a case.
func destroy(ctx context.Context, c *archive.Case, signers int) error {
	var by []archive.Signature
	err := c.Do(ctx, func(w *archive.Work) (err error) {
		for range signers {
			s, err1 := key.NewSigner()
			note, err2 := s.Sign(archive.DestructionText(c.Format.ID))
			err = errors.Join(err, err1, err2, w.RegisterSigner(s.Public(), ""))
			by = append(by, archive.Signature{Signer: s.Public().Name(), Note: note})
		}
		return err
	})
	if err != nil {
		return err
	}
	return c.Destroy(ctx, by, false)
}

func TestNobodyDestroysAloneAgainstAHoldOrBesideOthers(t *testing.T) {
	dir, keys := held(t, 3)
	c := casetest.Open(t, dir, keys)
	if err := destroy(t.Context(), c, 1); !errors.Is(err, archive.ErrSigners) {
		t.Errorf("one signer: %v", err)
	}
	reader, err := c.Reopen(t.Context(), archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	if err := destroy(t.Context(), c, 2); err == nil || vidimus.HintOf(err) == "" {
		t.Errorf("beside a reader: %v", err)
	}
	reader.Close()
	if err := c.Do(t.Context(), func(w *archive.Work) error { return w.Hold("item1-1", "a court") }); err != nil {
		t.Fatal(err)
	}
	if err := destroy(t.Context(), c, 2); !errors.Is(err, archive.ErrHeld) {
		t.Errorf("held: %v", err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if n := sound(t, dir, keys, casetest.Engines()); n != 3 {
		t.Errorf("%d files", n)
	}
}

// Killed at any instant, it is a whole case, or none and the same act ends it.
func TestAKilledDestructionLeavesACaseOrNone(t *testing.T) {
	template, keys := held(t, 30)
	copied := func() string {
		to := filepath.Join(t.TempDir(), "case")
		if err := os.CopyFS(to, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		return to
	}
	_, span := act(t, 0, "destroy", string(keys), copied())
	whole, begun, gone := 0, 0, 0
	for _, after := range instants(span) {
		dir := copied()
		act(t, after, "destroy", string(keys), dir)
		if left, err := os.ReadDir(dir); err != nil || len(left) == 0 {
			gone++
			continue
		}
		if _, ok := archive.Destroying(dir); !ok {
			whole++
			if n := sound(t, dir, keys, casetest.Engines()); n != 30 {
				t.Errorf("killed after %v: %d files", after, n)
			}
			continue
		}
		begun++
		if _, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead); !errors.Is(err, archive.ErrNoCase) || vidimus.HintOf(err) == "" {
			t.Errorf("killed after %v it opens: %v", after, err)
		}
		if err := archive.FinishDestroying(dir); err != nil {
			t.Errorf("killed after %v: %v", after, err)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Error("the folder is left")
		}
	}
	t.Logf("%d kills within %v: %d whole, %d begun, %d gone", len(instants(span)), span, whole, begun, gone)
}
