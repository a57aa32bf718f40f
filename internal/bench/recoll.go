package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"vidimus"
)

const (
	recoll     = "recollindex"
	massRounds = 3   // the mass takes minutes
	fewerFiles = 20  // of the mass, for the least that memory is measured with
	moreFiles  = 5   // times the mass, for the most
	shortFiles = 8   // how much shorter the files are whose memory is measured
	mostRatio  = 0.3 // of recollindex's time
)

// against measures `add` of many small files beside recollindex, which keeps
// what it reads in clear and reads it without walls.
type against struct {
	*cli
	files int
	made  map[string]*mass
}

// recollindex compares a whole add with recoll's on the same files, and holds
// the memory of few files and of many side by side.
func (p *cli) recollindex(files int) []measure {
	a := &against{p, files, map[string]*mass{}}
	return []measure{
		{"fixed start of add", a.start},
		{"mass against recollindex", a.compare},
		{"memory of few and many", a.memory},
	}
}

// mass makes files once for all rounds.
func (a *against) mass(name string, files, shrink int) (*mass, error) {
	if m := a.made[name]; m != nil {
		return m, nil
	}
	m, err := newMass(filepath.Join(a.dir, name), 7, files, shrink)
	a.made[name] = m
	return m, err
}

// start notes what an add costs before it has read anything to speak of.
func (a *against) start(ctx context.Context, b *book) error {
	m, err := a.mass("one", 1, shortFiles)
	if err != nil {
		return err
	}
	dir, _, err := a.fresh(ctx, "--recipient", a.recipient)
	if err != nil {
		return err
	}
	took, _, err := a.run(ctx, "add", dir, m.dir, "--allow-swap", "--identity", a.idFile)
	b.note("`add` of a single small file, caches warm (goal: 500)", "ms", took.Seconds()*1000)
	return err
}

// compare has both take the same files in.
func (a *against) compare(ctx context.Context, b *book) error {
	if b.round >= massRounds {
		return nil
	}
	if _, err := exec.LookPath(recoll); err != nil {
		return vidimus.WithHint(errors.New("recollindex is not there"), "run make bench, which installs it")
	}
	m, err := a.mass("mass", a.files, 1)
	if err != nil {
		return err
	}
	dir, _, err := a.fresh(ctx, "--recipient", a.recipient)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%d mails, docx, html and texts of %.0f MB taken in", m.files, float64(m.bytes)/million)
	var peak peaks
	ours := func(ctx context.Context) (err error) {
		_, peak, err = a.run(ctx, "add", dir, m.dir, "--allow-swap", "--identity", a.idFile)
		return err
	}
	err = b.compare(ctx, ratio{what: what, ours: "`add`", peer: "`recollindex`", goal: mostRatio, wall: true}, ours,
		func(ctx context.Context) error { return a.recoll(ctx, m) })
	if err != nil {
		return err
	}
	b.note("memory of this `add`: main process (goal: 300)", "MiB", peak.main/(1<<20))
	b.note("memory of this `add`: main process and workers together (goal: 1229)", "MiB", peak.together/(1<<20))
	return a.exact(ctx, dir, m)
}

// recoll indexes a mass anew, and finds in it what must be there.
func (a *against) recoll(ctx context.Context, m *mass) error {
	conf := filepath.Join(a.dir, "recoll")
	if err := errors.Join(os.RemoveAll(conf), os.Mkdir(conf, 0o700)); err != nil {
		return err
	}
	// Its spelling dictionary is left out, since we make none, and it does not
	// stand back for others, or it would lose by what else the machine does.
	settings := "topdirs = " + m.dir + "\nnoaspell = 1\nidxniceprio = 0\nloglevel = 1\n"
	if err := os.WriteFile(filepath.Join(conf, "recoll.conf"), []byte(settings), 0o600); err != nil {
		return err
	}
	if err := exec.CommandContext(ctx, recoll, "-c", conf).Run(); err != nil {
		return fmt.Errorf("run recollindex: %w", err)
	}
	word := slices.MaxFunc(slices.Collect(maps.Keys(m.totals)), func(a, b string) int { return m.totals[a] - m.totals[b] })
	out, err := exec.CommandContext(ctx, "recollq", "-c", conf, "-C", "-n", "1", word).Output()
	if err == nil && !bytes.Contains(out, fmt.Appendf(nil, "%d results", m.totals[word])) {
		err = errors.New("recollindex did not take in all files")
	}
	return err
}

// exact asks for every word whose number is known, as soon as add has ended.
func (a *against) exact(ctx context.Context, dir string, m *mass) error {
	words := slices.Sorted(maps.Keys(m.totals))
	var lines strings.Builder
	for _, w := range words {
		fmt.Fprintf(&lines, "search --limit 1 %s\n", w)
	}
	cmd := exec.CommandContext(ctx, binary, "shell", dir, "--json", "--identity", a.idFile)
	cmd.Stdin = strings.NewReader(lines.String())
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("ask for the words: %w", err)
	}
	answers := bufio.NewScanner(bytes.NewReader(out))
	answers.Buffer(nil, 1<<20)
	for _, w := range words {
		var found struct{ Total int }
		if !answers.Scan() || json.Unmarshal(answers.Bytes(), &found) != nil {
			return errors.New("a question was not answered")
		}
		if found.Total != m.totals[w] {
			return fmt.Errorf("a word stands in %d files and is found %d times", m.totals[w], found.Total)
		}
	}
	return nil
}

// memory notes what an add of few and of many files holds.
func (a *against) memory(ctx context.Context, b *book) error {
	if b.round >= 1 {
		return nil
	}
	for _, files := range []int{a.files / fewerFiles, a.files * moreFiles} {
		m, err := a.mass(fmt.Sprintf("short-%d", files), files, shortFiles)
		if err != nil {
			return err
		}
		dir, _, err := a.fresh(ctx, "--recipient", a.recipient)
		if err != nil {
			return err
		}
		took, peak, err := a.run(ctx, "add", dir, m.dir, "--allow-swap", "--identity", a.idFile)
		if err != nil {
			return err
		}
		b.note(fmt.Sprintf("`add` of %d short files: rate", files), "files/s", float64(files)/took.Seconds())
		b.note(fmt.Sprintf("`add` of %d short files: main process", files), "MiB", peak.main/(1<<20))
		b.note(fmt.Sprintf("`add` of %d short files: main process and workers together", files), "MiB", peak.together/(1<<20))
		if err := os.RemoveAll(m.dir); err != nil {
			return err
		}
	}
	return nil
}
