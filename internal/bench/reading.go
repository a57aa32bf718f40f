package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"vidimus"
	"vidimus/read"
	"vidimus/read/pdf"
	"vidimus/sandbox"
)

const (
	longPages  = 120 // of each long file that is made
	manySmall  = 400
	longCorpus = 8 // pages that a long file of the corpus has at least

	fullLines, letterLines = 50, 15 // on a page
)

// reading measures text and boxes of PDFs: our worker against the same reader
// without walls, and against pdftotext -bbox.
func reading(ctx context.Context, dir string) ([]measure, error) {
	if err := pdf.Warm(engineCache()); err != nil {
		return nil, err
	}
	made, err := madeLong(dir)
	if err != nil {
		return nil, err
	}
	small, err := madeSmall(dir, manySmall)
	if err != nil {
		return nil, err
	}
	all := []measure{
		walled("made long files", made), walled(fmt.Sprintf("%d made small files", manySmall), small),
		againstPoppler(fmt.Sprintf("%d long files made here (every glyph a drawing), %d pages", len(made), longPages*len(made)), made, 2),
		againstPoppler(fmt.Sprintf("%d small files made here (every glyph a drawing)", manySmall), small, 0.2),
	}
	long, pages, err := corpusLong(ctx)
	if err != nil || len(long) == 0 {
		return all, err
	}
	some, err := corpusPDFs("veraPDF+veraPDF-corpus", func(n int64) bool { return n < 200_000 })
	if err != nil || len(some) == 0 {
		return all, err
	}
	many := make([]document, manySmall)
	for i := range many {
		many[i] = some[i%len(some)]
	}
	return append(all, walled("the corpus's long files", long), walled(fmt.Sprintf("%d small files of the corpus", manySmall), many),
		againstPoppler(fmt.Sprintf("%d long files of the corpus, %d pages", len(long), pages), long, 2),
		againstPoppler(fmt.Sprintf("%d small files of the corpus (%d, again and again)", manySmall, len(some)), many, 0.2)), nil
}

// madeLong makes a file in each writing.
func madeLong(dir string) (all []document, err error) {
	p, err := newPress()
	if err != nil {
		return nil, err
	}
	for i, name := range []string{"speech", "directive", "memo"} {
		words, err := newProse(uint64(i), name)
		if err != nil {
			return nil, err
		}
		d, err := keep(dir, name+".pdf", p.print(words, longPages, fullLines, name == "directive"))
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

func madeSmall(dir string, n int) (all []document, err error) {
	p, err := newPress()
	if err != nil {
		return nil, err
	}
	words, err := newProse(4, "memo")
	if err != nil {
		return nil, err
	}
	for i := range n {
		d, err := keep(dir, fmt.Sprintf("small-%d.pdf", i), p.print(words, 1, letterLines, false))
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

// corpusLong gives the files that both we and poppler read without complaint,
// because what a damaged file costs says nothing of the others.
func corpusLong(ctx context.Context) (long []document, pages int, err error) {
	candidates, err := corpusPDFs("", func(n int64) bool { return n > 50_000 && n < 20<<20 })
	if err != nil {
		return nil, 0, err
	}
	for _, d := range candidates {
		n, err := readBehindWalls(ctx, []document{d})
		if err != nil || n < longCorpus || popplerReads(ctx, d) != nil {
			continue
		}
		long, pages = append(long, d), pages+n
	}
	return long, pages, nil
}

// walled compares a worker with the same reader in this process. Both start
// it, both check every answer.
func walled(what string, files []document) measure {
	r := ratio{what: "behind walls or not: " + what, ours: "worker", peer: "in-process", goal: 1.2}
	return measure{r.what, func(ctx context.Context, b *book) error {
		return b.compare(ctx, r, func(ctx context.Context) error {
			_, err := readBehindWalls(ctx, files)
			return err
		}, func(ctx context.Context) error {
			reader, err := pdf.Kind(engineCache()).Ready()
			if err != nil {
				return err
			}
			_, err = readAll(ctx, near{reader}, files)
			return err
		})
	}}
}

// againstPoppler compares one worker that serves all files with a process for
// each, which is how pdftotext is used.
func againstPoppler(what string, files []document, goal float64) measure {
	r := ratio{what: "text and boxes: " + what, ours: "one worker", peer: "`pdftotext -bbox`", goal: goal}
	return measure{r.what, func(ctx context.Context, b *book) error {
		return b.compare(ctx, r, func(ctx context.Context) error {
			_, err := readBehindWalls(ctx, files)
			return err
		}, func(ctx context.Context) error {
			for _, d := range files {
				// What it says of single files is no matter here.
				_ = popplerReads(ctx, d)
			}
			return ctx.Err()
		})
	}}
}

// popplerReads has poppler find words and boxes, and forgets them.
func popplerReads(ctx context.Context, d document) error {
	ctx, stop := context.WithTimeout(ctx, 20*time.Second)
	defer stop()
	return exec.CommandContext(ctx, "pdftotext", "-q", "-bbox", d.path, "/dev/null").Run()
}

func readBehindWalls(ctx context.Context, files []document) (pages int, err error) {
	worker, err := sandbox.Start(ctx, "pdf", sandbox.Options{})
	if err != nil {
		return 0, err
	}
	defer worker.Close()
	return readAll(ctx, worker, files)
}

// readAll reads every page of every file. A file's own fault ends that file.
func readAll(ctx context.Context, worker read.Asker, files []document) (pages int, err error) {
	for i, d := range files {
		doc, err := read.Open(ctx, worker, bytes.NewReader(d.data), int64(len(d.data)), strconv.Itoa(i)+filepath.Ext(d.path))
		if _, own := vidimus.FaultOf(err); own {
			continue
		} else if err != nil {
			return pages, err
		}
		for _, err := range doc.All(ctx) {
			if _, own := vidimus.FaultOf(err); err != nil && !own {
				return pages, err
			}
			pages++
		}
	}
	return pages, nil
}

// near is a worker without walls.
type near struct{ reader sandbox.Reader }

// Open implements read.Asker.
func (n near) Open(_ context.Context, file io.ReaderAt, size int64, name string) error {
	n.reader.Close()
	return n.reader.Open(&sandbox.File{ReaderAt: file, Size: size, Name: name})
}

// Ask implements read.Asker.
func (n near) Ask(_ context.Context, q sandbox.Question, hear func(sandbox.Message) error) error {
	return n.reader.Answer(q, hear)
}
