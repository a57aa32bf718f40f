// Bench measures what the program costs, side by side with its peers in one
// run, and prints ratios with their spread.
//
//	go run ./internal/bench [-rounds 5] [-files 20000] [-pages N] [-only WORD] [-o docs/bench.md]
//
// Every round runs each measure once, and of two that are compared the one
// that goes first changes from round to round: what else the machine does
// falls on both. Figures are the median of the rounds with their least and
// greatest. Nothing is asserted: a machine can be busy. Memory is stated too.
//
// -files is how many small files are taken in beside recollindex; a fifth of
// the default already tells much. It needs bin/vidimus, poppler's pdftotext, Tesseract
// and recollindex. With VIDIMUS_CORPUS, a folder
// of public files that is no part of the repository, it measures those as well
// as the files that it makes itself.
//
// Exit codes: 0 done, 1 failed, 2 usage.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"vidimus"
	"vidimus/read/pdf"
	"vidimus/sandbox"
)

func main() {
	sandbox.Main(pdf.Kind(engineCache()))
	rounds := flag.Int("rounds", 5, "how often each measure runs")
	files := flag.Int("files", 20_000, "small files that are taken in beside recollindex")
	pages := flag.Int("pages", 200_000, "pages of the index that is asked beside FTS5 and Xapian")
	only := flag.String("only", "", "run only the measures whose name has this word, and write nothing")
	to := flag.String("o", "docs/bench.md", "file to write the tables to")
	flag.Parse()
	if *rounds < 1 || *files < fewerFiles || *pages < 1000 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *rounds, *files, *pages, *only, *to); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		if hint := vidimus.HintOf(err); hint != "" {
			fmt.Fprintln(os.Stderr, "bench:", hint)
		}
		os.Exit(1)
	}
}

// engineCache is the folder that the program itself uses, so that neither
// compiles for itself.
func engineCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = "/var/cache"
	}
	return filepath.Join(dir, "vidimus")
}

// measure is one thing that every round does once.
type measure struct {
	name string
	run  func(context.Context, *book) error
}

// prepared makes the measures of one part; what they work on lies in memory or
// below dir, which is removed at the end.
type prepared func(ctx context.Context, dir string) ([]measure, error)

func run(ctx context.Context, rounds, files, pages int, only, to string) error {
	dir, err := os.MkdirTemp("", "vidimus-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var measures []measure
	for _, prepare := range []prepared{reading, walls, storing, indexing, recognising, understanding, expanding, stating, asking(pages), program(files)} {
		some, err := prepare(ctx, dir)
		if err != nil {
			return fmt.Errorf("prepare the measures: %w", err)
		}
		measures = append(measures, some...)
	}
	b := &book{}
	for b.round = range rounds {
		for _, m := range measures {
			if !strings.Contains(m.name, only) {
				continue
			}
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", b.round+1, rounds, m.name)
			if err := m.run(ctx, b); err != nil {
				return fmt.Errorf("measure %s: %w", m.name, err)
			}
		}
	}
	text := b.tables()
	fmt.Print(text)
	if only != "" {
		return nil
	}
	return os.WriteFile(to, []byte(heading(rounds)+text+notes), 0o644)
}
