package archive

import "vidimus/custody"

// Checkpoint signs the custody log as it stands in a unit of work.
func (c *Case) Checkpoint(tx Tx) ([]byte, error) { return custody.Checkpoint(tx.Log(), c.signer) }
