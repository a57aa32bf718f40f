package archive

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vidimus/custody"
)

// ways holds the keys folder against the ways that the records know, and
// those against the log entry that fixes them.
func (a *auditor) ways(tx Tx, fixed custody.Entry) {
	ways, err := Roster(tx)
	if err != nil {
		a.find(recordsFile, "", "%v", err)
		return
	}
	if stored, err := tx.Settings().Get(settingWays); text(fixed, "roster") != "" {
		if err != nil || text(fixed, "roster") != Encode(digestBytes(stored)) {
			a.find(recordsFile, "", "the list of the ways into the case is not the one that the log fixes")
		}
	}
	if ways == nil {
		a.NotChecked = append(a.NotChecked, "key files that were put back from an earlier day: this case keeps no list of them until a way is added or removed")
		return
	}
	for _, way := range ways {
		b, err := os.ReadFile(filepath.Join(a.dir, keysFolder, way.File))
		if err != nil {
			a.find(keysFolder+"/"+way.File, "", "is gone")
		} else if sum := sha256.Sum256(b); !slices.Equal(sum[:], way.Digest) {
			a.find(keysFolder+"/"+way.File, "", "is not the key file that was made")
		}
	}
	a.strangeKeys(ways)
	a.count("ways into the case", int64(len(ways)))
}

// strangeKeys finds key files that nobody added.
func (a *auditor) strangeKeys(ways []Way) {
	entries, err := os.ReadDir(filepath.Join(a.dir, keysFolder))
	if err != nil {
		return // said by folder
	}
	for i, e := range entries {
		known := slices.ContainsFunc(ways, func(w Way) bool { return w.File == e.Name() })
		if !known && strings.HasSuffix(e.Name(), keySuffix) {
			a.find(keysFolder, "", "entry %d, in the order of names, is a key file that nobody added: an earlier way in, or one for a stranger", i+1)
		}
	}
}
