package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"vidimus/archive"
	"vidimus/search"
	"vidimus/search/fts"
	"vidimus/writing"
)

// The peers are run by the system's Python.
const python = "/usr/bin/python3"

//go:embed peers/fts5.py
var fts5Peer string

//go:embed peers/xapian.py
var xapianPeer string

// indexedToFTS5 is how much more indexing may cost than C's FTS5 given tokens.
const indexedToFTS5 = 2.2

// asking measures an index of so many pages and questions to it, beside peers
// that are given the same tokens.
func asking(pages int) prepared {
	return func(_ context.Context, dir string) ([]measure, error) {
		made := sync.OnceValues(func() (*world, error) { return newWorld(filepath.Join(dir, "asking"), pages) })
		run := func(what func(*world, context.Context, *book) error) func(context.Context, *book) error {
			return func(ctx context.Context, b *book) error {
				w, err := made()
				if err != nil {
					return err
				}
				return what(w, ctx, b)
			}
		}
		return []measure{{"asking beside FTS5", run((*world).besideFTS5)}, {"asking beside Xapian", run((*world).besideXapian)}}, nil
	}
}

// world is the pages, in memory for ours and as tokens in a file for peers.
type world struct {
	dir     string
	pages   int
	changes []archive.Change
	classes []class
	seconds []float64 // ours, of the classes, in this round
}

func newWorld(dir string, pages int) (*world, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	w := &world{dir: dir, pages: pages, changes: writtenPages(pages)}
	w.classes = newVocabulary(w.changes).classes(pages)
	tokens, err := os.Create(filepath.Join(dir, "tokens"))
	if err != nil {
		return nil, err
	}
	about, err := os.Create(filepath.Join(dir, "about"))
	if err != nil {
		return nil, err
	}
	tw, aw := bufio.NewWriter(tokens), bufio.NewWriter(about)
	n := 0
	for _, c := range w.changes {
		if c.Page == 0 {
			continue
		}
		n++
		for t := range writing.Tokens(c.Text) {
			tw.WriteString(t.Text)
			tw.WriteByte(' ')
		}
		tw.WriteByte('\n')
		fmt.Fprintf(aw, "[%d, %q, %q, %d]\n", n, writing.Language(c.Text), []string{"application/pdf", "message/rfc822", "text/plain"}[c.File%3], 2010+n%10)
	}
	return w, errors.Join(tw.Flush(), aw.Flush(), tokens.Close(), about.Close())
}

// peer is what a peer tells.
type peer struct {
	Built   float64
	Version string
	Answers []struct {
		Seconds float64
		Totals  []int
	}
}

func (w *world) peer(ctx context.Context, script, db string) (p peer, err error) {
	if err := os.RemoveAll(filepath.Join(w.dir, db)); err != nil {
		return p, err
	}
	job, err := json.Marshal(map[string]any{"tokens": filepath.Join(w.dir, "tokens"), "about": filepath.Join(w.dir, "about"),
		"db": filepath.Join(w.dir, db), "classes": w.classes})
	if err != nil {
		return p, err
	}
	cmd := exec.CommandContext(ctx, python, "-c", script)
	var said bytes.Buffer
	cmd.Stdin, cmd.Stderr = bytes.NewReader(append(job, '\n')), &said
	out, err := cmd.Output()
	if err != nil {
		return p, fmt.Errorf("%s: %w: %s", db, err, said.String())
	}
	return p, json.Unmarshal(out, &p)
}

// besideFTS5 measures ours and compares it.
func (w *world) besideFTS5(ctx context.Context, b *book) error {
	fts5, err := w.peer(ctx, fts5Peer, "fts5")
	if err != nil {
		return err
	}
	if len(fts5.Answers) != len(w.classes) {
		return errors.New("the peer has not answered every class")
	}
	path := filepath.Join(w.dir, "index.db")
	c, err := costOf(func() error { return indexAll(ctx, path, w.changes) })
	if err != nil {
		return err
	}
	w.seconds = nil
	b.keep(ratio{what: w.name() + " indexed, from text", ours: "encrypted, tokenised in Go, with facts", peer: "FTS5 in C, given tokens", goal: indexedToFTS5}, c.CPU.Seconds(), fts5.Built)
	c, err = costOf(func() error { return ask(ctx, path, w.classes[0].Typed[0]) })
	if err != nil {
		return err
	}
	b.note(w.name()+": index opened and asked for the first time, without the key", "ms", c.milliseconds())
	x, err := fts.Open(path, fts.Options{Key: make([]byte, 32), ReadOnly: true})
	if err != nil {
		return err
	}
	defer x.Close()
	for i, class := range w.classes {
		s, err := askAll(ctx, x, class, fts5.Answers[i].Totals)
		if err != nil {
			return err
		}
		w.seconds = append(w.seconds, s)
		b.keep(ratio{what: w.name() + ": " + class.Name, ours: "ours", peer: "FTS5 " + fts5.Version, goal: class.Goal}, s, fts5.Answers[i].Seconds)
	}
	return nil
}

func (w *world) name() string { return fmt.Sprintf("%d pages", w.pages) }

// besideXapian compares what was measured with Xapian, without a goal, where
// Python has it.
func (w *world) besideXapian(ctx context.Context, b *book) error {
	if len(w.seconds) != len(w.classes) {
		return nil // FTS5 was left out of this run
	}
	if exec.CommandContext(ctx, python, "-c", "import xapian").Run() != nil {
		fmt.Fprintln(os.Stderr, "Xapian is not compared with: python3-xapian is not installed")
		return nil
	}
	xapian, err := w.peer(ctx, xapianPeer, "xapian")
	if err != nil {
		return err
	}
	for i, class := range w.classes {
		if class.Form != "facets" {
			b.keep(ratio{what: w.name() + ": " + class.Name, ours: "ours", peer: "Xapian " + xapian.Version}, w.seconds[i], xapian.Answers[i].Seconds)
		}
	}
	return nil
}

// askAll asks each question of a class once, after one to warm, and demands the
// totals that the peer has. It gives the CPU seconds.
func askAll(ctx context.Context, x *fts.Index, c class, totals []int) (float64, error) {
	window := map[string]search.Window{"top": {Limit: 20}, "count": {}, "facets": {Facets: true}}[c.Form]
	ask := func(typed string) (search.Found, error) {
		q, err := search.Parse(typed)
		if err != nil {
			return search.Found{}, err
		}
		return x.Query(ctx, q, window)
	}
	if _, err := ask(c.Typed[0]); err != nil {
		return 0, err
	}
	var wrong []string
	spent, err := costOf(func() error {
		for i, typed := range c.Typed {
			found, err := ask(typed)
			if err != nil {
				return err
			}
			if found.Total != totals[i] {
				wrong = append(wrong, fmt.Sprintf("%s: %d, the peer %d", c.FTS5[i], found.Total, totals[i]))
			}
		}
		return nil
	})
	if err == nil && len(wrong) > 0 {
		err = fmt.Errorf("%s: totals differ: %s", c.Name, strings.Join(wrong[:min(3, len(wrong))], "; "))
	}
	return spent.CPU.Seconds(), err
}
