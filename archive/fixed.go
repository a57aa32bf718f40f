package archive

import (
	"encoding/json"
	"errors"
	"fmt"

	"vidimus/custody"
)

// fixedLists are settings whose newest digest stands in the log, by the field
// of an entry that holds it.
var fixedLists = map[string]string{"signers": settingSigners, "vault": settingVault, "spellings": settingSpellings, "holds": settingHolds}

// putFixed stores a list and has the log fix it under this field.
func (w *Work) putFixed(field string, list any, e custody.Entry) error {
	b, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("store a list: %w", err)
	}
	e.Fields[field] = Encode(digestBytes(b))
	w.Register(e)
	return w.Settings().Put(fixedLists[field], b)
}

// getFixed reads a list; one that was never stored stays as it is.
func getFixed(tx Tx, field string, list any) error {
	b, err := tx.Settings().Get(fixedLists[field])
	if errors.Is(err, ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	if err := json.Unmarshal(b, list); err != nil {
		return fmt.Errorf("the case's list of its %s is damaged", field)
	}
	return nil
}

// fixed holds the lists against the newest entries that fix them.
func (a *auditor) fixed(tx Tx, newest map[string]string) {
	for field, setting := range fixedLists {
		b, err := tx.Settings().Get(setting)
		if errors.Is(err, ErrNotFound) && newest[field] == "" {
			continue
		}
		if err != nil || newest[field] != Encode(digestBytes(b)) {
			a.find(recordsFile, "", "the case's list of its %s is not the one that the log fixes", field)
		}
	}
}
