package archive

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"vidimus"
	"vidimus/custody"
)

// Names of files and folders in a case; spec/archive.md draws them.
const (
	keysFolder  = "keys"
	recordsFile = "records.db"
	indexFile   = "index.db"
	blobsFolder = "blobs"
	blobsTemp   = "tmp"
	keySuffix   = ".age"
)

// Settings that the case keeps among its records.
const (
	settingCase       = "case"
	settingGeneration = "generation"
	settingBlobNames  = "blob-name-key"
	settingLogSigner  = "log-signer"
	settingLogCheck   = "log-verifier"
	settingPractice   = "practice"
)

// Keys are the keys that the case key derives.
type Keys interface {
	Records() [32]byte
	Index() [32]byte
	Head() [32]byte
}

// Engines makes the parts of a case. cmd names the implementations.
type Engines struct {
	Records func(path string, key [32]byte, readOnly bool) (Records, error)
	Blobs   func(dir string, readOnly bool) (Blobs, error)
	// BlobName gives the keyed name of a digest.
	BlobName func(key [32]byte, d vidimus.Digest) BlobName
	// CopyBlob puts an original into another store as it is, if it is not
	// there yet, and tells how many bytes it wrote. One that is not sound is
	// ErrUnsound.
	CopyBlob func(ctx context.Context, from, to Blobs, o Original) (int64, error)
	// Seen is what this machine remembers of cases; none when zero.
	Seen Seen
}

// Case is an open case.
type Case struct {
	Format Format
	Blobs  Blobs
	// Practice is set in a case that holds invented documents only.
	Practice bool

	dir      string
	keys     Keys
	engines  Engines
	records  Records
	lock     *lock    // nil when opened to read
	use      *use     // nil while the case is being made
	old      []string // records of an older format, to be removed at the next clean close
	blobKey  [32]byte
	signer   custody.Signer
	verifier custody.Verifier

	writing sync.Mutex // one unit of work at a time in this process
	head    Head       // newest we wrote or read; guarded by writing
	begun   bool       // this process has written since it opened the case; guarded by writing
	units   int        // of work done since; guarded by writing
	kept    int64      // generation that this machine remembers; guarded by writing
	keptAt  time.Time
	unkept  error // why it does not remember a newer one

	unerased bool // a disposal is not finished
}

// KeysFolder is where the ways into the case in dir lie.
func KeysFolder(dir string) string { return filepath.Join(dir, keysFolder) }

// NewID makes the id of a new case.
func NewID() string {
	var b [10]byte
	rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// Make lays out an empty case in dir, whose keys folder exists already. The
// format file comes last: a folder without it is not a case.
//
// Further work happens in its first unit of work.
func Make(ctx context.Context, dir, id string, keys Keys, e Engines, practice bool, further ...func(*Work) error) error {
	if err := os.Mkdir(filepath.Join(dir, blobsFolder), 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return errors.New("the case's folder cannot be written")
	}
	records, err := e.Records(filepath.Join(dir, recordsFile), keys.Records(), false)
	if err != nil {
		return err
	}
	lock, err := openLock(dir)
	if err != nil {
		records.Close()
		return err
	}
	c := &Case{dir: dir, keys: keys, engines: e, records: records, lock: lock}
	defer c.Close()
	c.signer, err = custody.NewSigner()
	if err != nil {
		return err
	}
	rand.Read(c.blobKey[:])
	err = c.Do(ctx, func(w *Work) error {
		err := c.settle(w, id, practice)
		for _, more := range further {
			err = errors.Join(err, more(w))
		}
		return err
	})
	if err != nil {
		return err
	}
	return writeFormat(dir, Format{Version: Version, ID: id})
}

// settle stores what the case knows about itself from the first day.
func (c *Case) settle(w *Work, id string, practice bool) error {
	s := w.Settings()
	err := errors.Join(
		s.Put(settingCase, []byte(id)),
		s.Put(settingBlobNames, c.blobKey[:]),
		s.Put(settingLogSigner, []byte(c.signer.Secret())),
		s.Put(settingLogCheck, []byte(c.signer.Verifier().String())),
	)
	if practice {
		err = errors.Join(err, s.Put(settingPractice, []byte{1}))
	}
	w.Register(custody.Entry{Kind: custody.Create, Fields: map[string]any{"case": id, "format": Version}})
	return err
}

// Mode says what a case is opened for.
type Mode bool

// The modes.
const (
	ToRead  Mode = false
	ToWrite Mode = true
)

// Open opens the case in dir with the keys that its case key derives.
func Open(ctx context.Context, dir string, keys Keys, e Engines, mode Mode) (*Case, error) {
	c, err := openOnce(ctx, dir, keys, e, mode)
	if err != nil || !c.unerased {
		return c, err
	}
	if err := errors.Join(c.Close(), finishDisposal(ctx, dir, keys, e)); err != nil {
		return nil, err
	}
	return openOnce(ctx, dir, keys, e, mode)
}

func openOnce(ctx context.Context, dir string, keys Keys, e Engines, mode Mode) (*Case, error) {
	u, err := takeUse(ctx, dir)
	if err != nil {
		return nil, err
	}
	c, err := open(ctx, dir, keys, e, mode, u)
	if err != nil {
		u.Close() // again, where the case was closed: it has gone then
		return nil, err
	}
	return c, nil
}

func open(ctx context.Context, dir string, keys Keys, e Engines, mode Mode, u *use) (*Case, error) {
	format, err := ReadFormat(dir)
	if err != nil {
		return nil, err
	}
	c := &Case{Format: format, dir: dir, keys: keys, engines: e, use: u}
	// The head is read before the records: a commit in between only makes
	// the records newer, which the log proves.
	if c.head, err = readHead(dir, keys.Head()); err != nil {
		return nil, err
	}
	if c.records, err = openRecords(dir, keys, e, mode); err != nil {
		return nil, err
	}
	if c.Blobs, err = e.Blobs(filepath.Join(dir, blobsFolder), mode == ToRead); err != nil {
		c.records.Close()
		return nil, err
	}
	if mode == ToWrite {
		if c.lock, err = openLock(dir); err != nil {
			c.Close()
			return nil, err
		}
	}
	if err := c.load(ctx); err != nil {
		c.Close()
		return nil, err
	}
	if err := c.remembered(ctx); err != nil {
		c.Close()
		return nil, err
	}
	if mode == ToWrite {
		if c.old, err = oldRecords(dir); err != nil {
			c.Close()
			return nil, err
		}
	}
	if err := c.renew(ctx, mode); err != nil {
		c.old = nil
		c.Close()
		return nil, err
	}
	if mode == ToWrite {
		if err := errors.Join(c.settleWays(ctx), c.settleVault(ctx)); err != nil {
			c.Close()
			return nil, err
		}
	}
	return c, nil
}

// openRecords opens records that must be there: an empty database in their
// place would be an older copy of a kind.
func openRecords(dir string, keys Keys, e Engines, mode Mode) (Records, error) {
	path := filepath.Join(dir, recordsFile)
	_, err := os.Lstat(path)
	if err == nil {
		var r Records
		if r, err = e.Records(path, keys.Records(), mode == ToRead); err == nil {
			return r, nil
		}
	}
	if errors.Is(err, os.ErrNotExist) {
		err = errors.New("the case's records are gone")
	}
	if vidimus.HintOf(err) == "" {
		err = vidimus.WithHint(err, "put the whole folder back from one backup; `vidimus audit` says more")
	}
	return nil, err
}

// Reopen opens the same case once more, in another mode.
func (c *Case) Reopen(ctx context.Context, mode Mode) (*Case, error) {
	return Open(ctx, c.dir, c.keys, c.engines, mode)
}

// load reads the case's settings and holds the records against the head.
func (c *Case) load(ctx context.Context) error {
	return c.records.View(ctx, func(tx Tx) error {
		s := tx.Settings()
		id, err := s.Get(settingCase)
		if err != nil {
			return errOlder()
		}
		if string(id) != c.Format.ID {
			return vidimus.WithHint(errors.New("the case's files belong to different cases"), "put the whole folder back from one backup")
		}
		names, err1 := s.Get(settingBlobNames)
		signer, err2 := s.Get(settingLogSigner)
		check, err3 := s.Get(settingLogCheck)
		if err := errors.Join(err1, err2, err3); err != nil {
			return fmt.Errorf("the case's settings are incomplete: %w", err)
		}
		copy(c.blobKey[:], names)
		if c.signer, err = custody.ParseSigner(string(signer)); err != nil {
			return err
		}
		if c.verifier, err = custody.ParseVerifier(string(check)); err != nil {
			return err
		}
		practice, err := s.Get(settingPractice)
		c.Practice = err == nil && len(practice) > 0
		_, err = s.Get(settingErasing)
		c.unerased = err == nil
		return c.against(tx, c.head)
	})
}

func errOlder() error {
	return vidimus.WithHint(errors.New("the records are older than the case's head: an older copy was put back, or commits were lost"),
		"put the whole folder back from one backup; `vidimus audit` says more")
}

// against holds the records against a head: they must be at least as new, and
// the head's log must be the beginning of theirs.
func (c *Case) against(tx Tx, h Head) error {
	generation, err := generation(tx)
	if err != nil {
		return err
	}
	if generation < h.Generation {
		return errOlder()
	}
	if err := custody.Consistent(tx.Log(), c.verifier, h.Checkpoint); err != nil {
		return vidimus.WithHint(fmt.Errorf("the custody log does not continue the one that the case's head names: %w", err),
			"put the whole folder back from one backup; `vidimus audit` says more")
	}
	return nil
}

func generation(tx Tx) (int64, error) {
	b, err := tx.Settings().Get(settingGeneration)
	if errors.Is(err, ErrNotFound) {
		return 0, nil
	} else if err != nil {
		return 0, err
	}
	if len(b) != 8 {
		return 0, errors.New("the case's generation is damaged")
	}
	return int64(binary.BigEndian.Uint64(b)), nil
}

// Dir is the case's folder.
func (c *Case) Dir() string { return c.dir }

// IndexPath is where the index's file lies. Writing comes before it is opened
// to write.
func (c *Case) IndexPath() string { return filepath.Join(c.dir, indexFile) }

// IndexKey opens it.
func (c *Case) IndexKey() [32]byte { return c.keys.Index() }

// BlobName is the keyed name of a digest in this case.
func (c *Case) BlobName(d vidimus.Digest) BlobName { return c.engines.BlobName(c.blobKey, d) }

// Verifier checks the custody log's checkpoints.
func (c *Case) Verifier() custody.Verifier { return c.verifier }

// View runs reads on one consistent state.
func (c *Case) View(ctx context.Context, work func(Tx) error) error {
	return c.records.View(ctx, work)
}

// Close ends the use of the case.
func (c *Case) Close() error {
	defer c.use.Close()
	if c.records == nil { // its keys were changed: this is the case no longer
		return c.lock.Close()
	}
	err := c.records.Close()
	if err == nil {
		err = c.dropOld()
	}
	if c.lock != nil {
		c.keepHead(true)
		if err == nil {
			err = c.sealUp()
		}
		c.begun = false
		err = errors.Join(err, c.lock.Close())
	}
	return err
}
