package archive

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"vidimus"
	"vidimus/custody"
	"vidimus/internal/durable"
	"vidimus/key"
)

// settingWays is the roster of the ways into the case: what lies in the keys
// folder, and for whom. spec/archive.md has its form.
const settingWays = "keys"

// Way is a way into the case as the records remember it.
type Way struct {
	File      string   `json:"file"` // its name in the keys folder
	Kind      key.Kind `json:"kind"`
	Recipient string   `json:"recipient,omitempty"` // unknown of passphrases, and in cases of format 1
	Label     string   `json:"label,omitempty"`     // what a person wrote to tell ways apart
	Added     string   `json:"added,omitempty"`     // the day
	Digest    []byte   `json:"sha256"`              // of the key file
}

// ID is the name of the way that people type.
func (w Way) ID() string { return strings.TrimSuffix(w.File, filepath.Ext(w.File)) }

// NewWay describes a key file made today.
func NewWay(f key.File, label string) Way {
	return Way{f.Name(), f.Kind(), f.Recipient, label, time.Now().UTC().Format(time.DateOnly), digestBytes(f.Bytes)}
}

// NewWays describes the key files with which a case begins.
func NewWays(files []key.File) (ways []Way) {
	for _, f := range files {
		ways = append(ways, NewWay(f, ""))
	}
	return ways
}

func digestBytes(b []byte) []byte { d := sha256.Sum256(b); return d[:] }

// Roster gives the ways that the records know, in the order of their files;
// none in a case of the first format.
func Roster(tx Tx) (ways []Way, err error) {
	b, err := tx.Settings().Get(settingWays)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &ways); err != nil {
		return nil, errors.New("the list of the ways into the case is damaged")
	}
	return ways, nil
}

// PutRoster stores the ways and has the log fix them; what says why.
func (w *Work) PutRoster(what string, ways []Way) error {
	slices.SortFunc(ways, func(a, b Way) int { return strings.Compare(a.File, b.File) })
	b, err := json.Marshal(ways)
	if err != nil {
		return fmt.Errorf("list the ways into the case: %w", err)
	}
	var ids []string
	for _, way := range ways {
		ids = append(ids, way.ID())
	}
	w.Register(custody.Entry{Kind: custody.KeyChange, Fields: map[string]any{
		"what": what, "ways": ids, "roster": Encode(digestBytes(b)),
	}})
	return w.Settings().Put(settingWays, b)
}

// Ways gives the ways into the case. In a case of the first format, which
// keeps no roster, they are what lies in the keys folder.
func (c *Case) Ways(ctx context.Context) (ways []Way, err error) {
	err = c.View(ctx, func(tx Tx) (err error) {
		ways, err = Roster(tx)
		return err
	})
	if err != nil || ways != nil {
		return ways, err
	}
	files, err := key.Files(KeysFolder(c.dir))
	for _, f := range files {
		ways = append(ways, Way{File: f.Name(), Kind: f.Kind(), Digest: digestBytes(f.Bytes)})
	}
	return ways, err
}

// AddWay adds a key file and its way. The commit decides: a file that was only
// prepared when the program was killed is put in its place, or removed, at the
// next opening.
func (c *Case) AddWay(ctx context.Context, f key.File, label string) error {
	ways, err := c.Ways(ctx)
	if err != nil {
		return err
	}
	err = c.Do(ctx, func(w *Work) error {
		known, err := Roster(w.Tx)
		if err != nil {
			return err
		}
		if known == nil {
			known = ways
		}
		if err := durable.WriteFile(filepath.Join(KeysFolder(c.dir), newPrefix+f.ID), f.Bytes); err != nil {
			return vidimus.WithHint(fmt.Errorf("keep a key file: %w", err), "make room on the disk, then begin again; nothing was changed")
		}
		return w.PutRoster("added", append(known, NewWay(f, label)))
	})
	if err != nil {
		return errors.Join(err, c.settleWays(ctx))
	}
	return c.settleWays(ctx)
}

// settleWays puts prepared key files in their places, or removes them, as the
// roster says.
func (c *Case) settleWays(ctx context.Context) error {
	dir := KeysFolder(c.dir)
	if names := preparedFiles(dir); len(names) == 0 {
		return nil
	}
	if err := c.lock.wait(ctx, byteWrite); err != nil {
		return err
	}
	defer c.lock.release(byteWrite)
	ways, err := c.Ways(ctx)
	if err != nil {
		return err
	}
	for _, name := range preparedFiles(dir) {
		path := filepath.Join(dir, name)
		way, listed := find(ways, strings.TrimPrefix(name, newPrefix))
		settle := func() error { return os.Remove(path) }
		if listed && way.isPrepared(c.dir) {
			settle = func() error { return os.Rename(path, filepath.Join(dir, way.File)) }
		}
		if err := settle(); err != nil {
			return fmt.Errorf("put a key file in its place: %w", durable.Nameless(err))
		}
	}
	return durable.SyncFolder(dir)
}

// The states of a way.
const (
	WaySound    = "sound"
	WayMissing  = "file missing"
	WayChanged  = "file changed"
	WayUnlisted = "not on the list"
)

// WayState is a way, or a key file that should be none, as it lies there now.
type WayState struct {
	Way
	State string
}

// WayStates holds the roster against the keys folder. Without a roster, all
// that lies there is sound.
func (c *Case) WayStates(ctx context.Context) (states []WayState, err error) {
	err = c.View(ctx, func(tx Tx) (err error) {
		states, err = wayStates(c.dir, tx)
		return err
	})
	return states, err
}

func wayStates(dir string, tx Tx) (states []WayState, err error) {
	ways, err := Roster(tx)
	if err != nil {
		return nil, err
	}
	files, err := key.Files(KeysFolder(dir))
	if err != nil {
		return nil, err
	}
	lying := map[string]key.File{}
	for _, f := range files {
		lying[f.Name()] = f
	}
	for _, w := range ways {
		state := WaySound
		if f, there := lying[w.File]; !there && !w.isPrepared(dir) {
			state = WayMissing
		} else if there && !slices.Equal(digestBytes(f.Bytes), w.Digest) {
			state = WayChanged
		}
		delete(lying, w.File)
		states = append(states, WayState{w, state})
	}
	for _, f := range files {
		if _, left := lying[f.Name()]; !left {
			continue
		}
		state := WayUnlisted
		if ways == nil {
			state = WaySound
		}
		states = append(states, WayState{Way{File: f.Name(), Kind: f.Kind()}, state})
	}
	return states, nil
}

// isPrepared tells whether the next opening to write puts the file in place.
func (w Way) isPrepared(dir string) bool {
	b, err := os.ReadFile(filepath.Join(KeysFolder(dir), newPrefix+w.ID()))
	return err == nil && slices.Equal(digestBytes(b), w.Digest)
}

func preparedFiles(dir string) (names []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // an audit says so
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), newPrefix) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names
}

func find(ways []Way, id string) (Way, bool) {
	i := slices.IndexFunc(ways, func(w Way) bool { return w.ID() == id })
	if i < 0 {
		return Way{}, false
	}
	return ways[i], true
}
