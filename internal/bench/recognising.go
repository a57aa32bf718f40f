package main

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"vidimus"
	"vidimus/internal/specimen"
)

const (
	ocrSeeds    = 2     // pages of each language and class
	ocrGoal     = 1.1   // of the CPU of Tesseract alone
	ocrTwoCores = 0.556 // of the time that one takes: 1.8 times as fast
)

// scanned are the texts that pages to recognise are drawn of, and what
// Tesseract calls their languages.
var scanned = []struct{ name, model string }{
	{"speech", "chi_sim"}, {"directive", "uig"}, {"engineers", "rus"}, {"directive-17", "kaz"}, {"memo", "eng"},
}

// scan is a picture of a page, and its language.
type scan struct{ path, model string }

// recognising measures the whole stage of OCR, from the case and back, beside
// Tesseract alone that is told each page's language, and two cores beside one.
func recognising(_ context.Context, dir string) ([]measure, error) {
	if _, err := exec.LookPath("tesseract"); err != nil {
		return nil, vidimus.WithHint(errors.New("there is no Tesseract to compare with"), "run scripts/need, as make bench does")
	}
	dir = filepath.Join(dir, "recognising")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	p, err := newCLI(dir)
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(dir, "scans")
	pages, err := madeScans(folder)
	if err != nil {
		return nil, err
	}
	return []measure{{"OCR", func(ctx context.Context, b *book) error { return p.recognise(ctx, b, folder, pages) }}}, nil
}

// madeScans draws clean pages, scans and photographs in five languages.
func madeScans(folder string) (all []scan, err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, err
	}
	faces, err := specimen.Faces(specimen.Tuning)
	if err != nil {
		return nil, err
	}
	for _, s := range scanned {
		words, err := newProse(8, s.name)
		if err != nil {
			return nil, err
		}
		text := specimen.Text{Model: s.model, RTL: s.model == "uig", Paragraphs: words.lines}
		for _, class := range []specimen.Class{specimen.Clean, specimen.Scan, specimen.Photo} {
			for seed := range uint64(ocrSeeds) {
				path := filepath.Join(folder, fmt.Sprintf("%s-%s-%d.png", s.name, class, seed))
				if err := keepPicture(path, specimen.Draw(text, faces, class, seed+1)); err != nil {
					return nil, err
				}
				all = append(all, scan{path, s.model})
			}
		}
	}
	return all, nil
}

func keepPicture(path string, p specimen.Page) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(f, p.Picture), f.Close())
}

// recognise runs the stage on one core and on two, and Tesseract alone, which
// one goes first changing from round to round.
func (p *cli) recognise(ctx context.Context, b *book, folder string, pages []scan) error {
	const two, one, alone = 0, 1, 2
	var spent [3]cost
	var peak [3]peaks
	for i := range spent {
		side := (i + b.round) % len(spent)
		var err error
		switch side {
		case two:
			spent[side], peak[side], err = p.stage(ctx, folder, "0,1")
		case one:
			spent[side], peak[side], err = p.stage(ctx, folder, "0")
		case alone:
			spent[side], peak[side], err = tesseractAlone(ctx, pages)
		}
		if err != nil {
			return err
		}
	}
	what := fmt.Sprintf("OCR of %d half pages in five languages, clean, scanned and photographed", len(pages))
	b.keep(ratio{what: what, ours: "the verb `ocr`", peer: "Tesseract alone, told the language", goal: ocrGoal},
		spent[one].CPU.Seconds(), spent[alone].CPU.Seconds())
	b.keep(ratio{what: what + ", by the clock", ours: "on two cores", peer: "on one", goal: ocrTwoCores, wall: true},
		spent[two].Wall.Seconds(), spent[one].Wall.Seconds())
	for side, who := range [...]string{two: "on two cores", one: "on one core", alone: "by Tesseract alone on one core"} {
		b.note("pages recognised "+who, "pages/s", spent[side].perSecond(len(pages)))
	}
	b.note("peak memory of OCR on one core, all its processes together", "MB", peak[one].together/million)
	b.note("peak memory of OCR on two cores, all its processes together", "MB", peak[two].together/million)
	b.note("peak memory of Tesseract alone", "MB", peak[alone].main/million)
	return nil
}

// stage has the pictures of a new case recognised on these cores.
func (p *cli) stage(ctx context.Context, folder, cores string) (c cost, peak peaks, err error) {
	dir, _, err := p.fresh(ctx, "--recipient", p.recipient)
	if err != nil {
		return c, peak, err
	}
	if _, _, err = p.run(ctx, "add", dir, folder, "--allow-swap", "--ocr", "off", "--identity", p.idFile); err != nil {
		return c, peak, err
	}
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		return c, peak, fmt.Errorf("become the parent of orphans: %w", err)
	}
	c, err = costOf(func() error {
		cmd := exec.CommandContext(ctx, "taskset", "-c", cores, binary, "ocr", dir, "--allow-swap", "--identity", p.idFile)
		peak, err = watched(cmd)
		orphans()
		return err
	})
	return c, peak, err
}

// orphans waits for processes whose parents have ended, so that what they took
// counts: bubblewrap does not wait for the world that it made.
func orphans() {
	for _, pid := range children(os.Getpid()) {
		_, _ = unix.Wait4(pid, nil, 0, nil) // one that is gone was waited for
	}
}

// watched runs a command and gives its peaks.
func watched(cmd *exec.Cmd) (peaks, error) {
	if err := cmd.Start(); err != nil {
		return peaks{}, err
	}
	watch := watchPeaks(cmd.Process.Pid)
	err := cmd.Wait()
	return watch(), err
}

// tesseractAlone reads the pictures one after another, with Sauvola's threshold
// and one thread.
func tesseractAlone(ctx context.Context, pages []scan) (c cost, most peaks, err error) {
	ctx, stop := context.WithTimeout(ctx, 30*time.Minute)
	defer stop()
	c, err = costOf(func() error {
		for _, s := range pages {
			cmd := exec.CommandContext(ctx, "tesseract", s.path, "stdout", "-l", s.model, "--psm", "3", "-c", "thresholding_method=2")
			cmd.Env = []string{"OMP_THREAD_LIMIT=1", "PATH=" + os.Getenv("PATH")}
			peak, err := watched(cmd)
			if err != nil {
				return fmt.Errorf("run Tesseract alone: %w", err)
			}
			most.main = max(most.main, peak.main)
		}
		return nil
	})
	return c, most, err
}
