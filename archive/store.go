package archive

import (
	"context"
	"errors"
	"io"

	"vidimus"
)

// Errors that callers decide on. Every implementation returns these.
var (
	ErrNotFound = errors.New("not in this case")
	ErrReadOnly = errors.New("this unit of work only reads")
)

// Records holds everything of a case but the originals' bytes. Do and View
// hand over a Tx that is dead once they return.
type Records interface {
	// Do runs one unit of work: all of it happens, or nothing.
	Do(ctx context.Context, work func(Tx) error) error
	// View runs reads on one consistent state; writes give ErrReadOnly.
	View(ctx context.Context, work func(Tx) error) error
	Close() error
}

// Tx reaches the aggregates within one unit of work.
type Tx interface {
	Files() Files
	Readings() Readings
	Jobs() Jobs
	Originals() Originals
	Log() Log
	Outbox() Outbox
	Settings() Settings
	Mentions() Mentions
	Passages() Passages
	Disposal() Disposal
}

// Files are the items of the case and the sources they came from.
type Files interface {
	// AddSource stores s; its number must be the next one.
	AddSource(s vidimus.Source) error
	Sources() ([]vidimus.Source, error)
	// Put stores f, replacing an item of the same id. A new item has Order 0
	// and is given the next one.
	Put(f vidimus.File) error
	Get(item vidimus.ItemID) (vidimus.File, error)
	// ByDigest gives the first item with this content that is no duplicate.
	ByDigest(d vidimus.Digest) (vidimus.File, error)
	// ByPath gives the newest item of this path, or ErrNotFound.
	ByPath(source int, parent vidimus.ItemID, path string) (vidimus.File, error)
	// List gives up to limit items with Order > after, in that order.
	List(after int64, limit int) ([]vidimus.File, error)
	// Under gives up to limit items of a source that were found in parent,
	// its top items where that is empty, in the order of their paths' bytes
	// and then of intake: those that come after path and order.
	Under(source int, parent vidimus.ItemID, path string, order int64, limit int) ([]vidimus.File, error)
	// OfReason gives up to limit items with this reason and Order > after.
	OfReason(reason vidimus.Reason, after int64, limit int) ([]vidimus.File, error)
	// Counts gives the arithmetic; it does not walk all items.
	Counts() (vidimus.Counts, error)
}

// Readings are the pages that readers gave. A reading is invisible to Page,
// Pages and Current until it is finished.
type Readings interface {
	// Begin stores r as building and gives it its number.
	Begin(r vidimus.Reading) (int64, error)
	// AddPages appends pages to a building reading.
	AddPages(reading int64, pages []vidimus.Page) error
	// Finish makes the reading its file's current one of its kind and puts
	// its pages, and the removal of those it replaces, into the outbox.
	Finish(reading int64) error
	// Current gives the readings of an item that nothing has superseded, one
	// of each kind, newest last.
	Current(item vidimus.ItemID) ([]vidimus.Reading, error)
	Get(reading int64) (vidimus.Reading, error)
	// Page gives one page with its places, or ErrNotFound.
	Page(reading int64, number int) (vidimus.Page, error)
	// Pages gives up to limit pages with Number > after, without places.
	Pages(reading int64, after, limit int) ([]vidimus.Page, error)
	// All gives up to limit readings with Number > after that nothing has
	// superseded. Superseded ones stay: Get, Page and Pages know them.
	All(after int64, limit int) ([]vidimus.Reading, error)
	// Producers gives how many readings that nothing has superseded each
	// producer made.
	Producers() (map[vidimus.Producer]int, error)
	// Unfinished gives the readings of an item that are still building.
	Unfinished(item vidimus.ItemID) ([]vidimus.Reading, error)
	// Ahead gives up to limit pages with Number > after that a building
	// reading was given, with their places.
	Ahead(reading int64, after, limit int) ([]vidimus.Page, error)
	// Renumber gives a building reading the next number where a later one is
	// finished, so that what is finished last has the highest number.
	Renumber(reading int64) (int64, error)
	// Drop removes a building reading with its pages.
	Drop(reading int64) error
	// DropBuilding removes all building readings, but those of the kind keep
	// where that is not empty.
	DropBuilding(keep string) (int, error)
}

// Jobs is the work that is still to do and what became of it.
type Jobs interface {
	// Put stores j, replacing the job of the same item and stage.
	Put(j vidimus.Job) error
	Get(item vidimus.ItemID, stage string) (vidimus.Job, error)
	// Claim takes up to n jobs in this state, in the order of intake, and
	// marks them running.
	Claim(stage string, from vidimus.JobState, n int) ([]vidimus.Job, error)
	// Requeue makes running jobs waiting again, without counting.
	Requeue() (int, error)
	// Count gives how many jobs of a stage are in a state.
	Count(stage string, s vidimus.JobState) (int, error)
}

// Original says where the bytes of a digest lie and opens them.
type Original struct {
	Digest vidimus.Digest
	Blob   BlobName
	Key    BlobKey
	Bytes  int64 // true length; the blob is padded
	Format int   // of the blob, spec/blob.md; or InRecords
	// Small holds the bytes of an original that lies in the records
	// themselves. List leaves it out.
	Small string
}

// InRecords is the format of originals of at most SmallBytes: a file of its
// own would cost each of them more than it holds.
const (
	InRecords  = 2
	SmallBytes = 32 << 10
)

// Originals maps digests to blobs. The records are the only place where a
// bare digest stands.
type Originals interface {
	Put(o Original) error
	Get(d vidimus.Digest) (Original, error)
	// List gives up to limit originals in the order of their blob names,
	// after the one named.
	List(after BlobName, limit int) ([]Original, error)
	Count() (int, error)
}

// Log keeps the custody log: hiding leaves, the bodies apart and sealed under
// keys of their own, and the tree's stored hashes (see package custody).
type Log interface {
	// Append stores the next entry; index must equal Size.
	Append(index int64, leaf [32]byte, body, key []byte) error
	Size() (int64, error)
	Leaf(index int64) ([32]byte, error)
	// Body gives the sealed body and its key; ErrNotFound once disposed of.
	Body(index int64) (body, key []byte, err error)
	// PutHashes stores tree hashes by their stored-hash index, appending.
	PutHashes(from int64, hashes [][32]byte) error
	Hashes(indexes []int64) ([][32]byte, error)
}

// Change tells an index about one page, its text or that it is gone, or about
// one file. A page's file is told of before it.
type Change struct {
	Seq    int64
	Page   int64 // vidimus.PageID; 0 when the change is about a file
	Text   string
	Remove bool
	Kind   string // of the page's reading
	File   int64  // vidimus.File.Order of the page's file, or of the one that changed
	About  About  // of the file that changed, as it is by now
}

// About is what an index may know of a file.
type About struct {
	Parent int64 // Order of the file that it was found in; 0 at the top
	Path   string
	Type   string
	State  vidimus.State
}

// AboutOf gives what an index may know of f. The order of its parent is for
// the caller to set.
func AboutOf(f vidimus.File) About { return About{Path: f.Path, Type: f.Type, State: f.State} }

// Outbox holds the changes that the index has not confirmed. It is filled in
// the same unit of work as the records it follows from.
type Outbox interface {
	// Next gives up to limit changes with Seq > after.
	Next(after int64, limit int) ([]Change, error)
	// Confirm forgets the changes up to seq.
	Confirm(seq int64) error
	// Last gives the number of the newest change ever made, 0 if none.
	Last() (int64, error)
	// Pending gives how many changes are not confirmed.
	Pending() (int, error)
}

// Mentions is what was understood of pages, what readers say of it, and the
// people whom they have entered as acting in public office. What was found is
// derived: a new Put stands for the one before. Rulings stay.
type Mentions interface {
	// Put stores what one producer found on a page of a reading, in place of
	// what was found there before.
	Put(reading int64, page int, by vidimus.Producer, found []vidimus.Mention) error
	// Page gives what was found on a page, in the order of Start, End, Kind,
	// and by whom; ErrNotFound where nobody has looked.
	Page(reading int64, page int) ([]vidimus.Mention, vidimus.Producer, error)
	// Stating gives the pages on which something was found that says what is
	// sought, sorted, each once. Rulings are not taken into account.
	Stating(s Sought) ([]int64, error)
	// Looked counts the pages of readings that nothing has superseded at which
	// this producer looked last, and those at which another did.
	Looked(by vidimus.Producer) (pages, others int, err error)
	// Rule stores a reader's word, in place of an earlier one on the mention.
	Rule(r vidimus.Ruling) error
	// Rulings gives those on a reading, in the order of the mentions' places;
	// of reading 0 those on all.
	Rulings(reading int64) ([]vidimus.Ruling, error)
	// AddOfficial stores o under the next number, and gives that.
	AddOfficial(o vidimus.Official) (int64, error)
	// RemoveOfficial gives ErrNotFound where there is none of the number.
	RemoveOfficial(number int64) error
	// Officials gives all, in the order of their numbers.
	Officials() ([]vidimus.Official, error)
}

// Settings are small sealed values: secrets that outlive a rotation, the
// generation, the case's name for itself.
type Settings interface {
	Get(name string) ([]byte, error)
	Put(name string, value []byte) error
}

// BlobName is a keyed name: it tells nothing to whoever holds the same file.
type BlobName string

// BlobKey opens one blob and no other.
type BlobKey [32]byte

// Blobs holds the originals' bytes, each encrypted under a key of its own.
type Blobs interface {
	// Put reads all of r while storing it. The name is asked for once the
	// digest is known; if a blob of that name is there, it stays and the
	// returned Original is zero. Nothing is durable before Sync.
	Put(ctx context.Context, r io.Reader, name func(vidimus.Digest) BlobName) (Original, error)
	// Sync makes all that was put durable.
	Sync() error
	// Open gives random access to the true bytes, authenticated as read.
	Open(o Original) (BlobReader, error)
	// Stat gives the padded size on disk.
	Stat(name BlobName) (int64, error)
	Delete(name BlobName) error
	// Destroy is Delete that first writes over what lies there, where the
	// medium writes in place.
	Destroy(name BlobName) error
	// List calls yield for every blob there, in the order of names.
	List(yield func(BlobName, int64) error) error
}

// BlobReader reads an opened blob.
type BlobReader interface {
	io.ReaderAt
	io.Closer
	Size() int64
}
