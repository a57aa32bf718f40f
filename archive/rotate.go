package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"vidimus"
	"vidimus/internal/durable"
	"vidimus/key"
)

// A change of the case key is made in one folder, and is in force from the
// moment in which that folder has the other name. What is left to do then are
// moves, which the next opening finishes if they were cut short.
const (
	rotatingFolder = "rotating" // being made; of no account
	rotatedFolder  = "rotated"  // in force; to be moved into place
	formerKeys     = "former"   // in rotatedFolder: the keys folder that was
)

var errInUse = errors.New("the case is open elsewhere")

// Rotation is a change of the case key.
type Rotation struct {
	Keys  Keys // those of the new case key
	Files []key.File
	Ways  []Way  // one for each file
	What  string // for the log: what made it necessary
	// CopyIndex writes the index under its new key. An index that cannot be
	// copied is left out and built again.
	CopyIndex func(ctx context.Context, path string, key [32]byte) error
}

// Rotate puts the case under new keys: all of it, or nothing. It needs the
// case for itself, and ends the use of c when it has succeeded.
func (c *Case) Rotate(ctx context.Context, r Rotation) error {
	if c.lock == nil {
		return ErrReadOnly
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	if err := c.use.alone(); err != nil {
		return err
	}
	if err := c.lock.wait(ctx, byteWrite); err != nil {
		return err
	}
	defer c.lock.release(byteWrite)
	if err := c.putInForce(ctx, r); err != nil {
		return err
	}
	return finish(c.dir)
}

// putInForce is Rotate up to its commit. It ends the use of the records before
// their file is moved: the last to leave takes a write-ahead log away by name.
func (c *Case) putInForce(ctx context.Context, r Rotation) error {
	making := filepath.Join(c.dir, rotatingFolder)
	err := c.make(ctx, making, r)
	if err == nil {
		err = durable.Nameless(os.Rename(making, filepath.Join(c.dir, rotatedFolder)))
	}
	if err != nil {
		return vidimus.WithHint(errors.Join(fmt.Errorf("change the case key: %w", err), os.RemoveAll(making), c.use.share(ctx)),
			"nothing was changed; make room on the disk if it is full, then begin again")
	}
	if err := errors.Join(durable.SyncFolder(c.dir), c.records.Close()); err != nil {
		return err
	}
	c.records = nil
	return nil
}

// make fills the folder with everything that is sealed under the case key.
func (c *Case) make(ctx context.Context, dir string, r Rotation) error {
	records, ok := c.records.(Copying)
	if !ok {
		return errors.New("these records cannot be copied")
	}
	if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700), os.Mkdir(KeysFolder(dir), 0o700)); err != nil {
		return durable.Nameless(err)
	}
	for _, f := range r.Files {
		if err := f.Write(KeysFolder(dir)); err != nil {
			return err
		}
	}
	if err := records.CopyTo(ctx, filepath.Join(dir, recordsFile), r.Keys.Records()); err != nil {
		return err
	}
	if err := c.begin(ctx, dir, r); err != nil {
		return err
	}
	if err := r.CopyIndex(ctx, filepath.Join(dir, indexFile), r.Keys.Index()); err != nil {
		if err := errors.Join(removeDatabase(filepath.Join(dir, indexFile)), removeDatabase(c.IndexPath())); err != nil {
			return err
		}
	}
	return durable.SyncFolder(dir)
}

// begin writes the first commit under the new keys, and its head.
func (c *Case) begin(ctx context.Context, dir string, r Rotation) error {
	records, err := c.engines.Records(filepath.Join(dir, recordsFile), r.Keys.Records(), false)
	if err != nil {
		return err
	}
	next := &Case{dir: dir, keys: r.Keys, signer: c.signer, head: c.head}
	err = next.commit(ctx, records.Do, func(w *Work) error { return w.PutRoster(r.What, r.Ways) })
	return errors.Join(err, records.Close())
}

// Settle finishes a change of keys that was cut short after its commit, and
// removes one that was cut short before. It needs no key, and comes before
// the key files are read.
func Settle(dir string) error {
	if !lies(dir, rotatedFolder) && !lies(dir, rotatingFolder) {
		return nil
	}
	u, err := openUse(dir)
	if err != nil {
		return err
	}
	defer u.Close()
	if !lies(dir, rotatedFolder) {
		if u.alone() == nil { // otherwise it is still at work
			os.RemoveAll(filepath.Join(dir, rotatingFolder)) // tried again at the next opening
		}
		return nil
	}
	if err := u.alone(); err != nil {
		return vidimus.WithHint(fmt.Errorf("a change of the case's keys is not finished: %w", err),
			"wait a moment, then open it again; on a medium that cannot be written, copy the whole folder to a disk first")
	}
	return finish(dir)
}

// takeUse holds the case for as long as it is open: nobody changes its keys
// meanwhile.
func takeUse(ctx context.Context, dir string) (*use, error) {
	for {
		if _, err := ReadFormat(dir); err != nil {
			return nil, err
		}
		if err := Settle(dir); err != nil {
			return nil, err
		}
		u, err := openUse(dir)
		if err != nil {
			return nil, err
		}
		if err := u.share(ctx); err != nil {
			return nil, errors.Join(err, u.Close())
		}
		if !lies(dir, rotatedFolder) {
			return u, nil
		}
		u.Close() // a change of keys was killed at this moment
	}
}

func lies(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, name))
	return err == nil
}

// finish moves what is in force into its place. Every step can be done again,
// or was done already; nobody else has the case open.
func finish(dir string) error {
	from := filepath.Join(dir, rotatedFolder)
	if !lies(dir, rotatedFolder) {
		return nil // another process was faster
	}
	var err error
	for _, step := range moves(dir, from) {
		if err = step(); err != nil {
			break
		}
	}
	if err == nil {
		err = durable.SyncFolder(dir)
	}
	if err == nil {
		err = durable.Nameless(os.RemoveAll(from))
	}
	if err != nil {
		return vidimus.WithHint(fmt.Errorf("finish a change of the case's keys: %w", err),
			"the change is in force; make the case's folder writable and open it again")
	}
	return durable.SyncFolder(dir)
}

// moves are the steps of finish, in their order.
func moves(dir, from string) []func() error {
	return []func() error{
		func() error { return moveFormerKeys(dir, from) },
		func() error { return move(dir, from, keysFolder) },
		func() error { return moveDatabase(dir, from, recordsFile) },
		func() error { return moveDatabase(dir, from, indexFile) },
		func() error { return move(dir, from, headFile) },
		func() error { return moveVault(dir, from) },
		func() error { return dropFormer(dir) },
		func() error { return shredFolder(filepath.Join(from, formerKeys)) },
		func() error { return durable.Nameless(os.RemoveAll(filepath.Join(dir, sealFile))) },
	}
}

// moveFormerKeys takes the whole folder away: no old key file stays in it.
func moveFormerKeys(dir, from string) error {
	if !lies(from, keysFolder) || !lies(dir, keysFolder) {
		return nil
	}
	return durable.Nameless(os.Rename(KeysFolder(dir), filepath.Join(from, formerKeys)))
}

// moveVault replaces the vault of a copy. A change of keys has none to move.
func moveVault(dir, from string) error {
	if !lies(from, vaultFolder) {
		return nil
	}
	if err := os.RemoveAll(VaultFolder(dir)); err != nil {
		return durable.Nameless(err)
	}
	return move(dir, from, vaultFolder)
}

// moveDatabase replaces a database. The old one is written over: it may hold
// what was disposed of.
func moveDatabase(dir, from, name string) error {
	if !lies(from, name) {
		return nil
	}
	if err := shredDatabase(filepath.Join(dir, name)); err != nil {
		return err
	}
	return move(dir, from, name)
}

var besideDatabase = [...]string{"-wal", "-shm"}

func move(dir, from, name string) error {
	if !lies(from, name) {
		return nil
	}
	return durable.Nameless(os.Rename(filepath.Join(from, name), filepath.Join(dir, name)))
}

// dropFormer removes what is sealed under the key that was.
func dropFormer(dir string) error {
	places, err := oldRecords(dir)
	for _, place := range places {
		err = errors.Join(err, shredFolder(place))
	}
	return err
}

func removeDatabase(path string) error {
	err := os.RemoveAll(path)
	for _, suffix := range besideDatabase {
		err = errors.Join(err, os.RemoveAll(path+suffix))
	}
	return durable.Nameless(err)
}
