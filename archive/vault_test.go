package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/key"
)

func listOf(generation int64) []byte {
	return fmt.Appendf(nil, "stands for a sealed list %d", generation)
}

// vaulted is a case with a vault whose list is of generation 1.
func vaulted(t *testing.T) (dir string, keys casetest.Keys) {
	t.Helper()
	dir, keys = held(t, 3)
	c := casetest.Open(t, dir, keys)
	ways := []key.File{{ID: "way", Bytes: []byte("stands for a key file")}}
	if err := c.MakeVault(t.Context(), ways, func(g int64) ([]byte, error) { return listOf(g), nil }); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, keys
}

// changeOn changes the list again and again, until it is killed or has done it
// often.
func changeOn(ctx context.Context, args []string) error {
	c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), casetest.Engines(), archive.ToWrite)
	if err != nil {
		return err
	}
	for range 40 {
		err := c.ChangeVault(ctx, func(old []byte, g int64) ([]byte, error) {
			if string(old) != string(listOf(g)) {
				return nil, fmt.Errorf("list %d is not the one before", g)
			}
			return listOf(g + 1), nil
		})
		if err != nil {
			return err
		}
	}
	return c.Close()
}

func vaultList(t *testing.T, dir string, keys casetest.Keys) (string, int64, error) {
	t.Helper()
	c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if has, err := c.HasVault(t.Context()); err != nil || !has {
		t.Errorf("the case says it has a vault: %v, %v", has, err)
	}
	b, g, err := c.VaultList(t.Context())
	return string(b), g, err
}

func TestAKilledChangeOfTheVaultLeavesTheOldListOrTheNew(t *testing.T) {
	dir, keys := vaulted(t)
	_, span := act(t, 0, "protect", string(keys), dir)
	ended, last := 0, int64(41)
	for _, after := range instants(span) {
		if done, _ := act(t, after, "protect", string(keys), dir); done {
			ended++
		}
		got, g, err := vaultList(t, dir, keys) // by a reader, who mends nothing
		if err != nil || got != string(listOf(g)) || g < last {
			t.Fatalf("killed after %v: list %q of generation %d after %d, %v", after, got, g, last, err)
		}
		last = g
		sound(t, dir, keys, casetest.Engines())
		c := casetest.Open(t, dir, keys)
		c.Close()
		if left, _ := filepath.Glob(filepath.Join(dir, "vault", ".new-*")); len(left) > 0 {
			t.Errorf("killed after %v: %d prepared files stay", after, len(left))
		}
		sound(t, dir, keys, casetest.Engines())
	}
	t.Logf("%d kills within %v; %d came too late; %d lists", len(instants(span)), span, ended, last)
}

func TestAVaultThatIsNotTheCasesOwnIsRefusedAndNamed(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"gone":             func(dir string) error { return os.RemoveAll(filepath.Join(dir, "vault")) },
		"its list gone":    func(dir string) error { return os.Remove(filepath.Join(dir, "vault", "list")) },
		"an earlier list":  func(dir string) error { return os.WriteFile(filepath.Join(dir, "vault", "list"), listOf(0), 0o600) },
		"another key file": func(dir string) error { return os.WriteFile(filepath.Join(dir, "vault", "way.age"), nil, 0o600) },
		"a file too many":  func(dir string) error { return os.WriteFile(filepath.Join(dir, "vault", "x"), nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir, keys := vaulted(t)
			if err := spoil(dir); err != nil {
				t.Fatal(err)
			}
			_, _, err := vaultList(t, dir, keys)
			if strings.Contains(name, "list") != (err != nil) && name != "gone" {
				t.Errorf("reading the list gives %v", err)
			}
			if name == "gone" && (err == nil || vidimus.HintOf(err) == "") {
				t.Errorf("without its folder the list gives %v", err)
			}
			c := casetest.Open(t, dir, keys)
			a, err := c.AuditContent(t.Context())
			if err != nil || len(a.Findings) != 1 || !strings.HasPrefix(a.Findings[0].File, "vault") {
				t.Errorf("the audit finds %v, %v", a.Findings, err)
			}
		})
	}
}

func TestABackupHasTheVaultOnlyWhenItIsAskedFor(t *testing.T) {
	dir, keys := vaulted(t)
	c := casetest.Open(t, dir, keys)
	at := t.TempDir()
	without, with := filepath.Join(at, "without"), filepath.Join(at, "with")
	if _, err := c.Backup(t.Context(), without, silent); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(without, "vault")); err == nil {
		t.Error("the vault was copied unasked")
	}
	sound(t, without, keys, casetest.Engines())
	if _, err := c.BackupWithVault(t.Context(), with, silent); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Backup(t.Context(), with, silent); err == nil || vidimus.HintOf(err) == "" {
		t.Errorf("a backup without the vault over one with it gives %v", err)
	}
	if _, err := c.BackupWithVault(t.Context(), with, silent); err != nil {
		t.Errorf("bringing it up to date: %v", err)
	}
	for from, has := range map[string]bool{without: false, with: true} {
		to := from + "-again"
		if _, err := archive.RestoreCase(t.Context(), from, to, keys, casetest.Engines(), walk, silent); err != nil {
			t.Fatal(err)
		}
		sound(t, to, keys, casetest.Engines())
		if got, g, err := vaultList(t, to, keys); has != (err == nil) || has && got != string(listOf(g)) {
			t.Errorf("after restoring the list gives %v", err)
		}
	}
}

// wayOf stands for a key file that wraps the key of this generation.
func wayOf(generation int64) key.File {
	return key.File{ID: fmt.Sprintf("way%d", generation), Bytes: fmt.Appendf(nil, "wraps key %d", generation)}
}

// renewOn renews the vault again and again, until it is killed or has done it
// often.
func renewOn(ctx context.Context, args []string) error {
	c, err := archive.Open(ctx, args[1], casetest.Keys(args[0]), casetest.Engines(), archive.ToWrite)
	if err != nil {
		return err
	}
	_, g, err := c.VaultList(ctx)
	for range 40 {
		if err != nil {
			return err
		}
		g++
		err = c.RenewVault(ctx, archive.VaultRenewal{Ways: []key.File{wayOf(g)}, List: func(_ []byte, old int64) ([]byte, error) { return listOf(old + 1), nil }})
	}
	return errors.Join(err, c.Close())
}

// The list and the ways that open it change together: a reader finds both of
// one generation, and whoever writes next leaves no file of another.
func TestAKilledRenewalOfTheVaultLeavesTheOldWaysOrTheNew(t *testing.T) {
	dir, keys := vaulted(t)
	_, span := act(t, 0, "renew", string(keys), dir)
	ended, last := 0, int64(41)
	for _, after := range instants(span) {
		if done, _ := act(t, after, "renew", string(keys), dir); done {
			ended++
		}
		got, g, err := vaultList(t, dir, keys) // by a reader, who mends nothing
		if err != nil || got != string(listOf(g)) || g < last {
			t.Fatalf("killed after %v: list %q of generation %d after %d, %v", after, got, g, last, err)
		}
		last = g
		c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead)
		if err != nil {
			t.Fatal(err)
		}
		files, err := c.VaultKeys(t.Context())
		if err != nil || len(files) != 1 || string(files[0].Bytes) != string(wayOf(g).Bytes) {
			t.Errorf("killed after %v: %d ways, %v", after, len(files), err)
		}
		c.Close()
		sound(t, dir, keys, casetest.Engines())
		casetest.Open(t, dir, keys).Close()
		left, err := os.ReadDir(filepath.Join(dir, "vault"))
		if err != nil || len(left) != 2 {
			t.Errorf("killed after %v: %d files lie there, %v", after, len(left), err)
		}
		sound(t, dir, keys, casetest.Engines())
	}
	t.Logf("%d kills within %v; %d came too late; %d lists", len(instants(span)), span, ended, last)
}

// A way that a change took out and that lies there again is no stranger's file:
// it is removed. One that nobody made is named.
func TestAWayIsAddedAndTakenOutOfTheVault(t *testing.T) {
	dir, keys := vaulted(t)
	c := casetest.Open(t, dir, keys)
	if err := c.AddVaultWay(t.Context(), key.File{ID: "second", Recipient: "age1x", Bytes: []byte("another")}); err != nil {
		t.Fatal(err)
	}
	ways, err := c.VaultWays(t.Context())
	if err != nil || len(ways) != 2 || ways[0].ID() != "second" || ways[0].Recipient != "age1x" || ways[0].Added == "" || ways[1].State != archive.WaySound {
		t.Fatalf("%+v, %v", ways, err)
	}
	if _, g, err := c.VaultList(t.Context()); err != nil || g != 1 {
		t.Errorf("the list is of generation %d, %v", g, err)
	}
	old := read(t, filepath.Join(dir, "vault", "second.age"))
	err = c.RenewVault(t.Context(), archive.VaultRenewal{Ways: []key.File{wayOf(2)}, Added: map[string]string{"way2": "2020-01-01"},
		List: func(_ []byte, g int64) ([]byte, error) { return listOf(g + 1), nil }})
	if err != nil {
		t.Fatal(err)
	}
	if ways, err := c.VaultWays(t.Context()); err != nil || len(ways) != 1 || ways[0].Added != "2020-01-01" {
		t.Errorf("%+v, %v", ways, err)
	}
	c.Close()
	if err := os.WriteFile(filepath.Join(dir, "vault", "second.age"), old, 0o600); err != nil {
		t.Fatal(err)
	}
	sound(t, dir, keys, casetest.Engines()) // as after a kill before it was removed
	c = casetest.Open(t, dir, keys)
	if _, err := os.Stat(filepath.Join(dir, "vault", "second.age")); err == nil {
		t.Error("the way that was taken out lies there")
	}
	c.Close()
}
