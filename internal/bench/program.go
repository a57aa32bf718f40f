package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"vidimus"
)

const (
	binary     = "bin/vidimus"
	smallTexts = 2000
	textBytes  = 3000
)

// cli runs the program as a person does, with two ways into its cases.
type cli struct {
	dir                    string
	passphraseFile, idFile string
	recipient              string
}

// program measures the whole program, with so many files where they are many.
func program(files int) prepared {
	return func(_ context.Context, dir string) ([]measure, error) { return wholeProgram(dir, files) }
}

func wholeProgram(dir string, files int) ([]measure, error) {
	if _, err := os.Stat(binary); err != nil {
		return nil, vidimus.WithHint(errors.New("the program is not there"), "run make build")
	}
	p, err := newCLI(dir)
	if err != nil {
		return nil, err
	}
	texts, pdfs := filepath.Join(dir, "texts"), filepath.Join(dir, "pdfs")
	if err := errors.Join(os.Mkdir(texts, 0o700), os.Mkdir(pdfs, 0o700)); err != nil {
		return nil, err
	}
	words, err := newProse(6, "speech", "directive", "memo")
	if err != nil {
		return nil, err
	}
	for i := range smallTexts {
		if err := os.WriteFile(filepath.Join(texts, fmt.Sprintf("%d.txt", i)), []byte(words.text(textBytes)), 0o600); err != nil {
			return nil, err
		}
	}
	if _, err := madeSmall(pdfs, manySmall); err != nil {
		return nil, err
	}
	return append([]measure{
		{"size", size},
		{"init and unlock", p.waysIn},
		{"add the practice leak", p.add("the practice leak", "testdata/leak/files", 59)},
		{"add small texts", p.add("2,000 texts of 3 kB", texts, smallTexts)},
		{"add small PDFs", p.add(fmt.Sprintf("%d PDFs of one page", manySmall), pdfs, manySmall)},
	}, p.recollindex(files)...), nil
}

func newCLI(dir string) (*cli, error) {
	p := &cli{dir: dir, passphraseFile: filepath.Join(dir, "passphrase"), idFile: filepath.Join(dir, "identity")}
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	p.recipient = id.Recipient().String()
	return p, errors.Join(
		os.WriteFile(p.passphraseFile, []byte("seven words that nobody would ever guess\n"), 0o600),
		os.WriteFile(p.idFile, []byte(id.String()+"\n"), 0o600),
	)
}

func size(_ context.Context, b *book) error {
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	b.note("size of the program, engine and faces included", "MB", float64(info.Size())/million)
	return nil
}

// run runs one verb and gives the time and the memory that it took.
func (p *cli) run(ctx context.Context, args ...string) (time.Duration, peaks, error) {
	cmd := exec.CommandContext(ctx, binary, args...)
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, peaks{}, err
	}
	watch := watchPeaks(cmd.Process.Pid)
	err := cmd.Wait()
	took := time.Since(began)
	const withFailures = 3
	if cmd.ProcessState.ExitCode() == withFailures {
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("run vidimus %s: %w", args[0], err)
	}
	return took, watch(), err
}

// fresh makes an empty case that the identity opens.
func (p *cli) fresh(ctx context.Context, ways ...string) (dir string, took time.Duration, err error) {
	dir = filepath.Join(p.dir, "case")
	if err := os.RemoveAll(dir); err != nil {
		return "", 0, err
	}
	took, _, err = p.run(ctx, append([]string{"init", dir, "--allow-swap"}, ways...)...)
	return dir, took, err
}

func (p *cli) waysIn(ctx context.Context, b *book) error {
	for _, way := range []struct {
		name       string
		init, open []string
	}{
		{"an identity", []string{"--recipient", p.recipient}, []string{"--identity", p.idFile}},
		{"a passphrase (scrypt, 2^18)", []string{"--passphrase-file", p.passphraseFile}, []string{"--passphrase-file", p.passphraseFile}},
	} {
		dir, took, err := p.fresh(ctx, way.init...)
		if err != nil {
			return err
		}
		b.note("`init` with "+way.name, "ms", took.Seconds()*1000)
		if took, _, err = p.run(ctx, append([]string{"status", dir}, way.open...)...); err != nil {
			return err
		}
		b.note("`status`, unlocked with "+way.name, "ms", took.Seconds()*1000)
	}
	return nil
}

// add measures a whole add into a new case, and the first search in it.
func (p *cli) add(what, folder string, files int) func(context.Context, *book) error {
	return func(ctx context.Context, b *book) error {
		dir, _, err := p.fresh(ctx, "--recipient", p.recipient)
		if err != nil {
			return err
		}
		took, peak, err := p.run(ctx, "add", dir, folder, "--allow-swap", "--identity", p.idFile)
		if err != nil {
			return err
		}
		b.note("`add` of "+what+": time", "s", took.Seconds())
		b.note("`add` of "+what+": rate", "files/s", float64(files)/took.Seconds())
		b.note("`add` of "+what+": peak memory of the main process", "MB", peak.main/million)
		b.note("`add` of "+what+": peak memory of its largest worker", "MB", peak.worker/million)
		took, _, err = p.run(ctx, "search", dir, strings.ToLower("Committee"), "--identity", p.idFile)
		b.note("`search` after it, the whole command", "ms", took.Seconds()*1000)
		return err
	}
}
