package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const pageSize = 4096 // of the databases

// maxRanges bounds what is said of one file; a whole one may be spoiled.
const maxRanges = 20

// walk looks at every page of a database and names ranges that do not check.
func (a *auditor) walk(name string, key [32]byte, walk Walk) {
	path := filepath.Join(a.dir, name)
	if info, err := os.Lstat(path); err == nil {
		a.tell("pages of "+name, 0, info.Size())
	}
	var bad ranges
	pages, err := walk(path, key, bad.add)
	if errors.Is(err, fs.ErrNotExist) && name == indexFile {
		return // derived; whoever opens it says so
	} else if err != nil {
		a.find(name, "", "cannot be read as a database: %v", err)
	}
	for i, r := range bad {
		if i == maxRanges {
			a.find(name, "", "%d further ranges of pages do not check", len(bad)-i)
			break
		}
		a.find(name, "", "%v not as written", r)
	}
	a.mark(name, bad)
	a.count("pages of "+name, pages)
}

// mark remembers the chunks in which pages do not check.
func (a *auditor) mark(name string, bad ranges) {
	if a.bad == nil {
		a.bad = map[string]map[int64]bool{}
	}
	a.bad[name] = map[int64]bool{}
	for _, r := range bad {
		for p := r.first; p <= r.last; p++ {
			a.bad[name][(p-1)*pageSize/sealChunk] = true
		}
	}
}

// ranges are runs of pages, in their order.
type ranges []pageRange

type pageRange struct{ first, last int64 }

func (r pageRange) String() string {
	if r.first == r.last {
		return fmt.Sprintf("page %d is", r.first)
	}
	return fmt.Sprintf("pages %d to %d are", r.first, r.last)
}

func (r *ranges) add(page int64) {
	if n := len(*r); n > 0 && (*r)[n-1].last+1 == page {
		(*r)[n-1].last = page
		return
	}
	*r = append(*r, pageRange{page, page})
}

// seal holds every file against the seal that the head names.
func (a *auditor) seal(h Head) {
	if h.Seal == ([32]byte{}) {
		if h.Checkpoint != nil {
			a.NotChecked = append(a.NotChecked, "whether single pages were put back from earlier: the case was not closed in order when it was last written to, so that it has no seal")
		}
		return
	}
	list, s, err := readSeal(a.dir, a.keys.Head(), h)
	if err != nil {
		a.find(sealFile, "", "%v", err)
		return
	}
	for i, was := range list.files {
		a.tell("the seal", int64(i), int64(len(list.files)))
		a.sealed(s, i, was)
	}
	for _, name := range a.unknownKeys(list) {
		a.find(name, "", "was not there when the case was closed")
	}
	n, digest, err := s.originals(a.dir)
	if err != nil {
		a.find(blobsFolder, "", "%v", err)
	} else if n != list.blobs || digest != list.blobNames {
		a.find(blobsFolder, "", "holds other files than when the case was closed: %d now, %d then", n, list.blobs)
	}
	a.count("files against the seal", int64(len(list.files))+n)
}

// sealed holds one file against what it was.
func (a *auditor) sealed(s sealer, number int, was sealedFile) {
	is, err := s.look(a.dir, number, was.name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && was.name == indexFile:
	case errors.Is(err, fs.ErrNotExist):
		a.find(was.name, "", "is gone")
	case err != nil:
		a.find(was.name, "", "cannot be read")
	case was.name == indexFile && !slices.Equal(is.tags, was.tags):
		a.IndexDiffers = len(a.bad[indexFile]) == 0
	case is.size != was.size:
		a.find(was.name, "", "has %d bytes; it had %d when the case was closed", is.size, was.size)
	default:
		a.chunks(is, was)
	}
}

func (a *auditor) chunks(is, was sealedFile) {
	var differ ranges
	for i := range is.tags {
		if chunk := int64(i); is.tags[i] != was.tags[i] && !a.bad[is.name][chunk] {
			for p := range int64(sealChunk / pageSize) {
				if page := chunk*(sealChunk/pageSize) + p; page*pageSize < is.size {
					differ.add(page + 1)
				}
			}
		}
	}
	for _, r := range differ[:min(len(differ), maxRanges)] {
		if strings.HasSuffix(is.name, ".db") {
			a.find(is.name, "", "%v not all as they were when the case was closed: older pages were put back", r)
			continue
		}
		a.find(is.name, "", "is not as it was when the case was closed")
	}
}

// unknownKeys are key files that a seal does not have.
func (a *auditor) unknownKeys(list seal) (names []string) {
	now, err := sealedNames(a.dir)
	if err != nil {
		return nil // said by folder
	}
	for _, name := range now {
		known := slices.ContainsFunc(list.files, func(f sealedFile) bool { return f.name == name })
		if !known && name == indexFile {
			a.IndexDiffers = len(a.bad[indexFile]) == 0
		} else if !known {
			names = append(names, keysFolder)
		}
	}
	return names
}
