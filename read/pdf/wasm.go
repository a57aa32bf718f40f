package pdf

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vidimus"
)

// The build copies pdfium.wasm and its licences into files; a fresh clone has
// only the folder, so that it compiles before npm has run.
//
//go:embed all:files
var files embed.FS

// Wasm gives the engine's code.
func Wasm() ([]byte, error) {
	code, err := files.ReadFile("files/pdfium.wasm")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, vidimus.WithHint(errors.New("load pdfium: this binary was built without it"), "run make build")
	}
	return code, err
}

// Licences gives the licence texts of the engine by file name.
func Licences() (map[string]string, error) {
	texts := map[string]string{}
	for _, name := range []string{"LICENSE", "LICENSE.pdfium"} {
		text, err := files.ReadFile("files/" + name)
		if err != nil {
			return nil, vidimus.WithHint(fmt.Errorf("read pdfium's licence: %w", err), "run make build")
		}
		texts[name] = string(text)
	}
	return texts, nil
}

// cacheFolder is where the compiled form of exactly this code lies. It is
// native code that will run, so it belongs to its owner alone.
func cacheFolder(cacheDir string, code []byte) (string, error) {
	sum := sha256.Sum256(code)
	dir := filepath.Join(cacheDir, "pdfium-"+hex.EncodeToString(sum[:8]))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the cache of compiled code: %w", err)
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", fmt.Errorf("look at the cache of compiled code: %w", err)
	}
	if !info.IsDir() || info.Mode().Perm()&0o077 != 0 || !ownedByUs(info) {
		return "", vidimus.WithHint(errors.New("the cache of compiled code is open to others"), "remove the cache folder, it will be made again")
	}
	return dir, nil
}
