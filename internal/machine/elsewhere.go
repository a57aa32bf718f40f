package machine

import (
	"os"
	"path/filepath"
	"strings"
)

// synced are names of folders, or of files in a folder, that programs which
// copy it elsewhere leave there.
var synced = []string{
	".dropbox", ".dropbox.cache", ".stfolder", ".sync", ".nextcloudsync.log", ".owncloudsync.log",
	".tresorit", ".seafile-data", ".insync.db", ".megaignore", ".pcloud", "desktop.ini.onedrive",
}

var syncedFolders = []string{"dropbox", "onedrive", "google drive", "googledrive", "icloud drive", "nextcloud", "owncloud", "mega", "pcloud", "pcloudsync", "seafile", "syncthing", "sync"}

// Elsewhere says why what is written at path may not stay on this computer:
// "a git tree", "a synchronised folder", "a network share"; empty if nothing
// speaks for that.
func Elsewhere(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(real, filepath.Base(path))
	}
	if _, remote := FileSystem(filepath.Dir(path)); remote {
		return "a network share"
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if exists(filepath.Join(dir, ".git")) {
			return "a git tree"
		}
		if isSynced(dir) {
			return "a synchronised folder"
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

func isSynced(dir string) bool {
	base := strings.ToLower(filepath.Base(dir))
	for _, name := range syncedFolders {
		if base == name || strings.HasPrefix(base, name+" ") || strings.HasPrefix(base, name+"-") {
			return true
		}
	}
	for _, name := range synced {
		if exists(filepath.Join(dir, name)) {
			return true
		}
	}
	matches, _ := filepath.Glob(filepath.Join(dir, ".sync_*.db"))
	return len(matches) > 0
}

func exists(path string) bool { _, err := os.Lstat(path); return err == nil }
