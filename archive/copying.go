package archive

import "context"

// newPrefix begins the names of what is not in its place yet; what a kill left
// of that may be deleted.
const newPrefix = ".new-"

// Copying is what records can do that can be copied while in use.
type Copying interface {
	// CopyTo writes the records as they stand to a new file, under a key of
	// its choice, and makes it durable.
	CopyTo(ctx context.Context, path string, key [32]byte) error
}

// Migrating is what records can do whose schema has a version.
type Migrating interface {
	// Schema gives the schema that the records have and the one that this
	// program needs.
	Schema(ctx context.Context) (have, want int, err error)
	// Migrate brings the schema up to date and runs work, in one transaction.
	Migrate(ctx context.Context, work func(Tx) error) error
}
