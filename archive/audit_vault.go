package archive

import (
	"os"
	"slices"
	"strings"

	"vidimus/custody"
)

// leftOut follows the log to tell whether this may be a copy that the vault
// was left out of.
type leftOut struct{ copied, restored bool }

func (l *leftOut) follow(e custody.Entry) {
	l.copied = false
	switch e.Kind {
	case custody.Backup:
		with, told := e.Fields["vault"].(bool)
		l.copied = told && !with
	case custody.Restore:
		l.restored = true
	case custody.Protect:
		l.restored = false
	}
}

// vault holds the vault's files against what the records know of them. It
// needs no key of the vault.
func (a *auditor) vault(tx Tx, out leftOut) {
	v, err := vaultOf(tx)
	if err != nil {
		a.find(recordsFile, "", "%v", err)
		return
	}
	entries, err := os.ReadDir(VaultFolder(a.dir))
	if len(entries) == 0 && v.Generation > 0 {
		if out.copied || out.restored {
			a.note(vaultFolder, "the vault of protected people is not in this copy; until it is put back no copy in clear can leave")
		} else {
			a.find(vaultFolder, "", "the vault of protected people is gone; until it is put back no copy in clear can leave")
		}
		return
	}
	if err != nil {
		return // there is none
	}
	for _, f := range v.Files {
		if _, err := v.read(a.dir, f.File); err != nil {
			a.find(vaultFolder+"/"+f.File, "", "is not the file that was made")
		}
	}
	for i, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, newPrefix) || slices.Contains(v.Gone, name):
			a.LeftOver++
		case !v.has(name):
			a.find(vaultFolder, "", "entry %d, in the order of names, is a file that nobody made", i+1)
		}
	}
	a.count("files of the vault", int64(len(v.Files)))
}

func (v vault) has(name string) bool {
	for _, f := range v.Files {
		if f.File == name {
			return true
		}
	}
	return false
}
