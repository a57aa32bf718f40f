package pipeline_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"io/fs"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"vidimus"
	"vidimus/archive"
	"vidimus/internal/casetest"
	"vidimus/internal/sealed"
	"vidimus/pipeline"
	"vidimus/search/fts"
)

// stress tells whether the long form of a proof was asked for.
func stress() bool { return os.Getenv("VIDIMUS_STRESS") != "" }

// closedCase makes a case with texts, small and large originals, readings and
// an index, and closes it in order.
func closedCase(t testing.TB, files int) (dir string, keys casetest.Keys) {
	t.Helper()
	dir, keys = casetest.Make(t)
	from := texts(t, files)
	for i := range 3 { // larger than what lies in the records
		write(t, filepath.Join(from, fmt.Sprintf("large%d.txt", i)), strings.Repeat(fmt.Sprintf("large text %d, ", i), 9000<<i))
	}
	addTo(t, dir, keys, from)
	return dir, keys
}

// addTo opens a case, adds to it and closes it, its index first.
func addTo(t testing.TB, dir string, keys casetest.Keys, from string) {
	t.Helper()
	c := casetest.Open(t, dir, keys)
	if err := c.Writing(t.Context()); err != nil {
		t.Fatal(err)
	}
	x := index(t, c)
	add(t, c, x, from)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
}

func look(seen string) pipeline.Look {
	e := casetest.Engines()
	e.Seen = archive.Seen{Dir: seen}
	return pipeline.Look{
		Engines: e,
		Walk: func(path string, key [32]byte, bad func(int64)) (int64, error) {
			return sealed.Walk(path, key[:], bad)
		},
		Index: func(c *archive.Case) (pipeline.SoundIndex, error) {
			key := c.IndexKey()
			x, err := fts.Open(c.IndexPath(), fts.Options{Key: key[:], ReadOnly: true})
			if fts.Unusable(err) {
				err = pipeline.ErrNoIndex
			}
			return x, err
		},
	}
}

func audit(t testing.TB, dir string, keys casetest.Keys, l pipeline.Look) archive.Audit {
	t.Helper()
	a, err := pipeline.Audit(t.Context(), dir, keys, l)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// snapshot is all files of a folder by their relative names.
type snapshot map[string][]byte

func snap(t testing.TB, dir string) snapshot {
	t.Helper()
	s := snapshot{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		s[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lay makes the folder be exactly the snapshot.
func (s snapshot) lay(t testing.TB, dir string) {
	t.Helper()
	for name := range snap(t, dir) {
		if _, ok := s[name]; !ok {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, b := range s {
		if was, err := os.ReadFile(filepath.Join(dir, name)); err == nil && bytes.Equal(was, b) {
			continue
		}
		write(t, filepath.Join(dir, name), string(b))
	}
}

func (s snapshot) equal(o snapshot) bool {
	if len(s) != len(o) {
		return false
	}
	for name, b := range s {
		if was, ok := o[name]; !ok || !bytes.Equal(was, b) {
			return false
		}
	}
	return true
}

func (s snapshot) names() (names []string) {
	for name := range s {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// served is everything that the case gives as content: texts and originals.
func served(ctx context.Context, dir string, keys casetest.Keys) map[string]string {
	all := map[string]string{}
	c, err := archive.Open(ctx, dir, keys, casetest.Engines(), archive.ToRead)
	if err != nil {
		return all
	}
	defer c.Close()
	c.View(ctx, func(tx archive.Tx) error {
		files, _ := tx.Files().List(0, 1000)
		for _, f := range files {
			serveOriginal(c, tx, f, all)
			readings, _ := tx.Readings().Current(f.Item)
			for _, r := range readings {
				if p, err := tx.Readings().Page(r.Number, 1); err == nil {
					all["text of "+string(f.Item)] = p.Text
				}
			}
		}
		return nil
	})
	return all
}

func serveOriginal(c *archive.Case, tx archive.Tx, f vidimus.File, all map[string]string) {
	o, err := tx.Originals().Get(f.Digest)
	if err != nil {
		return
	}
	r, err := c.OpenOriginal(o)
	if err != nil {
		return
	}
	defer r.Close()
	if b, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size())); err == nil {
		all["original of "+string(f.Item)] = string(b)
	}
}

// A single bit is flipped anywhere in a closed case: the audit names the file,
// and nothing but what was taken in is ever served as content.
func TestEveryFlippedBitOfAClosedCaseIsNamed(t *testing.T) {
	rounds := 60
	if stress() {
		rounds = 1000
	}
	dir, keys := closedCase(t, 12)
	if a := audit(t, dir, keys, look("")); len(a.Findings) > 0 || len(a.Notes) > 0 {
		t.Fatalf("unspoiled: %+v", a)
	}
	whole, truth := snap(t, dir), served(t.Context(), dir, keys)
	if len(truth) < 25 {
		t.Fatalf("the case serves %d things only", len(truth))
	}
	random, names, per := mathrand.New(mathrand.NewPCG(3, 1)), whole.names(), map[string]int{}
	for i := range rounds {
		name := names[i%len(names)] // every file in turn, then any bit in it
		if i%3 == 0 {
			name = pickByBytes(random, whole)
		}
		if len(whole[name]) == 0 || strings.HasPrefix(name, "keys/") {
			continue // the lock is empty; the key file is a stand-in here: cmd flips real ones
		}
		b, at := bytes.Clone(whole[name]), random.IntN(len(whole[name])*8)
		b[at/8] ^= 1 << (at % 8)
		write(t, filepath.Join(dir, name), string(b))
		a := audit(t, dir, keys, look(""))
		if !slices.ContainsFunc(a.Findings, func(f archive.Finding) bool { return f.File == name }) {
			t.Errorf("bit %d of %s: %+v", at, name, a.Findings)
		}
		for what, got := range served(t.Context(), dir, keys) {
			if truth[what] != got {
				t.Errorf("bit %d of %s: %s is served as something else", at, name, what)
			}
		}
		per[strings.SplitN(name, "/", 2)[0]]++
		whole.lay(t, dir)
	}
	t.Logf("flips named, by file: %v", per)
}

func pickByBytes(random *mathrand.Rand, s snapshot) string {
	total := 0
	for _, b := range s {
		total += len(b)
	}
	at := random.IntN(total)
	for _, name := range s.names() {
		if at -= len(s[name]); at < 0 {
			return name
		}
	}
	panic("unreachable")
}

// Files of several generations are mixed, emptied, swapped, removed and added:
// whatever the folder never was is noticed, except an index that is older.
func TestEveryMixtureOfGenerationsIsNoticed(t *testing.T) {
	rounds := 60
	if stress() {
		rounds = 1000
	}
	dir, keys := closedCase(t, 4)
	states := []snapshot{snap(t, dir)}
	for range 3 {
		from := t.TempDir()
		write(t, filepath.Join(from, "more.txt"), rand.Text())
		write(t, filepath.Join(from, "large.txt"), strings.Repeat(rand.Text(), 2000))
		addTo(t, dir, keys, from)
		states = append(states, snap(t, dir))
	}
	random := mathrand.New(mathrand.NewPCG(4, 1))
	noticed, skipped := 0, 0
	for range rounds {
		mixed, what := mix(random, states)
		if slices.ContainsFunc(states, mixed.equal) || onlyIndexDiffers(mixed, states) {
			skipped++
			continue
		}
		mixed.lay(t, dir)
		if a := audit(t, dir, keys, look("")); len(a.Findings) == 0 {
			t.Errorf("not noticed: %s; %+v", what, a)
		}
		noticed++
	}
	t.Logf("%d mixtures noticed, %d were a state that the folder had (or one with another sound index)", noticed, skipped)
	if noticed < rounds/2 {
		t.Error("too few mixtures were tried")
	}
	for i, s := range states {
		s.lay(t, dir)
		if a := audit(t, dir, keys, look("")); len(a.Findings) > 0 {
			t.Errorf("state %d by itself: %+v", i, a.Findings)
		}
	}
}

func onlyIndexDiffers(mixed snapshot, states []snapshot) bool {
	for _, s := range states {
		with := snapshot{}
		for name, b := range mixed {
			with[name] = b
		}
		delete(with, "index.db")
		if was, ok := s["index.db"]; ok {
			with["index.db"] = was
		}
		if with.equal(s) {
			return len(mixed["index.db"]) > 0 || mixed["index.db"] == nil
		}
	}
	return false
}

// mix starts from the newest state and spoils one to three files.
func mix(random *mathrand.Rand, states []snapshot) (snapshot, string) {
	mixed, said := snapshot{}, []string{}
	for name, b := range states[len(states)-1] {
		mixed[name] = b
	}
	for range 1 + random.IntN(3) {
		names := mixed.names()
		name, old := names[random.IntN(len(names))], states[random.IntN(len(states)-1)]
		if random.IntN(2) == 0 { // what matters most, more often
			name = []string{"records.db", "head", "seal", "index.db"}[random.IntN(4)]
		}
		switch random.IntN(5) {
		case 0, 1:
			if b, ok := old[name]; ok {
				mixed[name] = b
			}
			said = append(said, "back: "+name)
		case 2:
			mixed[name] = nil
			if random.IntN(2) == 0 {
				delete(mixed, name)
			}
			said = append(said, "emptied or removed: "+name)
		case 3:
			other := names[random.IntN(len(names))]
			mixed[name], mixed[other] = mixed[other], mixed[name]
			said = append(said, "swapped: "+name+" "+other)
		case 4:
			mixed["blobs/aa/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] = []byte(rand.Text())
			said = append(said, "added a blob")
		}
	}
	return mixed, strings.Join(said, ", ")
}

// The whole folder is put back: the machine that saw the newer one notices,
// and so does anybody with a stub.
func TestAWholeFolderPutBackIsNoticed(t *testing.T) {
	dir, keys := closedCase(t, 3)
	seen := t.TempDir()
	before := snap(t, dir)
	if a := audit(t, dir, keys, look(seen)); len(a.Findings) > 0 {
		t.Fatalf("%+v", a.Findings)
	}
	addTo(t, dir, keys, texts(t, 5))
	stub := stubOf(t, dir, keys)
	if a := audit(t, dir, keys, look(seen)); len(a.Findings) > 0 {
		t.Fatalf("the newer state: %+v", a.Findings)
	}
	before.lay(t, dir)
	if a := audit(t, dir, keys, look(seen)); len(a.Findings) == 0 {
		t.Error("a machine that saw the newer state noticed nothing")
	}
	if a := audit(t, dir, keys, look("")); len(a.Findings) > 0 {
		t.Errorf("a machine that saw nothing cannot know: %+v", a.Findings)
	}
	l := look("")
	l.Stub = stub
	if a := audit(t, dir, keys, l); len(a.Findings) == 0 {
		t.Error("the stub noticed nothing")
	}
}

func stubOf(t testing.TB, dir string, keys casetest.Keys) string {
	t.Helper()
	c, err := archive.Open(t.Context(), dir, keys, casetest.Engines(), archive.ToRead)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	stub, err := c.Stub(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return stub
}

// BenchmarkAudit gives how fast a closed case of 200 MB is audited, on one core.
func BenchmarkAudit(b *testing.B) {
	dir, keys := casetest.Make(b)
	from := b.TempDir()
	for i := range 4 {
		large := make([]byte, 48<<20)
		rand.Read(large)
		write(b, filepath.Join(from, fmt.Sprintf("%d.bin", i)), string(large))
	}
	for i := range 300 {
		write(b, filepath.Join(from, fmt.Sprintf("%d.txt", i)), strings.Repeat(rand.Text()+" ", 800))
	}
	addTo(b, dir, keys, from)
	total := int64(0)
	for _, content := range snap(b, dir) {
		total += int64(len(content))
	}
	b.SetBytes(total)
	began, rounds := processorTime(b), 0
	for b.Loop() {
		rounds++
		if a := audit(b, dir, keys, look("")); len(a.Findings) > 0 {
			b.Fatalf("%+v", a.Findings)
		}
	}
	b.ReportMetric(float64(rounds)*float64(total)/1e9/(processorTime(b)-began).Seconds(), "GB/core-s")
}

// processorTime is what this process has used so far: others may keep the
// cores busy.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
